import Kernels

/// Sixteen control points of an allograph, strokes one after the other, laid out for vectors: lane i is
/// point i of the sixteen, and whatever belongs to the curve from there to the next point.
struct ControlPoints {
  /// The points, in parts of the box, from its middle.
  var x = Vector()
  var y = Vector()
  /// How much of the drawing is done at the point, 0 ... 1.
  var time = Vector()
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
  static func duration(_ strokes: [Range<Int>]) -> Float {
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
      penDown |= 1 << UInt16(lane)
      startsFresh[lane] = i == stroke.lowerBound || points[i].isCorner
      endsFresh[lane] = i + 2 == stroke.upperBound || points[i + 1].isCorner
    }
  }
}

/// Where a hand sets the control points of an allograph, before and after them room for neighbors.
struct ControlPlaces: ~Copyable {
  /// Places before the first point.
  static let room = 1
  /// Room for every point of the longest allograph.
  private(set) var x = InlineArray<48, Float>(repeating: 0)
  private(set) var y = InlineArray<48, Float>(repeating: 0)

  /// Lets each point stray, and each stroke, and lengthens or shortens the strokes' ends.
  ///
  /// - Parameters:
  ///   - layout: the points, sixteen by sixteen.
  ///   - strokes: which of them are of one stroke, those of the table from `first` on.
  @inline(never)
  mutating func stray(
    _ layout: Span<ControlPoints>, _ strokes: Span<Range<Int>>, from first: Int, _ hand: Hand,
    _ numbers: inout NormalNumbers, _ random: inout Random
  ) {
    var x = x.mutableSpan
    var y = y.mutableSpan
    for block in layout.indices {
      let (strayX, strayY) = random.normals()
      ControlPlaces.put(layout[block].x.addingProduct(hand.jitter, strayX), into: &x, block)
      ControlPlaces.put(layout[block].y.addingProduct(hand.jitter, strayY), into: &y, block)
    }
    for i in strokes.indices {
      let lower = strokes[i].lowerBound - first + ControlPlaces.room
      let stroke = lower..<lower + strokes[i].count
      let (dx, dy) = (numbers.next(&random), numbers.next(&random))
      for place in stroke {
        x[place] += Style.strokeJitter * dx
        y[place] += Style.strokeJitter * dy
      }
      let (first, last) = (numbers.next(&random), numbers.next(&random))
      ControlPlaces.lengthen(&x, lower, lower + 1, first)
      ControlPlaces.lengthen(&y, lower, lower + 1, first)
      ControlPlaces.lengthen(&x, stroke.upperBound - 1, stroke.upperBound - 2, last)
      ControlPlaces.lengthen(&y, stroke.upperBound - 1, stroke.upperBound - 2, last)
    }
  }

  @inline(__always)
  private static func put(_ vector: Vector, into places: inout MutableSpan<Float>, _ block: Int) {
    var bytes = places.mutableBytes
    bytes.storeBytes(of: vector, toByteOffset: 4 &* (room &+ 16 &* block), as: Vector.self)
  }

  /// Moves a stroke's end away from its neighbor.
  @inline(__always)
  private static func lengthen(
    _ places: inout MutableSpan<Float>, _ end: Int, _ neighbor: Int, _ number: Float
  ) {
    let piece = places[end] - places[neighbor]
    places[end] = places[end].addingProduct(Style.ends * number, piece)
  }
}
