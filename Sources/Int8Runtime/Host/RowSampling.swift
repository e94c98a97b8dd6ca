#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  import Builtin

  /// Samples a row between two rows of 28 pixels, and then between their columns, sixteen samples at a time.
  ///
  /// Positions and shares are in Q8: 256 is one pixel, or all. Beyond the row there is no ink. All of it
  /// fits 16 bits.
  ///
  /// - Parameters:
  ///   - picture: rows of 28 pixels.
  ///   - pair: two of them, and their shares; together 256 at most.
  ///   - x: position of the first of 28 samples, in Q8; pixel 0 is at 0.
  ///   - step: distance of the samples, in Q8, 0 ... 512.
  ///   - target: written from `offset` on, 28 bytes, if anything is in the two rows; samples below
  ///     ``faintestInk`` are 0.
  ///   - offset: where in the target the row begins, in bytes; 28 have to follow.
  @inline(never)
  @_lifetime(target: copy target)
  func sampleRow(
    of picture: RawSpan, between pair: RowPair, x: Int32, step: Int32,
    to target: inout MutableRawSpan, at offset: Int
  ) {
    // The last sixteen of 28 pixels overlap the first, here and in what is stored below.
    let upper = (pixels(picture, at: pair.above), pixels(picture, at: pair.above &+ 12))
    let lower = (pixels(picture, at: pair.below), pixels(picture, at: pair.below &+ 12))
    if upper.0 | upper.1 | lower.0 | lower.1 == 0 { return }
    let share = (
      UInt16(truncatingIfNeeded: pair.aboveShare), UInt16(truncatingIfNeeded: pair.belowShare)
    )
    // Two dark pixels, the row between both, and two dark pixels.
    let table = PixelTable(
      first: blend(upper.0, lower.0, share) &<< 16, last: blend(upper.1, lower.1, share) &>> 16)
    // From two pixels before the first, now at 0, to three after the last: all is dark from there on. A row
    // that begins further away is dark as well.
    let start = Int16(truncatingIfNeeded: min(max(x, -16_384), 7_168) &+ 512)
    let step = Int16(truncatingIfNeeded: step)
    let ways = product(SIMD16(repeating: step), laneNumbers16)
    let left = bounded(sum(SIMD16(repeating: start), ways), 0, 31 * 256 - 1)
    let right = bounded(sum(SIMD16(repeating: start &+ 12 &* step), ways), 0, 31 * 256 - 1)
    let limit = Int16(truncatingIfNeeded: faintestInk)
    target.storeBytes(
      of: samples(table, left, faintest: limit), toByteOffset: offset, as: SIMD16<UInt8>.self)
    target.storeBytes(
      of: samples(table, right, faintest: limit), toByteOffset: offset &+ 12,
      as: SIMD16<UInt8>.self)
  }

  /// 0 ... 15.
  private var laneNumbers16: SIMD16<Int16> {
    @inline(__always) get { SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) }
  }

  /// Sixteen pixels, the first in the lowest byte.
  @inline(__always)
  private func pixels(_ picture: RawSpan, at offset: Int) -> UInt128 {
    unsafe UInt128(
      littleEndian: picture.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt128.self))
  }

  /// Each byte as 16 bits.
  @inline(__always)
  private func wide(_ bytes: SIMD16<UInt8>) -> SIMD16<UInt16> {
    var words = SIMD16<UInt16>()
    words._storage._value = Builtin.zext_Vec16xInt8_Vec16xInt16(bytes._storage._value)
    return words
  }

  /// What lies between two rows.
  @inline(__always)
  private func blend(_ above: UInt128, _ below: UInt128, _ shares: (UInt16, UInt16)) -> UInt128 {
    let sum = wide(lanes(above)) &* shares.0 &+ wide(lanes(below)) &* shares.1
    return unsafe UInt128(
      littleEndian: unsafeBitCast(lowBytes((sum &+ 128) &>> 8), to: UInt128.self))
  }

  /// Sixteen bytes, the lowest first.
  @inline(__always)
  func lanes(_ bytes: UInt128) -> SIMD16<UInt8> {
    unsafe unsafeBitCast(bytes.littleEndian, to: SIMD16<UInt8>.self)
  }

  /// What lies at sixteen positions in a line, in Q8.
  @inline(__always)
  private func samples(
    _ line: PixelTable, _ positions: SIMD16<Int16>, faintest: Int16
  ) -> SIMD16<UInt8> {
    let positions = unsafe unsafeBitCast(positions, to: SIMD16<UInt16>.self)
    let pairs = line.pairs(at: positions &>> 8)
    // The left pixel, and a share of the way to the right one: never below 0 nor above 65,408.
    let way = (pairs &>> 8) &- (pairs & 255)
    let ink = ((pairs &<< 8) &+ way &* (positions & 255) &+ 128) &>> 8
    let missing = unsafe unsafeBitCast(ink, to: SIMD16<Int16>.self) &- faintest
    return unsafe lowBytes(ink & ~unsafeBitCast(missing &>> 15, to: SIMD16<UInt16>.self))
  }

  /// The low bytes of numbers of 16 bits.
  @inline(__always)
  func lowBytes(_ numbers: SIMD16<UInt16>) -> SIMD16<UInt8> {
    var result = SIMD16<UInt8>()
    result._storage._value = Builtin.trunc_Vec16xInt16_Vec16xInt8(numbers._storage._value)
    return result
  }

  // The compiler's own sum and product: with lane numbers the library's fall apart into lanes.

  @inline(__always)
  private func sum(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD16<Int16> {
    var result = SIMD16<Int16>()
    result._storage._value = Builtin.add_Vec16xInt16(a._storage._value, b._storage._value)
    return result
  }

  @inline(__always)
  private func product(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD16<Int16> {
    var result = SIMD16<Int16>()
    result._storage._value = Builtin.mul_Vec16xInt16(a._storage._value, b._storage._value)
    return result
  }

  /// In every lane the number, or the bound it is beyond.
  @inline(__always)
  private func bounded(_ x: SIMD16<Int16>, _ low: Int16, _ high: Int16) -> SIMD16<Int16> {
    var result = SIMD16<Int16>()
    result._storage._value = Builtin.int_smin_Vec16xInt16(
      SIMD16(repeating: high)._storage._value,
      Builtin.int_smax_Vec16xInt16(SIMD16(repeating: low)._storage._value, x._storage._value))
    return result
  }

  /// Bytes as words; `init(truncatingIfNeeded:)` is a call of a function that is not inlined.
  @inline(__always)
  func words(_ bytes: SIMD16<UInt8>) -> Words {
    var result = Words()
    result._storage._value = Builtin.zext_Vec16xInt8_Vec16xInt32(bytes._storage._value)
    return result
  }
#endif
