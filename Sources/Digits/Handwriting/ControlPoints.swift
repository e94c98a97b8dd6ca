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
