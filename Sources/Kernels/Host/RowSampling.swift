import Builtin

/// Samples a row between two rows of 28 pixels, and then between their columns, sixteen samples at a time.
///
/// Positions and shares are in Q8: 256 is one pixel, or all. Beyond the row there is no ink.
///
/// - Parameters:
///   - picture: rows of 28 pixels.
///   - above, below: where in it the two rows begin.
///   - shares: of the two rows; together 256 at most.
///   - x: position of the first of 28 samples; pixel 0 is at 0.
///   - step: distance of the samples; `x` and `28 * step` are below 2³⁰.
///   - faintest: samples below it are 0.
///   - target: written from `offset` on, 28 bytes, if anything is in the two rows.
@inline(never)
@_lifetime(target: copy target)
public func sampleRow(
  of picture: RawSpan, above: Int, below: Int, shares: (above: Int32, below: Int32), x: Int32,
  step: Int32, faintest: Int32, to target: inout MutableRawSpan, at offset: Int
) {
  let (aboveLeft, aboveRight) = pixelRow(picture, at: above)
  let (belowLeft, belowRight) = pixelRow(picture, at: below)
  if aboveLeft | aboveRight | belowLeft | belowRight == 0 { return }
  let line = Line(
    left: blend(words(aboveLeft), words(belowLeft), shares),
    right: blend(words(aboveRight), words(belowRight), shares))
  let lanes = Words(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  let left = line.samples(at: x &+ step &* lanes, faintest: faintest)
  let right = line.samples(at: x &+ step &* (lanes &+ 16), faintest: faintest)
  target.storeBytes(of: left, toByteOffset: offset, as: SIMD16<UInt8>.self)
  target.storeBytes(of: right.lowHalf, toByteOffset: offset &+ 16, as: SIMD8<UInt8>.self)
  target.storeBytes(
    of: right.highHalf.lowHalf, toByteOffset: offset &+ 24, as: SIMD4<UInt8>.self)
}

/// 28 pixels: the first sixteen, and the other twelve with zeros above them.
@inline(__always)
private func pixelRow(_ picture: RawSpan, at offset: Int) -> (UInt128, UInt128) {
  let left = picture.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt128.self)
  let right = picture.unsafeLoadUnaligned(fromByteOffset: offset &+ 12, as: UInt128.self)
  return (UInt128(littleEndian: left), UInt128(littleEndian: right) &>> 32)
}

/// Sixteen bytes as words, the lowest first.
@inline(__always)
private func words(_ bytes: UInt128) -> Words {
  words(unsafeBitCast(bytes.littleEndian, to: SIMD16<UInt8>.self))
}

/// Bytes as words; `init(truncatingIfNeeded:)` is a call of a function that is not inlined.
@inline(__always)
func words(_ bytes: SIMD16<UInt8>) -> Words {
  var result = Words()
  result._storage._value = Builtin.zext_Vec16xInt8_Vec16xInt32(bytes._storage._value)
  return result
}

@inline(__always)
private func blend(
  _ above: Words, _ below: Words, _ shares: (above: Int32, below: Int32)
) -> Words {
  (above &* shares.above &+ below &* shares.below &+ 128) &>> 8
}

/// 28 pixels between two rows, and four zeros.
private struct Line {
  let left, right: Words

  /// What lies at sixteen places, in Q8.
  @inline(__always)
  func samples(at places: Words, faintest: Int32) -> SIMD16<UInt8> {
    // From two pixels before the first, now at 0, to three after the last: all is empty from there on.
    let positive = (places &+ 512) & ~((places &+ 512) &>> 31)
    let beyond = positive &- (31 * 256 - 1)
    let bounded = positive &- (beyond & ~(beyond &>> 31))
    // The zeros before pixel 0 are those after pixel 27: only the lowest five bits count.
    let column = (bounded &>> 8) &- 2
    let share = bounded & 255
    let ink = (self[column] &* (256 &- share) &+ self[column &+ 1] &* share &+ 128) &>> 8
    var result = SIMD16<UInt8>()
    result._storage._value = Builtin.trunc_Vec16xInt32_Vec16xInt8(
      (ink & ~((ink &- faintest) &>> 31))._storage._value)
    return result
  }

  /// In each lane the pixel that the lowest five bits of a column name.
  @inline(__always)
  private subscript(columns: Words) -> Words {
    #if VNNI
      // Processors with that instruction have this one, too (VPERMI2D). The same words by two names.
      return Builtin.reinterpretCast(
        Builtin.int_x86_avx512_vpermi2var_d_512(
          left._storage._value, columns._storage._value, right._storage._value))
    #else
      let halves: InlineArray<2, Words> = [left, right]
      let pixels = halves.span.bytes
      var result = Words()
      for lane in 0..<16 {
        // Inside: 32 pixels of four bytes.
        result[lane] = pixels.unsafeLoad(
          fromByteOffset: 4 &* Int(columns[lane] & 31), as: Int32.self)
      }
      return result
    #endif
  }
}
