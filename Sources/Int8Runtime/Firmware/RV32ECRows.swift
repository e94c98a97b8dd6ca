#if hasFeature(Embedded) && arch(riscv32) && !canImport(TargetHasMultiplication)
  // The sums of a row on RV32EC, in the place of `PortableRows.swift` and with its results: sixteen registers and no
  // multiplication. From the highest bit of the inputs to the lowest, sums are doubled, and the weights of the
  // inputs that have the bit are added.

  /// Adds `Σ value · weight` over listed bits to the sums of all hidden units.
  ///
  /// - Parameters: as in `PortableRows.swift`, with the list of `RV32ECLists.swift`.
  /// - Complexity: two additions for each listed bit and hidden unit.
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && count <= mostListed && pairs.byteCount >= listedBytes(count))
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount &>> 2 &* inputs)
    // The spans outlive these addresses. In bounds: entries, weights and sums are counted above, and each
    // entry tells of a block's input.
    var words = unsafe weights.start
    let list = unsafe pairs.start
    var sum = unsafe sums.start
    for _ in 0..<sums.byteCount &>> 5 {
      unsafe addBlock(words, list, sum)
      unsafe words += 8 &* inputs
      unsafe sum += 32
    }
  }

  /// Eight units: each even one's sum alone, and with it 256 times the odd one's, from zero.
  @inline(never) @unsafe
  private func addBlock(
    _ weights: UnsafeRawPointer, _ list: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer
  ) {
    var (low0, low1, low2, low3) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
    var (both0, both1, both2, both3) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
    var entry = unsafe list.assumingMemoryBound(to: UInt16.self)
    for _ in 0..<8 {
      (low0, low1, low2, low3) = (low0 &<< 1, low1 &<< 1, low2 &<< 1, low3 &<< 1)
      (both0, both1, both2, both3) = (both0 &<< 1, both1 &<< 1, both2 &<< 1, both3 &<< 1)
      while true {
        let offset = unsafe entry.pointee
        unsafe entry += 1
        if offset == endOfBit { break }
        let byte = unsafe (weights + Int(offset)).assumingMemoryBound(to: Int8.self)
        let half = unsafe (weights + Int(offset)).assumingMemoryBound(to: Int16.self)
        low0 &+= unsafe Int32(byte[0])
        both0 &+= unsafe Int32(half[0])
        low1 &+= unsafe Int32(byte[4])
        both1 &+= unsafe Int32(half[2])
        low2 &+= unsafe Int32(byte[8])
        both2 &+= unsafe Int32(half[4])
        low3 &+= unsafe Int32(byte[12])
        both3 &+= unsafe Int32(half[6])
      }
    }
    let sum = unsafe sums.assumingMemoryBound(to: Int32.self)
    unsafe add(low0, both0, to: sum)
    unsafe add(low1, both1, to: sum + 2)
    unsafe add(low2, both2, to: sum + 4)
    unsafe add(low3, both3, to: sum + 6)
  }

  @inline(__always) @unsafe
  private func add(_ low: Int32, _ both: Int32, to sum: UnsafeMutablePointer<Int32>) {
    unsafe sum[0] &+= low
    unsafe sum[1] &+= (both &- low) &>> 8
  }

  /// `bias + Σ activation · weight` over one row of output weights, as long as the activations. An activation of
  /// zero costs nothing but a look.
  @inline(never)
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount)
    var sum = bias
    for index in 0..<activations.byteCount {
      var value = unsafe activations.unchecked(index)
      if value == 0 { continue }
      // In bounds: the row is as long as the activations.
      var weight = Int32(unsafe weights.unsafeLoad(fromUncheckedByteOffset: index, as: Int8.self))
      repeat {
        if value & 1 != 0 { sum &+= weight }
        weight &<<= 1
        value &>>= 1
      } while value != 0
    }
    return sum
  }
#endif
