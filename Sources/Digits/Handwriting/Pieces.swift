import SIMDMath

/// A straight piece of a pen's path, as it is drawn on a canvas.
struct Piece {
  /// Where it starts, and the way to its end, in pixels.
  let x, y, dx, dy: Float
  /// What brings a point's position from the start to the nearest position of the piece, 0 its start and 1 its
  /// end: the way, over its squared length.
  let alongX, alongY: Float
  /// Half the stroke's width at the start, and by how much it is more at the end.
  let halfWidth, widening: Float
  /// Rows, and eights of columns, that its ink reaches.
  let left, right, top, bottom: Int
}

/// Sixteen pieces, worked out at the same time.
enum Pieces {
  /// The pieces number `number` after the sixteen control points of a block.
  ///
  /// - Parameters:
  ///   - values: gets nine vectors, for ``piece(_:of:)``.
  ///   - path: of ``PenPath``.
  ///   - softness: over how many pixels the stroke's edge fades.
  @inline(__always)
  static func work(
    out values: inout MutableSpan<Vector>, from path: RawSpan, number: Int, block: Int,
    softness: Float
  ) {
    let (x, x1) = ends(path, 0, number, block)
    let (y, y1) = ends(path, PenPath.vectors, number, block)
    let (w, w1) = ends(path, 2 * PenPath.vectors, number, block)
    let (dx, dy) = (x1 - x, y1 - y)
    let inverse = 1 / (dx * dx + 1e-9).addingProduct(dy, dy)
    // Half of the edge's fading is beyond the width.
    let reach = most(w, w1) + (0.5 * softness + 0.05)
    (values[0], values[1]) = (x, y)
    (values[2], values[3]) = (dx, dy)
    (values[4], values[5]) = (dx * inverse, dy * inverse)
    (values[6], values[7]) = (w, w1 - w)
    let left = cells(least(x, x1) - reach) &>> 3
    let right = cells(most(x, x1) + reach - 1) &>> 3
    let top = cells(least(y, y1) - reach)
    let bottom = cells(most(y, y1) + reach - 1)
    values[8] = unsafe unsafeBitCast(
      left | right &<< 8 | top &<< 16 | bottom &<< 24, to: Vector.self)
  }

  /// Piece number `lane`.
  @inline(__always)
  static func piece(_ lane: Int, of lanes: RawSpan) -> Piece {
    func value(_ i: Int) -> Float {
      unsafe lanes.unsafeLoad(fromByteOffset: 64 &* i &+ 4 &* lane, as: Float.self)
    }
    let bounds = Int(value(8).bitPattern)
    return Piece(
      x: value(0), y: value(1), dx: value(2), dy: value(3), alongX: value(4), alongY: value(5),
      halfWidth: value(6), widening: value(7), left: bounds & 255, right: bounds &>> 8 & 255,
      top: bounds &>> 16 & 255, bottom: bounds &>> 24)
  }

  /// What a coordinate is where the pieces start and where they end: with the next piece, or, after the
  /// last one, with the next control point.
  @inline(__always)
  private static func ends(
    _ path: RawSpan, _ first: Int, _ number: Int, _ block: Int
  ) -> (Vector, Vector) {
    let start = 64 &* (first &+ 2 &* number &+ block)
    let end = number &+ 1 < PenPath.pieces ? start &+ 128 : 64 &* (first &+ block) &+ 4
    return unsafe (
      path.unsafeLoadUnaligned(fromByteOffset: start, as: Vector.self),
      path.unsafeLoadUnaligned(fromByteOffset: end, as: Vector.self)
    )
  }

  /// The row or column whose edge is nearest, kept on the canvas.
  @inline(__always)
  private static func cells(_ x: Vector) -> SIMD16<UInt32> {
    // Adding 2^23 leaves the nearest whole number in the low bits of the sum.
    let shifted = clamped(x, 0, Float(Rasterizer.side - 1)) + 8_388_608
    return unsafe unsafeBitCast(shifted, to: SIMD16<UInt32>.self) & 255
  }
}
