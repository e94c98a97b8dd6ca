import Kernels

/// Reads a 28x28 picture between its pixels, dark beyond its edges.
struct PixelSampler {
  /// For each pixel, and those up to two beyond the edge, the pixel and its neighbors to the right,
  /// below, and both: one word, so that a sample takes one load. 32 words a row, 32 rows.
  private var quads = InlineArray<64, SIMD16<UInt32>>(repeating: SIMD16(repeating: 0))

  /// A sampler of the first 784 pixels of a picture.
  init(_ source: Span<UInt8>) {
    precondition(source.count >= 784)
    let input = source.bytes
    var span = quads.mutableSpan
    var output = span.mutableBytes
    var (left, right) = (SIMD16<UInt32>(repeating: 0), SIMD16<UInt32>(repeating: 0))
    for row in 0...28 {
      let (lowerLeft, lowerRight) = PixelSampler.neighbors(input, row)
      // From column -1 on: row 0 is row 2 of the frame, and so is column 0.
      let place = 4 * (32 * (row + 1) + 1)
      output.storeBytes(
        of: left | lowerLeft &<< 16, toByteOffset: place, as: SIMD16<UInt32>.self)
      output.storeBytes(
        of: right | lowerRight &<< 16, toByteOffset: place + 4 * 13, as: SIMD16<UInt32>.self)
      (left, right) = (lowerLeft, lowerRight)
    }
  }

  /// Pairs of neighbors in a row, the left one in the low byte: those that begin in columns -1...14,
  /// and those in columns 12...27. Pixels beyond the edges are 0.
  @inline(__always)
  private static func neighbors(
    _ input: RawSpan, _ row: Int
  ) -> (left: SIMD16<UInt32>, right: SIMD16<UInt32>) {
    if row == 28 { return (SIMD16(repeating: 0), SIMD16(repeating: 0)) }
    let first = input.unsafeLoadUnaligned(fromByteOffset: 28 * row, as: UInt128.self)
    let last = input.unsafeLoadUnaligned(fromByteOffset: 28 * row + 12, as: UInt128.self)
    let (begin, end) = (UInt128(littleEndian: first), UInt128(littleEndian: last))
    return (wide(begin &<< 8) | wide(begin) &<< 8, wide(end) | wide(end &>> 8) &<< 8)
  }

  /// Sixteen bytes as words, the lowest first.
  @inline(__always)
  private static func wide(_ bytes: UInt128) -> SIMD16<UInt32> {
    SIMD16<UInt32>(
      truncatingIfNeeded: unsafeBitCast(bytes.littleEndian, to: SIMD16<UInt8>.self))
  }

  /// The picture as an affine map and a displacement along each axis distort it, bilinear, rounded to
  /// whole values.
  func sample(
    _ map: AffineMap, _ weights: GridWeights, x: borrowing Displacement, y: borrowing Displacement,
    into result: inout MutableSpan<UInt8>
  ) {
    var cells = InlineArray<56, SIMD16<UInt32>>(repeating: SIMD16())
    var across = InlineArray<56, Vector>(repeating: Vector())
    var down = InlineArray<56, Vector>(repeating: Vector())
    var cellSpan = cells.mutableSpan
    var acrossSpan = across.mutableSpan
    var downSpan = down.mutableSpan
    PixelSampler.locate(map, weights, x: x, y: y, &cellSpan, &acrossSpan, &downSpan)
    load(&cellSpan)
    PixelSampler.blend(cellSpan.span, acrossSpan.span, downSpan.span, into: &result)
  }

  /// Replaces the numbers of cells by their quads.
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
