#if hasFeature(Embedded) && arch(riscv32) && canImport(TargetHasMultiplication)
  // The sums of a row on RV32IM, in the place of `PortableRows.swift` and with its results: loads that
  // extend a sign at any constant offset, and registers for the sums of sixteen units.

  import Builtin

  /// Adds `Σ value · weight` over listed pairs to the sums of all hidden units.
  ///
  /// - Parameters: as in `PortableRows.swift`; hidden units come in sixteens.
  /// - Complexity: a multiplication for each listed input that is not zero and each hidden unit.
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && pairs.byteCount >= count &* bytesPerNonzeroPair)
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount / 4 &* inputs)
    precondition(sums.byteCount % (8 &* unitsPerBlock) == 0)
    if count == 0 { return }
    // The spans outlive these addresses. In bounds: entries, weights and sums are counted above, and each
    // entry tells of a block's pair. All of them are at multiples of four.
    var words = unsafe weights.start
    let list = unsafe pairs.start
    var sum = unsafe sums.start
    for _ in 0..<sums.byteCount / (8 &* unitsPerBlock) {
      unsafe addTwoBlocks(
        words, unitsPerBlock &* inputs, list, list + count &* bytesPerNonzeroPair, sum)
      unsafe words += 2 &* unitsPerBlock &* inputs
      unsafe sum += 8 &* unitsPerBlock
    }
  }

  /// The sums of a block: each even unit's alone, and with it 256 times the odd unit's, from zero.
  private struct BlockSums {
    private var (low0, low1, low2, low3): (Int32, Int32, Int32, Int32)
    private var (both0, both1, both2, both3): (Int32, Int32, Int32, Int32)

    /// Goes on from the even units' sums; what both have of them goes when one is taken from the other.
    @inline(__always) @unsafe
    init(_ sum: UnsafeMutablePointer<Int32>) {
      (low0, low1, low2, low3) = unsafe (sum[0], sum[2], sum[4], sum[6])
      (both0, both1, both2, both3) = (low0, low1, low2, low3)
    }

    /// Adds an input's share: its weights are the first half of each of four words.
    @inline(__always) @unsafe
    mutating func add(_ weights: UnsafeRawPointer, _ value: Int32) {
      let byte = unsafe weights.assumingMemoryBound(to: Int8.self)
      let half = unsafe weights.assumingMemoryBound(to: Int16.self)
      low0 &+= unsafe Int32(byte[0]) &* value
      both0 &+= unsafe Int32(half[0]) &* value
      low1 &+= unsafe Int32(byte[4]) &* value
      both1 &+= unsafe Int32(half[2]) &* value
      low2 &+= unsafe Int32(byte[8]) &* value
      both2 &+= unsafe Int32(half[4]) &* value
      low3 &+= unsafe Int32(byte[12]) &* value
      both3 &+= unsafe Int32(half[6]) &* value
    }

    /// Puts them with those of the block's units.
    @inline(__always) @unsafe
    func add(to sum: UnsafeMutablePointer<Int32>) {
      unsafe storeUnits(low0, both0, to: sum)
      unsafe storeUnits(low1, both1, to: sum + 2)
      unsafe storeUnits(low2, both2, to: sum + 4)
      unsafe storeUnits(low3, both3, to: sum + 6)
    }
  }

  /// Sixteen units: the second block's weights are `next` bytes behind the first one's.
  @inline(never) @unsafe
  private func addTwoBlocks(
    _ weights: UnsafeRawPointer, _ next: Int, _ list: UnsafeRawPointer, _ end: UnsafeRawPointer,
    _ sums: UnsafeMutableRawPointer
  ) {
    var entry = unsafe list
    let sum = unsafe sums.assumingMemoryBound(to: Int32.self)
    var (first, second) = unsafe (BlockSums(sum), BlockSums(sum + unitsPerBlock))
    repeat {
      let word = unsafe weights + Int(entry.assumingMemoryBound(to: Int32.self).pointee)
      let values = unsafe (entry + 4).assumingMemoryBound(to: UInt16.self)
      let (a, b) = unsafe (Int32(values[0]), Int32(values[1]))
      unsafe entry += bytesPerNonzeroPair
      let other = unsafe word + next
      if a != 0 {
        unsafe first.add(word, a)
        Builtin.fence_acquire_singlethread()
        unsafe second.add(other, a)
      }
      if b != 0 {
        unsafe first.add(word + 2, b)
        Builtin.fence_acquire_singlethread()
        unsafe second.add(other + 2, b)
      }
    } while unsafe entry != end
    unsafe first.add(to: sum)
    unsafe second.add(to: sum + unitsPerBlock)
  }

  /// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
  /// multiple of sixteen.
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount && activations.byteCount & 15 == 0)
    // The spans outlive these addresses.
    var weight = unsafe weights.start
    var value = unsafe activations.start
    let end = unsafe value + activations.byteCount
    var sum = bias
    while unsafe value != end {
      unsafe addFour(weight, value, &sum)
      unsafe addFour(weight + 4, value + 4, &sum)
      unsafe addFour(weight + 8, value + 8, &sum)
      unsafe addFour(weight + 12, value + 12, &sum)
      unsafe weight += 16
      unsafe value += 16
    }
    return sum
  }

  /// Adds four products. Both addresses are before the end of their row.
  @inline(__always) @unsafe
  private func addFour(
    _ weights: UnsafeRawPointer, _ values: UnsafeRawPointer, _ sum: inout Int32
  ) {
    let (byte, row) = unsafe (
      values.assumingMemoryBound(to: UInt8.self), weights.assumingMemoryBound(to: Int8.self)
    )
    sum &+= unsafe Int32(row[0]) &* Int32(byte[0])
    sum &+= unsafe Int32(row[1]) &* Int32(byte[1])
    sum &+= unsafe Int32(row[2]) &* Int32(byte[2])
    sum &+= unsafe Int32(row[3]) &* Int32(byte[3])
  }
#endif
