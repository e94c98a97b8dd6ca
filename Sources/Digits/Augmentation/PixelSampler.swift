import SIMDMath

/// Reads a 28x28 picture between its pixels, dark beyond its edges.
///
/// The picture stands in a frame: with two dark columns to its left and two dark rows above, dark to the
/// right and below, 32 rows of 32 columns. Each holds the pixel and the one below it, so that four
/// neighbors are read at once.
enum PixelSampler {
  /// Words of eight bytes that a frame takes; beyond the last pair a neighbor is read.
  static let frameWords = 257

  /// Eight samples of a row.
  struct Samples {
    /// The index in the frame of the pair to the upper left, then four pixels: it, below it, to its right,
    /// and below that, from the lowest byte to the highest.
    var quads = SIMD8<UInt32>()
    /// The way from there to the pixel on the right, and to the one below, 0...1.
    var across = SIMD8<Float>()
    var down = SIMD8<Float>()
    /// Where in the result they belong.
    var target = 0
  }

  /// Where the ink of a picture is, and with it all that is sampled from it but darkness.
  struct Bounds {
    /// The columns before and after it, the rows above and below.
    let left, right, top, bottom: Float
  }

  /// Puts the first 784 pixels of a picture into a dark frame.
  ///
  /// - Returns: where its ink is, if it has any.
  @inline(never)
  static func fill(_ frame: inout MutableSpan<UInt64>, from source: Span<UInt8>) -> Bounds? {
    precondition(source.count >= 784 && frame.count == frameWords)
    var positions = unsafe frame.mutableBytes
    var columns: (left: UInt128, right: UInt128) = (0, 0)
    var rows: UInt32 = 0
    var above: (left: UInt128, right: UInt128) = (0, 0)
    for row in 0...28 {
      let below = unsafe row < 28 ? halves(of: source.bytes, row) : (left: 0, right: 0)
      let offset = 64 * (row + 1) + 4
      positions.storeBytes(
        of: pairs(above.left, below.left), toByteOffset: offset, as: SIMD16<UInt16>.self)
      positions.storeBytes(
        of: pairs(above.right, below.right), toByteOffset: offset + 24, as: SIMD16<UInt16>.self)
      columns = (columns.left | below.left, columns.right | below.right)
      rows |= (below.left | below.right == 0 ? 0 : 1) &<< UInt32(row)
      above = below
    }
    if rows == 0 { return nil }
    let left =
      columns.left != 0
      ? columns.left.trailingZeroBitCount / 8 : 12 + columns.right.trailingZeroBitCount / 8
    let right =
      columns.right != 0
      ? 27 - columns.right.leadingZeroBitCount / 8 : 15 - columns.left.leadingZeroBitCount / 8
    return Bounds(
      left: Float(left - 1), right: Float(right + 1),
      top: Float(rows.trailingZeroBitCount - 1), bottom: Float(32 - rows.leadingZeroBitCount))
  }

  /// Columns 0...15 and 12...27 of a row, which overlap, the leftmost in the lowest byte.
  @inline(__always)
  private static func halves(of picture: RawSpan, _ row: Int) -> (left: UInt128, right: UInt128) {
    let left = unsafe picture.unsafeLoadUnaligned(fromByteOffset: 28 * row, as: UInt128.self)
    let right = unsafe picture.unsafeLoadUnaligned(fromByteOffset: 28 * row + 12, as: UInt128.self)
    return (UInt128(littleEndian: left), UInt128(littleEndian: right))
  }

  /// Sixteen pixels, each with the one below it in the upper byte.
  @inline(__always)
  private static func pairs(_ above: UInt128, _ below: UInt128) -> SIMD16<UInt16> {
    func numbers(_ pixels: UInt128) -> SIMD16<UInt16> {
      unsafe wide(unsafeBitCast(pixels.littleEndian, to: SIMD16<UInt8>.self))
    }
    return numbers(above) | numbers(below) &<< 8
  }

  /// Replaces indices by what the frame holds there.
  @inline(never)
  static func load(_ samples: inout MutableSpan<Samples>, count: Int, from frame: RawSpan) {
    precondition(frame.byteCount == 8 * frameWords && count <= samples.count)
    let stride = MemoryLayout<Samples>.stride
    var words = unsafe samples.mutableBytes
    for i in 0..<count {
      for lane in 0..<8 {
        // Inside: the first eight words of as many samples as there are, and 1,024 pairs of two bytes.
        let word = i &* stride &+ 4 &* lane
        let offset = unsafe words.bytes.unsafeLoad(fromUncheckedByteOffset: word, as: UInt32.self)
        let quad = unsafe frame.unsafeLoadUnaligned(
          fromUncheckedByteOffset: 2 &* Int(offset & 1023), as: UInt32.self)
        unsafe words.storeBytes(
          of: UInt32(littleEndian: quad), toUncheckedByteOffset: word, as: UInt32.self)
      }
    }
  }

  /// Bilinear means, rounded to the nearest whole value, halves to the even one.
  @inline(never)
  static func blend(
    _ samples: Span<Samples>, count: Int, into result: inout MutableSpan<UInt8>
  ) {
    var output = unsafe result.mutableBytes
    for i in 0..<count {
      let quads = samples[i].quads
      let (across, down) = (samples[i].across, samples[i].down)
      let (topLeft, bottomLeft) = (floats(quads & 255), floats(quads &>> 8 & 255))
      let (topRight, bottomRight) = (floats(quads &>> 16 & 255), floats(quads &>> 24))
      let left = topLeft.addingProduct(bottomLeft - topLeft, down)
      let right = topRight.addingProduct(bottomRight - topRight, down)
      // Adding 2^23 leaves the nearest whole number in the low bits of the sum.
      let ink = left.addingProduct(right - left, across) + 8_388_608
      unsafe output.storeBytes(
        of: bytes(unsafeBitCast(ink, to: SIMD8<UInt32>.self)),
        toByteOffset: samples[i].target, as: SIMD8<UInt8>.self)
    }
  }
}
