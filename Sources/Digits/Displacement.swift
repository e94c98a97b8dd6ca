import Kernels

// A smooth random displacement of all pixels along one axis: the cubic B-spline through random displacements
// of the grid's points.
extension GridWeights {
  /// Draws displacements of the points and what they make, along the rows of the grid, of every column of
  /// pixels.
  ///
  /// - Parameters:
  ///   - sigma: the standard deviation at the points, in pixels.
  ///   - lines: for each row of the grid, gets columns 0...15 and columns 16...31; twenty vectors.
  func draw(
    sigma: Float, random: inout Random, into lines: inout MutableSpan<Vector>
  ) {
    for line in 0..<count {
      let points = InlineArray<1, Vector>(repeating: sigma * random.roughlyNormal())
      let lanes = points.span.bytes
      var (left, right) = (Vector(), Vector())
      for point in 0..<leftEnd {
        left += GridWeights.lane(point, of: lanes) * byColumn[2 * point]
      }
      for point in rightStart..<count {
        right += GridWeights.lane(point, of: lanes) * byColumn[2 * point + 1]
      }
      lines[2 * line] = left
      lines[2 * line + 1] = right
    }
  }

  /// A lane read from memory, which is faster than one taken out of a register by a variable number.
  @inline(__always)
  private static func lane(_ index: Int, of vector: RawSpan) -> Float {
    vector.unsafeLoad(fromByteOffset: 4 &* index, as: Float.self)
  }

  /// The displacement of half a row of pixels.
  ///
  /// - Parameters:
  ///   - lines: what was drawn.
  ///   - half: 0 for columns 0...15, 1 for the others.
  @inline(__always)
  func displacement(_ lines: Span<Vector>, row: Int, half: Int) -> Vector {
    let place = 2 * first[row] + half
    let four = byRow[row]
    var sum = four.x * lines[place]
    sum += four.y * lines[place + 2]
    sum += four.z * lines[place + 4]
    sum += four.w * lines[place + 6]
    return sum
  }
}
