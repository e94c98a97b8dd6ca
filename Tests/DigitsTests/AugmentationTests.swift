import Kernels
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
    let still = Augmentation(
      kind, rotation: 0, scale: 0, shear: 0, shift: 0, aspect: 0, sigma: 0)
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
      let map = AffineMap(affine, share: 1, &random)
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
