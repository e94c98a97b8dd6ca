import SIMDMath

/// Sixteen control points of an allograph, strokes one after the other, laid out for vectors: lane i is
/// point i of the sixteen, and whatever belongs to the curve from there to the next point.
struct ControlPoints {
  /// The points, in parts of the box, from its middle.
  var x = Vector()
  var y = Vector()
  /// How much of the drawing is done at the point, 0 ... 1.
  var time = Vector()
  /// How much of it each piece of the path from there on takes; nothing where the pen goes up.
  var pieceTime = Vector()
  /// Where there is no point.
  var isEmpty = SIMDMask<SIMD16<Int32>>(repeating: true)
  /// Where the pen does not stay down to the next point.
  var isPenUp = SIMDMask<SIMD16<Int32>>(repeating: true)
  /// Where the curve starts or ends without regard to what was before or comes after: at a corner and
  /// at an end of a stroke.
  var startsFresh = SIMDMask<SIMD16<Int32>>(repeating: true)
  var endsFresh = SIMDMask<SIMD16<Int32>>(repeating: true)
  /// A bit for each lane: whether the pen stays down to the next point.
  var penDown: UInt16 = 0

  /// How long the pen takes from stroke to stroke, if one from point to point takes 1.
  private static let pause: Float = 0.125

  /// How long the strokes of an allograph take.
  private static func duration(_ strokes: [Range<Int>]) -> Float {
    strokes.reduce(-pause) { $0 + Float($1.count - 1) + pause }
  }

  /// The sixteen of an allograph from its point number `start` on.
  ///
  /// - Parameters:
  ///   - points: all of the allograph.
  ///   - strokes: which of them, by their indices, are of one stroke.
  init(_ points: ArraySlice<AllographTable.Point>, strokes: [Range<Int>], from start: Int) {
    let duration = ControlPoints.duration(strokes)
    for lane in 0..<16 {
      let i = points.startIndex + start + lane
      guard let number = strokes.firstIndex(where: { $0.contains(i) }) else { continue }
      let stroke = strokes[number]
      x[lane] = points[i].x - 0.5
      y[lane] = points[i].y - 0.5
      let pieces = Float(i - points.startIndex - number)
      time[lane] = (pieces + ControlPoints.pause * Float(number)) / duration
      isEmpty[lane] = false
      if i + 1 == stroke.upperBound { continue }
      isPenUp[lane] = false
      pieceTime[lane] = 1 / (Float(PenPath.pieces) * duration)
      penDown |= 1 << UInt16(lane)
      startsFresh[lane] = i == stroke.lowerBound || points[i].isCorner
      endsFresh[lane] = i + 2 == stroke.upperBound || points[i + 1].isCorner
    }
  }
}

/// An allograph as it is drawn.
struct PenLayout: ~Escapable {
  /// Its points, sixteen by sixteen.
  let points: Span<ControlPoints>
  /// Which of them are of one stroke, by their indices in the table of allographs.
  let strokes: Span<Range<Int>>
  /// The index of the first there.
  let first: Int

  @_lifetime(copy points, copy strokes)
  init(points: Span<ControlPoints>, strokes: Span<Range<Int>>, first: Int) {
    self.points = points
    self.strokes = strokes
    self.first = first
  }
}

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
