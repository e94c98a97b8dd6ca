import Kernels

/// The path of the pen for one digit, as short straight pieces.
///
/// Vectors go along the control points: lane i of `x[2 * k + b]` is where the pen is k pieces after point
/// `16 * b + i`. Lanes without a point repeat the first one.
struct Trace {
  /// Pieces between two control points.
  static let pieces = 4

  private(set) var x = InlineArray<8, Vector>(repeating: Vector())
  private(set) var y = InlineArray<8, Vector>(repeating: Vector())
  /// Half the stroke's width, in pixels.
  private(set) var halfWidth = InlineArray<8, Vector>(repeating: Vector())

  /// Moves the pen along the curves between control points, warped, slanted and turned by a hand.
  ///
  /// - Parameters:
  ///   - points: where the hand sets the control points.
  ///   - layout: how they belong together, sixteen by sixteen.
  ///   - pieceTime: how much of the drawing a piece takes.
  @inline(never)
  mutating func write(
    _ points: borrowing ControlPlaces, _ layout: Span<ControlPoints>, _ hand: Hand,
    pieceTime: Float
  ) {
    var x = x.mutableSpan
    var y = y.mutableSpan
    var halfWidth = halfWidth.mutableSpan
    for block in layout.indices {
      let curveX = Curve(points.x.span.bytes, block, layout[block])
      let curveY = Curve(points.y.span.bytes, block, layout[block])
      let time = layout[block].time
      for piece in 0..<Trace.pieces {
        let t = Float(piece) / Float(Trace.pieces)
        let place = hand.place(curveX.at(t), curveY.at(t))
        x[2 * piece + block] = place.x
        y[2 * piece + block] = place.y
        halfWidth[2 * piece + block] = hand.halfWidth(at: time + Float(piece) * pieceTime)
      }
    }
  }

  /// Scales and shifts the path so that its ink fits a square of `side` pixels around `middle`.
  ///
  /// - Parameter blocks: sixteens of control points.
  @inline(never)
  mutating func fit(side: Float, middle: Float, blocks: Int) {
    var x = x.mutableSpan
    var y = y.mutableSpan
    let halfWidth = halfWidth.span
    var (low, high) = ((x: x[0], y: y[0]), (x: x[0], y: y[0]))
    var widest = halfWidth[0]
    for i in x.indices where i & 1 < blocks {
      low = (least(low.x, x[i]), least(low.y, y[i]))
      high = (most(high.x, x[i]), most(high.y, y[i]))
      widest = most(widest, halfWidth[i])
    }
    let (left, right) = (0 - (0 - low.x).largestLane, high.x.largestLane)
    let (top, bottom) = (0 - (0 - low.y).largestLane, high.y.largestLane)
    let long = right - left > bottom - top ? right - left : bottom - top
    // The widest place is seldom just at the edge: nine tenths of it.
    let scale = (side - 1.8 * widest.largestLane) / (long + 1e-6)
    let shiftX = Vector(repeating: middle - scale * (left + right) * 0.5)
    let shiftY = Vector(repeating: middle - scale * (top + bottom) * 0.5)
    for i in x.indices where i & 1 < blocks {
      x[i] = shiftX.addingProduct(scale, x[i])
      y[i] = shiftY.addingProduct(scale, y[i])
    }
  }
}

/// One coordinate of sixteen pieces of a Catmull-Rom spline (1974), each from a control point to the next
/// one. It is broken at corners, where and at the ends the missing neighbor is the mirror image of the
/// other one.
private struct Curve {
  /// Where it starts, the way to its end, and the slopes there, by Hermite's form.
  let start, way, startSlope, endSlope: Vector

  @inline(__always)
  init(_ places: RawSpan, _ block: Int, _ layout: borrowing ControlPoints) {
    func points(_ ahead: Int) -> Vector {
      places.unsafeLoadUnaligned(
        fromByteOffset: 4 &* (ControlPlaces.room &+ 16 &* block &+ ahead), as: Vector.self)
    }
    let (p0, p1, p2, p3) = (points(-1), points(0), points(1), points(2))
    let here = p1.replacing(with: p1[0], where: layout.isEmpty)
    let way = (p2 - p1).replacing(with: 0, where: layout.isPenUp)
    let twice = way + way
    let slope = (p2 - p0).replacing(with: twice, where: layout.startsFresh)
    let nextSlope = (p3 - p1).replacing(with: twice, where: layout.endsFresh)
    start = here
    self.way = way
    startSlope = 0.5 * slope
    endSlope = 0.5 * nextSlope
  }

  /// The points at `t`, 0 ... 1.
  @inline(__always)
  func at(_ t: Float) -> Vector {
    let t2 = t * t
    let t3 = t2 * t
    return
      start
      .addingProduct(3 * t2 - 2 * t3, way)
      .addingProduct(t3 - 2 * t2 + t, startSlope)
      .addingProduct(t3 - t2, endSlope)
  }
}
