import Kernels

/// A smooth random displacement of all pixels along one axis: the cubic B-spline through a coarse grid of
/// random displacements, already drawn out along the grid's rows.
struct Displacement {
  /// For each row of the grid the displacement of pixels in columns 0...15 and in columns 16...31.
  private var rows = InlineArray<20, Vector>(repeating: Vector())

  /// None.
  init() {}

  /// A random one.
  ///
  /// - Parameter sigma: the standard deviation at the grid's points, in pixels.
  init(_ weights: GridWeights, sigma: Float, random: inout Random) {
    var rows = rows.mutableSpan
    let byColumn = weights.byColumn.span
    for row in 0..<weights.count {
      let points = InlineArray<1, Vector>(repeating: sigma * random.roughlyNormal())
      let lanes = points.span.bytes
      var (left, right) = (Vector(), Vector())
      for point in 0..<weights.leftEnd {
        left += Displacement.lane(point, of: lanes) * byColumn[2 * point]
      }
      for point in weights.rightStart..<weights.count {
        right += Displacement.lane(point, of: lanes) * byColumn[2 * point + 1]
      }
      rows[2 * row] = left
      rows[2 * row + 1] = right
    }
  }

  /// A lane read from memory, which is faster than one taken out of a register by a variable number.
  @inline(__always)
  private static func lane(_ index: Int, of vector: RawSpan) -> Float {
    vector.unsafeLoad(fromByteOffset: 4 &* index, as: Float.self)
  }

  /// The displacement of half a row of pixels, from the four rows of the grid that weigh in it.
  ///
  /// - Parameters:
  ///   - first: the first of these rows.
  ///   - half: 0 for columns 0...15, 1 for the others.
  @inline(__always)
  func halfRow(_ half: Int, first: Int, weights: SIMD4<Float>) -> Vector {
    let rows = rows.span
    var sum = weights.x * rows[2 * first + half]
    sum += weights.y * rows[2 * first + 2 + half]
    sum += weights.z * rows[2 * first + 4 + half]
    sum += weights.w * rows[2 * first + 6 + half]
    return sum
  }
}
