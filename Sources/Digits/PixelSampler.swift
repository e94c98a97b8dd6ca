import Builtin
import Kernels

/// Reads a 28x28 picture between its pixels, dark beyond its edges.
struct PixelSampler: ~Escapable {
  /// For each pixel, and those up to two beyond the edge, the pixel and its neighbors to the right,
  /// below, and both: one word, so that a sample takes one load. 32 words a row, 32 rows.
  private let quads: Span<SIMD16<UInt32>>

  /// A sampler of the quads of a picture.
  @_lifetime(copy quads)
  init(_ quads: Span<SIMD16<UInt32>>) {
    precondition(quads.count == 64)
    self.quads = quads
  }

  /// The quads of the first 784 pixels of a picture, 64 vectors.
  @inline(never)
  static func fill(_ quads: inout MutableSpan<SIMD16<UInt32>>, from source: Span<UInt8>) {
    precondition(source.count >= 784 && quads.count == 64)
    // 33 rows of 36 words: two dark ones around the picture on the left and above, more on the others.
    var frame = InlineArray<1188, UInt32>(repeating: 0)
    var span = frame.mutableSpan
    var pixels = span.mutableBytes
    for row in 0..<28 {
      // The last twelve of a row overlap the first sixteen.
      for half in 0..<2 {
        let column = 12 * half
        let bytes = source.bytes.unsafeLoadUnaligned(
          fromByteOffset: 28 * row + column, as: SIMD16<UInt8>.self)
        pixels.storeBytes(
          of: bytes.widened, toByteOffset: 4 * (36 * row + column + 74), as: SIMD16<UInt32>.self)
      }
    }
    PixelSampler.join(pixels.bytes, into: &quads)
  }

  /// Quads of pixels that stand in words.
  @inline(never)
  private static func join(_ pixels: RawSpan, into quads: inout MutableSpan<SIMD16<UInt32>>) {
    for i in 0..<64 {
      // Row i / 2, columns 0...15 or 16...31.
      let place = 4 * (36 * (i / 2) + 16 * (i % 2))
      let left = pixels.unsafeLoadUnaligned(fromByteOffset: place, as: SIMD16<UInt32>.self)
      let right = pixels.unsafeLoadUnaligned(fromByteOffset: place + 4, as: SIMD16<UInt32>.self)
      let lowerLeft = pixels.unsafeLoadUnaligned(
        fromByteOffset: place + 144, as: SIMD16<UInt32>.self)
      let lowerRight = pixels.unsafeLoadUnaligned(
        fromByteOffset: place + 148, as: SIMD16<UInt32>.self)
      quads[i] = left | right &<< 8 | lowerLeft &<< 16 | lowerRight &<< 24
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

  /// Replaces the numbers of cells by their quads.
  @inline(never)
  private func load(_ cells: inout MutableSpan<SIMD16<UInt32>>) {
    let quads = quads.bytes
    precondition(cells.count == 56)
    var words = cells.mutableBytes
    // Inside: 56 vectors of sixteen words, and 1,024 quads.
    for place in 0..<56 * 16 {
      let cell = unsafe words.bytes.unsafeLoad(
        fromUncheckedByteOffset: 4 &* place, as: UInt32.self)
      let quad = unsafe quads.unsafeLoad(
        fromUncheckedByteOffset: 4 &* Int(cell & 1023), as: UInt32.self)
      unsafe words.storeBytes(of: quad, toUncheckedByteOffset: 4 &* place, as: UInt32.self)
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

extension SIMD16<UInt8> {
  /// The bytes as words; `init(truncatingIfNeeded:)` is a call of a function that is not inlined.
  @inline(__always)
  fileprivate var widened: SIMD16<UInt32> {
    var result = SIMD16<UInt32>()
    result._storage._value = Builtin.zext_Vec16xInt8_Vec16xInt32(_storage._value)
    return result
  }
}
