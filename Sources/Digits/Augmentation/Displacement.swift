import SIMDMath

// A smooth random displacement of all pixels along each axis: the cubic B-spline through random
// displacements of the grid's points.
extension GridWeights {
  /// Draws displacements of the points, first all along x, and what they make, along the rows of the
  /// grid, of every column of pixels.
  ///
  /// - Parameters:
  ///   - sigma: the standard deviation at the points, in pixels.
  ///   - x, y: for each row of the grid, get columns 0...15 and columns 16...31; twenty vectors.
  func draw(
    sigma: Float, random: inout Random, x: inout MutableSpan<Vector>,
    y: inout MutableSpan<Vector>
  ) {
    var xPoints = InlineArray<10, Vector>(repeating: Vector())
    var yPoints = InlineArray<10, Vector>(repeating: Vector())
    for line in 0..<count { xPoints[line] = sigma * random.roughlyNormal() }
    for line in 0..<count { yPoints[line] = sigma * random.roughlyNormal() }
    let (xLanes, yLanes) = unsafe (xPoints.span.bytes, yPoints.span.bytes)
    for line in 0..<count {
      (x[2 * line], y[2 * line]) = sums(0..<leftEnd, half: 0, line, xLanes, yLanes)
      (x[2 * line + 1], y[2 * line + 1]) = sums(rightStart..<count, half: 1, line, xLanes, yLanes)
    }
  }

  /// What some points of a row of the grid make of half a row of pixels, along both axes.
  @inline(__always)
  private func sums(
    _ points: Range<Int>, half: Int, _ line: Int, _ xLanes: RawSpan, _ yLanes: RawSpan
  ) -> (x: Vector, y: Vector) {
    let weights = byColumn.span
    precondition(line < 10 && 2 * points.upperBound <= weights.count && points.upperBound <= 16)
    var (x, y) = (Vector(), Vector())
    for point in points {
      // Lanes read from memory, which is faster than taking one out of a register by a variable number.
      // Inside: a line has sixteen points.
      let offset = 64 &* line &+ 4 &* point
      let weight = unsafe weights[unchecked: 2 &* point &+ half]
      x = x.addingProduct(
        unsafe xLanes.unsafeLoad(fromUncheckedByteOffset: offset, as: Float.self), weight)
      y = y.addingProduct(
        unsafe yLanes.unsafeLoad(fromUncheckedByteOffset: offset, as: Float.self), weight)
    }
    return (x, y)
  }
}

/// How far the grid displaces pixels along both axes: for each row of the grid 32 columns.
struct GridDisplacements: ~Escapable {
  let x, y: RawSpan

  @_lifetime(copy x, copy y)
  init(x: RawSpan, y: RawSpan) {
    precondition(x.byteCount == 1280 && y.byteCount == 1280)
    self.x = x
    self.y = y
  }
}
