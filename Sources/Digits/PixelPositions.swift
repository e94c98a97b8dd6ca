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

  /// A lane read from memory, which is faster than one taken out of a register by a variable number.
  @inline(__always)
  private static func lane(_ index: Int, of vector: borrowing InlineArray<1, Vector>) -> Float {
    vector.span.bytes.unsafeLoad(fromByteOffset: 4 * index, as: Float.self)
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
      let points = InlineArray<1, Vector>(repeating: sigma * random.roughlyNormal())
      var left = Vector(repeating: 0)
      for point in 0..<weights.leftEnd {
        left += lane(point, of: points) * byColumn[2 * point]
      }
      var right = Vector(repeating: 0)
      for point in weights.rightStart..<weights.count {
        right += lane(point, of: points) * byColumn[2 * point + 1]
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
