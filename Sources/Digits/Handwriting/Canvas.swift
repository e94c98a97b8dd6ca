import SIMDMath

/// Where a digit is drawn before it is known where its middle is: the ink of the rasterizer's square, and
/// darkness on either side of each row.
struct Canvas: ~Copyable {
  /// Bytes of a row, of which those of the square begin at `margin`.
  private static let stride = 64
  private static let margin = 16
  private var ink = InlineArray<1536, UInt8>(repeating: 0)

  /// Puts eight shares of ink, 0...1.
  @inline(__always)
  mutating func put(_ share: SIMD8<Float>, row: Int, column: Int) {
    // Adding 2^23 leaves the nearest whole number in the low bits of the sum.
    let shifted = SIMD8(repeating: 8_388_608).addingProduct(255, share)
    let bytes = unsafe bytes(unsafeBitCast(shifted, to: SIMD8<UInt32>.self))
    var span = ink.mutableSpan
    var target = unsafe span.mutableBytes
    target.storeBytes(
      of: bytes, toByteOffset: Canvas.stride &* row &+ Canvas.margin &+ column,
      as: SIMD8<UInt8>.self)
  }

  /// Copies the 28x28 pixels around a center, to the nearest whole pixel.
  @inline(never)
  func copy(around center: (x: Float, y: Float), into pixels: inout MutableSpan<UInt8>) {
    let left = Int(clamped((center.x - 14).rounded(), -16, 20))
    let top = Int(clamped((center.y - 14).rounded(), -28, 28))
    let source = unsafe ink.span.bytes
    var target = unsafe pixels.mutableBytes
    for row in 0..<28 {
      var first = SIMD16<UInt8>()
      var last = SIMD16<UInt8>()
      if top &+ row >= 0 && top &+ row < Rasterizer.side {
        let offset = Canvas.stride &* (top &+ row) &+ Canvas.margin &+ left
        first = unsafe source.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        last = unsafe source.unsafeLoadUnaligned(
          fromByteOffset: offset &+ 12, as: SIMD16<UInt8>.self)
      }
      // The last sixteen of a row overlap the first.
      target.storeBytes(of: first, toByteOffset: 28 &* row, as: SIMD16<UInt8>.self)
      target.storeBytes(of: last, toByteOffset: 28 &* row &+ 12, as: SIMD16<UInt8>.self)
    }
  }
}
