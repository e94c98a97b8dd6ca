import SIMDMath
import Testing

@testable import Digits

@Suite("Augmentation")
struct AugmentationTests {
  let set = Handwriting(seed: 3).set(count: 50)

  private func applied(_ augmentation: Augmentation, to pixels: [UInt8], seed: UInt64) -> [UInt8] {
    var result = [UInt8](repeating: 99, count: 784)
    var random = Random(seed: seed)
    var span = result.mutableSpan
    augmentation.apply(to: pixels.span, into: &span, random: &random)
    return result
  }

  private func digit(_ i: Int) -> [UInt8] { Array(set.pixels[i * 784..<(i + 1) * 784]) }

  @Test(
    "without strength every kind leaves a picture as it is", arguments: Augmentation.Kind.allCases)
  func identity(kind: Augmentation.Kind) {
    var none = Augmentation.Strengths()
    (none.rotation, none.scale, none.shear) = (0, 0, 0)
    (none.shift, none.aspect, none.sigma) = (0, 0, 0)
    let still = Augmentation(kind, none)
    for i in 0..<set.count { #expect(applied(still, to: digit(i), seed: 1) == digit(i)) }
    let full = (0..<784).map { UInt8(truncatingIfNeeded: $0 * 31) }
    #expect(applied(still, to: full, seed: 1) == full)
    #expect(applied(Augmentation(.none), to: full, seed: 1) == full)
  }

  @Test("the same random numbers give the same picture, others another")
  func deterministic() {
    let elastic = Augmentation(.elastic)
    #expect(applied(elastic, to: digit(0), seed: 1) == applied(elastic, to: digit(0), seed: 1))
    #expect(applied(elastic, to: digit(0), seed: 1) != applied(elastic, to: digit(0), seed: 2))
    #expect(
      applied(elastic, to: digit(0), seed: 1)
        != applied(Augmentation(.affine), to: digit(0), seed: 1))
  }

  @Test("a picture moves by no more than was asked for, and keeps its ink")
  func strength() {
    for kind in [Augmentation.Kind.affine, .elastic] {
      for i in 0..<set.count {
        let before = Ink(digit(i))
        let after = Ink(applied(Augmentation(kind), to: digit(i), seed: UInt64(i)))
        #expect(abs(after.x - before.x) < 4 && abs(after.y - before.y) < 4)
        #expect((0.5...1.7).contains(after.mass / before.mass))
      }
    }
  }

  @Test("affine sampling agrees with the textbook's, pixel by pixel")
  func reference() {
    for i in 0..<20 {
      let pixels = digit(i)
      let affine = Augmentation(.affine)
      var random = Random(seed: UInt64(i))
      let map = AffineMap(affine.strengths, share: 1, &random)
      let result = applied(affine, to: pixels, seed: UInt64(i))
      for row in 0..<28 {
        for column in 0..<28 {
          let u = Double(column) - 13.5
          let v = Double(row) - 13.5
          let x = Double(map.xx) * u + Double(map.xy) * v + Double(map.x0)
          let y = Double(map.yx) * u + Double(map.yy) * v + Double(map.y0)
          let expected = bilinear(pixels, x, y)
          #expect(abs(Double(result[28 * row + column]) - expected) < 0.51)
        }
      }
    }
  }

  /// The grid's points along one axis: lines of ``Random/roughlyNormal()``, as ``GridWeights`` draws them.
  private func points(_ grid: GridWeights, _ sigma: Float, _ random: inout Random) -> [[Float]] {
    (0..<grid.count).map { _ in
      let line = sigma * random.roughlyNormal()
      return (0..<16).map { line[$0] }
    }
  }

