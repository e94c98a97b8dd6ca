#if hasFeature(Embedded) && arch(arm) && canImport(TargetHasDivision) && !canImport(TargetHasMVE) && !WITHOUT_DSP
  // The sums of a row by the Cortex-M4's dual multiply-accumulate (Armv7E-M, ARM DDI 0403, A4.4.3), in
  // the place of `PortableRows.swift` and with its results.

  import Builtin

  /// `sum` + low halves of a and b multiplied + high halves of a and b multiplied.
  @inline(__always)
  private func smlad(_ a: Int32, _ b: Int32, _ sum: Int32) -> Int32 {
    Int32(Builtin.int_arm_smlad(a._value, b._value, sum._value))
  }

  /// Bytes 0 and 2, sign-extended to halves.
  @inline(__always)
  private func sxtb16(_ word: Int32) -> Int32 { Int32(Builtin.int_arm_sxtb16(word._value)) }

  /// Bytes 0 and 2, zero-extended to halves.
  @inline(__always)
  private func uxtb16(_ word: Int32) -> Int32 { Int32(Builtin.int_arm_uxtb16(word._value)) }

  /// The word with its bytes 1, 2, 3, 0.
  @inline(__always)
  private func rotated(_ word: Int32) -> Int32 {
    let bits = UInt32(bitPattern: word)
    return Int32(bitPattern: bits &>> 8 | bits &<< 24)
  }

  /// Adds `Σ value · weight` over listed pairs to the sums of all hidden units.
  ///
  /// - Parameters: as in `PortableRows.swift`.
  /// - Complexity: a dual multiplication for each listed pair and hidden unit.
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && pairs.byteCount >= count &* bytesPerNonzeroPair)
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount / 4 &* inputs)
    if count == 0 { return }
    // The spans outlive these addresses. In bounds: entries, weights and sums are counted above, and each
    // entry tells of a block's pair. All of them are at multiples of four. Places are counted from a word
    // before the weights: the first word of a pair is then at a distance from their sum, and the compiler
    // loads two words from one address instead of one from each of two.
    var words = unsafe weights.start - 4
    let list = unsafe pairs.start
    var sum = unsafe sums.start
    for _ in 0..<sums.byteCount / (4 &* unitsPerBlock) {
      unsafe addBlock(words, list, list + count &* bytesPerNonzeroPair, sum)
      unsafe words += unitsPerBlock &* inputs
      unsafe sum += 4 &* unitsPerBlock
    }
  }

  /// Nineteen instructions a pair. The fences keep the compiler from loading all four words before it
  /// multiplies the first: there are registers for two, and in a function of its own for the addresses too.
  @inline(never) @unsafe
  private func addBlock(
    _ weights: UnsafeRawPointer, _ list: UnsafeRawPointer, _ end: UnsafeRawPointer,
    _ sums: UnsafeMutableRawPointer
  ) {
    var entry = unsafe list
    let sum = unsafe sums.assumingMemoryBound(to: Int32.self)
    // Both have the even unit's sum, which goes when one is taken from the other.
    var (low0, low1, low2, low3) = unsafe (sum[0], sum[2], sum[4], sum[6])
    var (both0, both1, both2, both3) = (low0, low1, low2, low3)
    repeat {
      let (offset, values) = unsafe entry.assumingMemoryBound(to: (Int32, Int32).self).pointee
      unsafe entry += bytesPerNonzeroPair
      let pair = unsafe (weights + Int(offset)).assumingMemoryBound(to: Int32.self)
      let (w0, w1) = unsafe (pair[1], pair[2])
      both0 = smlad(w0, values, both0)
      low0 = smlad(sxtb16(w0), values, low0)
      both1 = smlad(w1, values, both1)
      low1 = smlad(sxtb16(w1), values, low1)
      Builtin.fence_acquire_singlethread()
      let (w2, w3) = unsafe (pair[3], pair[4])
      both2 = smlad(w2, values, both2)
      low2 = smlad(sxtb16(w2), values, low2)
      both3 = smlad(w3, values, both3)
      low3 = smlad(sxtb16(w3), values, low3)
      Builtin.fence_acquire_singlethread()
    } while unsafe entry != end
    unsafe storeUnits(low0, both0, to: sum)
    unsafe storeUnits(low1, both1, to: sum + 2)
    unsafe storeUnits(low2, both2, to: sum + 4)
    unsafe storeUnits(low3, both3, to: sum + 6)
  }

  /// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
  /// multiple of four.
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount && activations.byteCount & 3 == 0)
    // The spans outlive these addresses.
    let row = unsafe weights.start
    let values = unsafe activations.start
    return unsafe rowSum(row, values, values + activations.byteCount, bias)
  }

  @inline(never) @unsafe
  private func rowSum(
    _ row: UnsafeRawPointer, _ values: UnsafeRawPointer, _ end: UnsafeRawPointer, _ bias: Int32
  ) -> Int32 {
    var (row, values) = unsafe (row, values)
    var sum = bias
    while unsafe values != end {
      // Before the end of both, which are equally long, and at a multiple of four.
      let activation = unsafe values.load(as: Int32.self)
      let weight = unsafe row.load(as: Int32.self)
      sum = smlad(sxtb16(weight), uxtb16(activation), sum)
      sum = smlad(sxtb16(rotated(weight)), uxtb16(rotated(activation)), sum)
      unsafe values += 4
      unsafe row += 4
    }
    return sum
  }
#endif
