import Kernels

/// For each pixel of a result the place in the source that it shows, two vectors a row: columns 0...15
/// and 16...31, of which the last four are not used.
struct PixelPositions {
  private(set) var x = InlineArray<56, Vector>(repeating: Vector(repeating: 0))
  private(set) var y = InlineArray<56, Vector>(repeating: Vector(repeating: 0))

  /// Adds an affine map.
  mutating func add(_ map: AffineMap) {
    var x = x.mutableSpan
    var y = y.mutableSpan
    let left = GridWeights.columns - 13.5
    let right = GridWeights.columns + 2.5
    for row in 0..<28 {
      let v = Float(row) - 13.5
      x[2 * row] += map.xx * left + (map.xy * v + map.x0)
      x[2 * row + 1] += map.xx * right + (map.xy * v + map.x0)
      y[2 * row] += map.yx * left + (map.yy * v + map.y0)
      y[2 * row + 1] += map.yx * right + (map.yy * v + map.y0)
    }
  }

  /// Adds a cubic B-spline through a grid of random displacements.
  mutating func displace(_ weights: GridWeights, sigma: Float, random: inout Random) {
    PixelPositions.displace(&x, weights, sigma: sigma, random: &random)
    PixelPositions.displace(&y, weights, sigma: sigma, random: &random)
  }

  private static func displace(
    _ coordinate: inout InlineArray<56, Vector>, _ weights: GridWeights, sigma: Float,
    random: inout Random
  ) {
    // First along the rows of the grid, for every column of pixels, then down the columns.
    var across = InlineArray<20, Vector>(repeating: Vector(repeating: 0))
    var lines = across.mutableSpan
    let byColumn = weights.byColumn.span
    for line in 0..<weights.count {
      var left = Vector(repeating: 0)
      var right = Vector(repeating: 0)
      for point in 0..<weights.count {
        let displacement = sigma * random.roughlyNormal()
        left += displacement * byColumn[2 * point]
        right += displacement * byColumn[2 * point + 1]
      }
      lines[2 * line] = left
      lines[2 * line + 1] = right
    }
    var output = coordinate.mutableSpan
    for row in 0..<28 {
      let first = 2 * weights.first[row]
      let four = weights.byRow[row]
      for half in 0..<2 {
        var sum = four.x * lines[first + half]
        sum += four.y * lines[first + 2 + half]
        sum += four.z * lines[first + 4 + half]
        sum += four.w * lines[first + 6 + half]
        output[2 * row + half] += sum
      }
    }
  }
}

/// The weights of a grid's points in each row and column of pixels: the uniform cubic B-spline.
struct GridWeights: Sendable {
  /// Points along each axis, at most 10.
  let count: Int
  /// For each row of pixels the first of the four grid points that weigh in it.
  private(set) var first = InlineArray<28, Int>(repeating: 0)
  /// The weights of these four.
  private(set) var byRow = InlineArray<28, SIMD4<Float>>(repeating: SIMD4(repeating: 0))
  /// For each grid point its weights in columns 0...15 and 16...31.
  private(set) var byColumn = InlineArray<20, Vector>(repeating: Vector(repeating: 0))

  /// The numbers of the first sixteen columns.
  static let columns = Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

  /// The weights of a grid whose points are `spacing` pixels apart.
  init(spacing: Float) {
    count = Int(27 / spacing) + 4
    for i in 0..<28 {
      let t = Float(i) / spacing
      let whole = Int(t)
      let f = t - Float(whole)
      let f2 = f * f
      let f3 = f2 * f
      let four =
        SIMD4(
          1 - 3 * f + 3 * f2 - f3, 4 - 6 * f2 + 3 * f3, 1 + 3 * f + 3 * f2 - 3 * f3, f3) / 6
      first[i] = whole
      byRow[i] = four
      for k in 0..<4 { byColumn[2 * (whole + k) + i / 16][i % 16] = four[k] }
    }
  }
}

extension Random {
  /// Mean 0 and standard deviation 1, nearly normal, and a tenth of the cost of ``normal()``: the sum
  /// of four uniform numbers (Irwin, Hall 1927), never beyond 3.47.
  mutating func roughlyNormal() -> Float {
    let bits = next()
    // Four sums of 16 bits: pairs first, so that nothing carries from one into the other.
    let pairs = (bits & 0x0000_FFFF_0000_FFFF) &+ ((bits &>> 16) & 0x0000_FFFF_0000_FFFF)
    let sum = (pairs & 0xFFFF_FFFF) &+ (pairs &>> 32)
    // The sum's mean is 131070; its deviation is 2^16 / sqrt(3) but for one part in 10^9.
    return Float(Int32(truncatingIfNeeded: sum) &- 131_070) * 2.642_899_8e-5
  }
}