  /// The displacement of a pixel: first along the rows of the grid, then down them.
  private func displacement(
    _ points: [[Float]], _ grid: GridWeights, _ column: Int, _ row: Int, from position: Float
  ) -> Float {
    let own = column < 16 ? 0..<grid.leftEnd : grid.rightStart..<grid.count
    return (0..<4).reduce(position) { sum, i in
      let line = own.reduce(Float(0)) { sum, point in
        let weight = grid.byColumn[2 * point + column / 16][column % 16]
        return sum.addingProduct(points[grid.first[row] + i][point], weight)
      }
      return sum.addingProduct(grid.byRow[row][i], line)
    }
  }

  /// A 28x28 picture between its pixels in single precision, as ``PixelSampler`` reads it.
  private func sample(_ pixels: [UInt8], _ x: Float, _ y: Float) -> UInt8 {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    func pixel(_ dx: Int, _ dy: Int) -> Float {
      let (column, row) = (Int(left) + dx, Int(top) + dy)
      guard (0..<28).contains(column), (0..<28).contains(row) else { return 0 }
      return Float(pixels[28 * row + column])
    }
    func down(_ column: Int) -> Float {
      pixel(column, 0).addingProduct(pixel(column, 1) - pixel(column, 0), y - top)
    }
    let ink = down(0).addingProduct(down(1) - down(0), x - left)
    return UInt8(ink.rounded(.toNearestOrEven))
  }

  @Test(
    "elastic distortion is, to the bit, what it is pixel by pixel", arguments: [1.5, 4] as [Float])
  func elasticTwin(sigma: Float) {
    var strengths = Augmentation.Strengths()
    strengths.sigma = sigma
    let elastic = Augmentation(.elastic, strengths)
    let grid = GridWeights(spacing: strengths.grid)
    let blots = [
      [UInt8](repeating: 255, count: 784), [UInt8](repeating: 0, count: 784),
      (0..<784).map { UInt8($0 == 0 || $0 == 783 ? 200 : 0) },
    ]
    for (i, pixels) in ((0..<set.count).map { digit($0) } + blots).enumerated() {
      var random = Random(seed: UInt64(i))
      let map = AffineMap(strengths, share: 1, &random)
      let (x, y) = (points(grid, sigma, &random), points(grid, sigma, &random))
      let result = applied(elastic, to: pixels, seed: UInt64(i))
      for row in 0..<28 {
        for column in 0..<28 {
          let (u, v) = (Float(column) - 13.5, Float(row) - 13.5)
          let fromX = map.x0.addingProduct(map.xy, v).addingProduct(map.xx, u)
          let fromY = map.y0.addingProduct(map.yy, v).addingProduct(map.yx, u)
          let expected = sample(
            pixels, displacement(x, grid, column, row, from: fromX),
            displacement(y, grid, column, row, from: fromY))
          #expect(result[28 * row + column] == expected)
        }
      }
    }
  }

  @Test(
    "the grid's weights sum to one in every row and column", arguments: [4, 5, 7.5, 28] as [Float])
  func weights(spacing: Float) {
    let weights = GridWeights(spacing: spacing)
    for i in 0..<28 {
      #expect(abs(weights.byRow[i].sum() - 1) < 1e-6)
      let column = (0..<10).reduce(0) { $0 + weights.byColumn[2 * $1 + i / 16][i % 16] }
      #expect(abs(column - 1) < 1e-6)
      #expect(weights.first[i] + 4 <= weights.count)
    }
  }

  @Test("roughly normal numbers have mean 0, variance 1 and a normal's kurtosis within a fifth")
  func normal() {
    var random = Random(seed: 5)
    let count = 320_000.0
    let numbers = (0..<20_000).flatMap { _ in
      let sixteen = random.roughlyNormal()
      return (0..<16).map { Double(sixteen[$0]) }
    }
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + $1 * $1 } / count
    let fourth = numbers.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
    #expect(abs(mean) < 0.01 && abs(variance - 1) < 0.02)
    #expect(abs(fourth - 2.7) < 0.05)  // 3 - 6/5/4 for four uniform numbers.
  }
}
