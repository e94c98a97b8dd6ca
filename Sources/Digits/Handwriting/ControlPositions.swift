import SIMDMath

/// Where a writer sets the control points of an allograph: room for 2 x 48 numbers, first x, then y, each
/// with room for a neighbor before the first one.
enum ControlPositions {
  /// Where x and y of the first point are.
  static let x = 1
  static let y = 49

  /// Lets each point stray, and each stroke, and lengthens or shortens the strokes' ends.
  ///
  /// - Parameter positions: gets where the points are.
  @inline(never)
  static func stray(
    _ layout: PenLayout, _ writer: borrowing WriterSample, _ numbers: inout NormalNumbers,
    _ random: inout Random, to positions: inout MutableSpan<Float>
  ) {
    let (points, strokes, first) = (layout.points, layout.strokes, layout.first)
    for block in points.indices {
      let (strayX, strayY) = random.normals()
      var bytes = unsafe positions.mutableBytes
      bytes.storeBytes(
        of: points[block].x.addingProduct(writer.jitter, strayX),
        toByteOffset: 4 &* (x + 16 * block), as: Vector.self)
      bytes.storeBytes(
        of: points[block].y.addingProduct(writer.jitter, strayY),
        toByteOffset: 4 &* (y + 16 * block), as: Vector.self)
    }
    for i in strokes.indices {
      let stroke = strokes[i].lowerBound - first..<strokes[i].upperBound - first
      let (dx, dy) = (numbers.next(&random), numbers.next(&random))
      let (start, end) = (numbers.next(&random), numbers.next(&random))
      shift(&positions, x, stroke, by: dx, start, end)
      shift(&positions, y, stroke, by: dy, start, end)
    }
  }

  /// Moves one coordinate of a stroke, and its first and last point away from their neighbors.
  @inline(__always)
  private static func shift(
    _ positions: inout MutableSpan<Float>, _ coordinate: Int, _ stroke: Range<Int>, by way: Float,
    _ start: Float, _ end: Float
  ) {
    let (first, last) = (coordinate + stroke.lowerBound, coordinate + stroke.upperBound - 1)
    for i in first...last { positions[i] = positions[i].addingProduct(Style.strokeJitter, way) }
    positions[first] = positions[first].addingProduct(
      Style.ends * start, positions[first] - positions[first + 1])
    positions[last] = positions[last].addingProduct(
      Style.ends * end, positions[last] - positions[last - 1])
  }
}
