#if hasFeature(Embedded) && arch(arm) && !canImport(TargetHasDivision)
  // The sums of a row on a Cortex-M0, in the place of `PortableRows.swift` and with its results: eight
  // registers that every instruction reaches, a multiplication of one cycle, no load that extends a sign
  // at a constant offset. Two units at a time leave room for all that a pair needs.

  import Builtin

  /// Adds `Σ value · weight` over listed pairs to the sums of all hidden units.
  ///
  /// - Parameters: as in `PortableRows.swift`.
  /// - Complexity: two multiplications for each listed pair and hidden unit.
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && pairs.byteCount >= count &* bytesPerNonzeroPair)
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount / 4 &* inputs)
    // The spans outlive these addresses. In bounds: entries, weights and sums are counted above, and each
    // entry tells of a block's pair. All of them are at multiples of four.
    var words = unsafe weights.start
    let list = unsafe pairs.start
    let sum = unsafe sums.start
    var offset = 0
    while offset < sums.byteCount / 32 &* 32 {
      unsafe addTwoUnits(words, list, count, sum + offset)
      unsafe words += 4
      offset &+= 8
      // Four words are a block's pair; the next block's pairs follow those of this one.
      if offset & 31 == 0 { unsafe words += unitsPerBlock &* inputs &- bytesPerPair }
    }
  }

  /// Eight pairs a turn, sixteen instructions each.
  @inline(never) @unsafe
  private func addTwoUnits(
    _ weights: UnsafeRawPointer, _ list: UnsafeRawPointer, _ count: Int,
    _ sums: UnsafeMutableRawPointer
  ) {
    let sum = unsafe sums.assumingMemoryBound(to: Int32.self)
    var entry = unsafe list
    // Both have the even unit's sum, which goes when one is taken from the other.
    var low = unsafe sum[0]
    var both = low
    var end = unsafe list + (count & 7) &* bytesPerNonzeroPair
    while unsafe entry != end {
      unsafe addPair(weights, entry, &low, &both)
      unsafe entry += bytesPerNonzeroPair
    }
    unsafe end = list + count &* bytesPerNonzeroPair
    if count > 7 {
      repeat {
        unsafe addPair(weights, entry, &low, &both)
        unsafe addPair(weights, entry + bytesPerNonzeroPair, &low, &both)
        unsafe addPair(weights, entry + 2 &* bytesPerNonzeroPair, &low, &both)
        unsafe addPair(weights, entry + 3 &* bytesPerNonzeroPair, &low, &both)
        unsafe addPair(weights, entry + 4 &* bytesPerNonzeroPair, &low, &both)
        unsafe addPair(weights, entry + 5 &* bytesPerNonzeroPair, &low, &both)
        unsafe addPair(weights, entry + 6 &* bytesPerNonzeroPair, &low, &both)
        unsafe addPair(weights, entry + 7 &* bytesPerNonzeroPair, &low, &both)
        unsafe entry += 8 &* bytesPerNonzeroPair
      } while unsafe entry != end
    }
    unsafe storeUnits(low, both, to: sum)
  }

  @inline(__always) @unsafe
  private func addPair(
    _ weights: UnsafeRawPointer, _ entry: UnsafeRawPointer, _ low: inout Int32,
    _ both: inout Int32
  ) {
    let offset = unsafe Int(entry.assumingMemoryBound(to: Int32.self).pointee)
    let pair = unsafe (weights + offset).assumingMemoryBound(to: Int32.self).pointee
    let values = unsafe (entry + 4).assumingMemoryBound(to: UInt16.self)
    let a = unsafe Int32(values[0])
    low &+= Int32(Int8(truncatingIfNeeded: pair)) &* a
    both &+= Int32(Int16(truncatingIfNeeded: pair)) &* a
    Builtin.fence_acquire_singlethread()
    let b = unsafe Int32(values[1])
    let second = pair &>> 16
    low &+= Int32(Int8(truncatingIfNeeded: second)) &* b
    both &+= second &* b
    Builtin.fence_acquire_singlethread()
  }

  /// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
  /// multiple of eight.
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount && activations.byteCount & 7 == 0)
    // The spans outlive these addresses.
    var weight = unsafe weights.start
    var value = unsafe activations.start
    let end = unsafe value + activations.byteCount
    var sum = bias
    while unsafe value != end {
      unsafe addFour(weight, value, &sum)
      unsafe addFour(weight + 4, value + 4, &sum)
      unsafe weight += 8
      unsafe value += 8
    }
    return sum
  }

  /// Adds four products. Both addresses are multiples of four before the end of their row.
  @inline(__always) @unsafe
  private func addFour(
    _ weights: UnsafeRawPointer, _ values: UnsafeRawPointer, _ sum: inout Int32
  ) {
    let four = unsafe weights.load(as: Int32.self)
    let byte = unsafe values.assumingMemoryBound(to: UInt8.self)
    sum &+= unsafe Int32(Int8(truncatingIfNeeded: four)) &* Int32(byte[0])
    Builtin.fence_acquire_singlethread()
    sum &+= unsafe Int32(Int8(truncatingIfNeeded: four &>> 8)) &* Int32(byte[1])
    Builtin.fence_acquire_singlethread()
    sum &+= unsafe Int32(Int8(truncatingIfNeeded: four &>> 16)) &* Int32(byte[2])
    Builtin.fence_acquire_singlethread()
    sum &+= unsafe (four &>> 24) &* Int32(byte[3])
    Builtin.fence_acquire_singlethread()
  }
#endif
