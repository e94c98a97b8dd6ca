import Kernels

/// Reads a 28x28 picture between its pixels, dark beyond its edges.
struct PixelSampler: ~Escapable {
  /// The picture with two dark columns to its left and two dark rows above, dark to the right and below: 34
  /// rows of 32 bytes.
  private let frame: RawSpan

  /// Words of eight bytes that a frame takes.
  static let frameWords = 136

  /// A sampler of a framed picture, 1,088 bytes.
  @_lifetime(copy frame)
  init(_ frame: RawSpan) {
    precondition(frame.byteCount == 8 * PixelSampler.frameWords)
    self.frame = frame
  }

  /// Puts the first 784 pixels of a picture into a dark frame.
  @inline(never)
  static func fill(_ frame: inout MutableSpan<UInt64>, from source: Span<UInt8>) {
    precondition(source.count >= 784 && frame.count == frameWords)
    var pixels = frame.mutableBytes
    for row in 0..<28 {
      // The last twelve of a row overlap the first sixteen.
      for half in 0..<2 {
        let column = 12 * half
        let bytes = source.bytes.unsafeLoadUnaligned(
          fromByteOffset: 28 * row + column, as: SIMD16<UInt8>.self)
        pixels.storeBytes(
          of: bytes, toByteOffset: 32 * (row + 2) + column + 2, as: SIMD16<UInt8>.self)
      }
    }
  }

  /// The picture as an affine map and a displacement along each axis distort it, bilinear, rounded to
  /// whole values.
  func sample(
    _ map: AffineMap, _ grid: GridWeights, x: Span<Vector>, y: Span<Vector>,
    into result: inout MutableSpan<UInt8>
  ) {
    var cells = InlineArray<56, SIMD16<UInt32>>(repeating: SIMD16())
    var across = InlineArray<56, Vector>(repeating: Vector())
    var down = InlineArray<56, Vector>(repeating: Vector())
    var cellSpan = cells.mutableSpan
    var acrossSpan = across.mutableSpan
    var downSpan = down.mutableSpan
    PixelSampler.locate(map, grid, x: x, y: y, &cellSpan, &acrossSpan, &downSpan)
    load(&cellSpan)
    PixelSampler.blend(cellSpan.span, acrossSpan.span, downSpan.span, into: &result)
  }

  /// Replaces the numbers of cells, of which the lowest ten bits count, by their pixel and its neighbors
  /// to the right, below, and both, from the lowest byte to the highest.
  @inline(never)
  private func load(_ cells: inout MutableSpan<SIMD16<UInt32>>) {
    let frame = frame
    precondition(cells.count == 56)
    var words = cells.mutableBytes
    for row in 0..<28 {
      for column in 0..<28 {
        // Inside: 28 rows of 32 words, and two bytes from 1,023 + 32 on of 1,088.
        let place = 4 &* (32 &* row &+ column)
        let cell = unsafe words.bytes.unsafeLoad(
          fromUncheckedByteOffset: place, as: UInt32.self)
        let first = Int(cell & 1023)
        let upper = unsafe frame.unsafeLoadUnaligned(
          fromUncheckedByteOffset: first, as: UInt16.self)
        let lower = unsafe frame.unsafeLoadUnaligned(
          fromUncheckedByteOffset: first &+ 32, as: UInt16.self)
        unsafe words.storeBytes(
          of: UInt32(upper) | UInt32(lower) &<< 16, toUncheckedByteOffset: place,
          as: UInt32.self)
      }
    }
  }

  /// Bilinear means of quads, rounded to the nearest whole value, halves to the even one.
  @inline(never)
  private static func blend(
    _ quads: Span<SIMD16<UInt32>>, _ across: Span<Vector>, _ down: Span<Vector>,
    into result: inout MutableSpan<UInt8>
  ) {
    var output = result.mutableBytes
    for row in 0..<28 {
      let left = blend(quads[2 * row], across[2 * row], down[2 * row])
      let right = blend(quads[2 * row + 1], across[2 * row + 1], down[2 * row + 1])
      let at = 28 * row
      output.storeBytes(of: left, toByteOffset: at, as: SIMD16<UInt8>.self)
      output.storeBytes(of: right.lowHalf, toByteOffset: at + 16, as: SIMD8<UInt8>.self)
      output.storeBytes(of: right.highHalf.lowHalf, toByteOffset: at + 24, as: SIMD4<UInt8>.self)
    }
  }

  @inline(__always)
  private static func blend(
    _ quad: SIMD16<UInt32>, _ across: Vector, _ down: Vector
  ) -> SIMD16<UInt8> {
    let topLeft = float(quad & 255)
    let topRight = float((quad &>> 8) & 255)
    let bottomLeft = float((quad &>> 16) & 255)
    let bottomRight = float(quad &>> 24)
    let top = topLeft + (topRight - topLeft) * across
    let bottom = bottomLeft + (bottomRight - bottomLeft) * across
    let shifted = top + (bottom - top) * down + 8_388_608
    return SIMD16<UInt8>(truncatingIfNeeded: unsafeBitCast(shifted, to: SIMD16<UInt32>.self))
  }

  /// Whole numbers 0...255 as floats: 2^23 and the number, less 2^23.
  @inline(__always)
  private static func float(_ bytes: SIMD16<UInt32>) -> Vector {
    unsafeBitCast(bytes | 0x4B00_0000, to: Vector.self) - 8_388_608
  }
}
