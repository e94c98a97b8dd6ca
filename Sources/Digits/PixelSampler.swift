import Kernels

/// Reads a 28x28 picture between its pixels, dark beyond its edges.
struct PixelSampler {
  /// For each pixel, and those up to two beyond the edge, the pixel and its neighbors to the right,
  /// below, and both: one word, so that a sample takes one load. 32 words a row, 32 rows.
  private var quads = InlineArray<64, SIMD16<UInt32>>(repeating: SIMD16(repeating: 0))

  /// A sampler of the first 784 pixels of a picture.
  init(_ source: Span<UInt8>) {
    var framed = InlineArray<1072, UInt8>(repeating: 0)
    PixelSampler.frame(source, into: &framed)
    let bytes = framed.span.bytes
    var quads = quads.mutableSpan
    for i in 0..<64 {
      let at = 16 * i
      quads[i] =
        PixelSampler.wide(bytes, at) | PixelSampler.wide(bytes, at + 1) &<< 8
        | PixelSampler.wide(bytes, at + 32) &<< 16 | PixelSampler.wide(bytes, at + 33) &<< 24
    }
  }

  /// Copies a picture into rows of 32 with two dark pixels on its left and two dark rows above.
  private static func frame(_ source: Span<UInt8>, into framed: inout InlineArray<1072, UInt8>) {
    let input = source.bytes
    var span = framed.mutableSpan
    var output = span.mutableBytes
    for row in 0..<28 {
      let from = 28 * row
      let to = 32 * row + 66
      let most = input.unsafeLoadUnaligned(fromByteOffset: from, as: SIMD16<UInt8>.self)
      let more = input.unsafeLoadUnaligned(fromByteOffset: from + 16, as: SIMD8<UInt8>.self)
      let rest = input.unsafeLoadUnaligned(fromByteOffset: from + 24, as: SIMD4<UInt8>.self)
      output.storeBytes(of: most, toByteOffset: to, as: SIMD16<UInt8>.self)
      output.storeBytes(of: more, toByteOffset: to + 16, as: SIMD8<UInt8>.self)
      output.storeBytes(of: rest, toByteOffset: to + 24, as: SIMD4<UInt8>.self)
    }
  }

  /// Sixteen bytes as words.
  @inline(__always)
  private static func wide(_ bytes: RawSpan, _ offset: Int) -> SIMD16<UInt32> {
    SIMD16<UInt32>(
      truncatingIfNeeded: bytes.unsafeLoadUnaligned(
        fromByteOffset: offset, as: SIMD16<UInt8>.self))
  }

  /// The picture at all positions, bilinear, rounded to whole values.
  func sample(_ positions: borrowing PixelPositions, into result: inout MutableSpan<UInt8>) {
    var cells = InlineArray<56, SIMD16<UInt32>>(repeating: SIMD16(repeating: 0))
    var across = InlineArray<56, Vector>(repeating: Vector(repeating: 0))
    var down = InlineArray<56, Vector>(repeating: Vector(repeating: 0))
    var cellSpan = cells.mutableSpan
    var acrossSpan = across.mutableSpan
    var downSpan = down.mutableSpan
    PixelSampler.locate(positions, &cellSpan, &acrossSpan, &downSpan)
    load(&cellSpan)
    PixelSampler.blend(cells.span, across.span, down.span, into: &result)
  }

  /// Splits positions into the number of a quad and the way from its first pixel to its last.
  @inline(never)
  private static func locate(
    _ positions: borrowing PixelPositions, _ cells: inout MutableSpan<SIMD16<UInt32>>,
    _ across: inout MutableSpan<Vector>, _ down: inout MutableSpan<Vector>
  ) {
    let x = positions.x.span
    let y = positions.y.span
    for i in 0..<56 {
      let column = whole(x[i], fraction: &across[i])
      let row = whole(y[i], fraction: &down[i])
      // Adding 2^23 leaves a whole number in the low bits of the sum.
      let shifted = row * 32 + column + 8_388_608
      cells[i] = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) & 1023
    }
  }

  /// A coordinate's whole part, 0...31 with the frame, and the rest of it, 0...1.
  @inline(__always)
  private static func whole(_ position: Vector, fraction: inout Vector) -> Vector {
    var framed = position + 2
    framed.replace(with: 0, where: framed .< 0)
    framed.replace(with: 31, where: framed .> 31)
    // Adding 1.5 * 2^23 rounds to the nearest; half below, that is down. On a tie a fraction of 1 in
    // the cell before is as good as one of 0 in the next.
    let whole = (framed - 0.5 + 12_582_912) - 12_582_912
    fraction = framed - whole
    return whole
  }

  /// Replaces the numbers of quads by the quads.
  @inline(never)
  private func load(_ cells: inout MutableSpan<SIMD16<UInt32>>) {
    let quads = quads.span.bytes
    for i in 0..<56 {
      let cell = cells[i]
      var loaded = SIMD16<UInt32>(repeating: 0)
      for lane in 0..<16 {
        let offset = Int(truncatingIfNeeded: cell[lane] & 1023) * 4
        loaded[lane] = quads.unsafeLoad(fromByteOffset: offset, as: UInt32.self)
      }
      cells[i] = loaded
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
