import SIMDMath

/// The path of the pen for one digit, as short straight pieces.
///
/// Vectors go along the control points: lane i of vector `2 * k + b` has x where the pen is k pieces after
/// point `16 * b + i`, lane i of the eighth vector after that y, and of the sixteenth after that half the
/// stroke's width, in pixels. Lanes without a point repeat the first one.
enum PenPath {
  /// Pieces between two control points.
  static let pieces = 4
  /// Vectors of each coordinate; a path has three times as many.
  static let vectors = 8

  /// Moves the pen along the curves between control points, warped, slanted and turned as the writer does.
  ///
  /// - Parameters:
  ///   - positions: where the writer sets the control points.
  ///   - layout: how they belong together, sixteen by sixteen.
  ///   - path: gets the path.
  @inline(never)
  static func write(
    _ positions: RawSpan, _ layout: Span<ControlPoints>, _ writer: borrowing WriterSample,
    to path: inout MutableSpan<Vector>
  ) {
    for block in layout.indices {
      let curveX = Curve(positions, ControlPositions.x + 16 * block, layout[block])
      let curveY = Curve(positions, ControlPositions.y + 16 * block, layout[block])
      let (time, pieceTime) = (layout[block].time, layout[block].pieceTime)
      for piece in 0..<pieces {
        let t = Float(piece) / Float(pieces)
        let position = writer.position(curveX.at(t), curveY.at(t))
        let i = 2 * piece + block
        path[i] = position.x
        path[i + vectors] = position.y
        path[i + 2 * vectors] = writer.halfWidth(at: time + Float(piece) * pieceTime)
      }
    }
  }

  /// Scales and shifts a path so that its ink fits a square of `side` pixels around `middle`.
  ///
  /// - Parameter blocks: sixteens of control points.
  @inline(never)
  static func fit(_ path: inout MutableSpan<Vector>, blocks: Int, side: Float, middle: Float) {
    let (x, y, width) = (0, vectors, 2 * vectors)
    var (low, high) = ((x: path[x], y: path[y]), (x: path[x], y: path[y]))
    var widest = path[width]
    for i in 0..<vectors where i & 1 < blocks {
      low = (least(low.x, path[x + i]), least(low.y, path[y + i]))
      high = (most(high.x, path[x + i]), most(high.y, path[y + i]))
      widest = most(widest, path[width + i])
    }
    let (left, right) = (0 - (0 - low.x).largestLane, high.x.largestLane)
    let (top, bottom) = (0 - (0 - low.y).largestLane, high.y.largestLane)
    let long = right - left > bottom - top ? right - left : bottom - top
    // The widest point is seldom just at the edge: nine tenths of it.
    let scale = (side - 1.8 * widest.largestLane) / (long + 1e-6)
    let shiftX = Vector(repeating: middle - scale * (left + right) * 0.5)
    let shiftY = Vector(repeating: middle - scale * (top + bottom) * 0.5)
    for i in 0..<vectors where i & 1 < blocks {
      path[x + i] = shiftX.addingProduct(scale, path[x + i])
      path[y + i] = shiftY.addingProduct(scale, path[y + i])
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
  init(_ positions: RawSpan, _ start: Int, _ layout: borrowing ControlPoints) {
    func points(_ ahead: Int) -> Vector {
      unsafe positions.unsafeLoadUnaligned(fromByteOffset: 4 &* (start &+ ahead), as: Vector.self)
    }
    let (p0, p1, p2, p3) = (points(-1), points(0), points(1), points(2))
    let here = p1.replacing(with: p1[0], where: layout.isEmpty)
    let way = (p2 - p1).replacing(with: 0, where: layout.isPenUp)
    let twice = way + way
    let slope = (p2 - p0).replacing(with: twice, where: layout.startsFresh)
    let nextSlope = (p3 - p1).replacing(with: twice, where: layout.endsFresh)
    self.start = here
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
