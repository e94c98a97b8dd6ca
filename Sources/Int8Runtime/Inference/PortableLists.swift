#if !hasFeature(Embedded) || !arch(riscv32) && !(arch(arm) && canImport(TargetHasMVE)) || arch(riscv32) && canImport(TargetHasMultiplication)
  // The list of pairs of inputs that are not both zero. A Cortex-M55 lists single inputs instead
  // (`Firmware/CortexM55Lists.swift`), and a core without multiplication the bits of their values
  // (`Firmware/RV32ECLists.swift`).

  /// The most pairs in a list that takes the picture's memory.
  let mostListed = pictureBytes / bytesPerNonzeroPair

  /// The bytes of a list that are used.
  func listedBytes(_ count: Int) -> Int { bytesPerNonzeroPair &* count }

  /// How many entries the features make: pairs of values that are not both zero; four values at a time.
  func entriesWithInk(_ features: RawSpan) -> Int {
    var pairs = 0
    var offset = 0
    while offset < features.byteCount {
      let quad = features.unsigned(offset)
      pairs &+= (quad & 0xFFFF != 0 ? 1 : 0) &+ (quad &>> 16 != 0 ? 1 : 0)
      offset &+= 4
    }
    return pairs
  }

  /// Whether a list rises in whole pairs, stays inside the weights, and holds what the features hold.
  func isList(_ entries: RawSpan, _ count: Int, of features: RawSpan) -> Bool {
    var least: UInt32 = 0
    // A pair takes 16 bytes of weights in a block, and 2 of the features.
    let end = UInt32(truncatingIfNeeded: features.byteCount) &* 8
    var next = 0
    while next < count {
      let entry = bytesPerNonzeroPair &* next
      next &+= 1
      let offset = entries.unsigned(entry)
      guard offset & 15 == 0, offset >= least, offset < end else { return false }
      least = offset &+ UInt32(bytesPerPair)
      let both = UInt32(features.short(Int(offset &>> 3)))
      guard both != 0, entries.unsigned(entry &+ 4) == both & 0xFF | (both & 0xFF00) &<< 8 else {
        return false
      }
    }
    return true
  }

  /// Lists the pairs of inputs that are not both zero, until the list or the features end.
  ///
  /// - Parameters:
  ///   - features: the inputs, 0 ... 255 each, a multiple of four bytes.
  ///   - start: the first input to look at, a multiple of four; on return, where to go on.
  ///   - list: room for two to ``mostPairsAtOnce`` entries of ``bytesPerNonzeroPair``.
  /// - Returns: how many pairs are listed.
  /// - Complexity: one step for each four inputs and each pair listed.
  @inlinable
  public func listNonzeroPairs(
    _ features: RawSpan, from start: inout Int, into list: inout MutableRawSpan
  ) -> Int {
    precondition(list.byteCount <= mostPairsAtOnce &* bytesPerNonzeroPair)
    precondition(list.byteCount >= 2 &* bytesPerNonzeroPair)
    precondition(features.byteCount & 3 == 0 && start >= 0 && start & 3 == 0)
    if start >= features.byteCount { return 0 }
    // The spans outlive these addresses, which stay in registers. In bounds: the features are whole quads,
    // of which there is one; and a quad's two entries are made only where there is room for two.
    let first = unsafe features.start
    let entries = unsafe list.start
    let end = unsafe first + features.byteCount
    let last = unsafe entries + (list.byteCount &- 2 &* bytesPerNonzeroPair)
    var quad = unsafe first + start
    var entry = unsafe entries
    repeat {
      let values = unsafe word(at: quad)
      if values != 0 {
        if unsafe entry > last { break }
        let weights = unsafe UInt32(truncatingIfNeeded: quad - first) &* 8
        if values & 0xFFFF != 0 {
          unsafe setEntry(entry, weights, quad)
          unsafe entry += bytesPerNonzeroPair
        }
        if values &>> 16 != 0 {
          unsafe setEntry(entry, weights &+ UInt32(bytesPerPair), quad + 2)
          unsafe entry += bytesPerNonzeroPair
        }
      }
      unsafe quad += 4
    } while unsafe quad != end
    start = unsafe quad - first
    return unsafe (entry - entries) &>> 3
  }

  /// Writes an entry of a pair's two values and of where its weights stand.
  @inlinable @inline(__always) @unsafe
  func setEntry(_ entry: UnsafeMutableRawPointer, _ weights: UInt32, _ values: UnsafeRawPointer) {
    unsafe setWord(at: entry, weights)
    let value = unsafe values.assumingMemoryBound(to: UInt8.self)
    let half = unsafe (entry + 4).assumingMemoryBound(to: UInt16.self)
    unsafe half[0] = UInt16(value[0]).littleEndian
    unsafe half[1] = UInt16(value[1]).littleEndian
  }
#endif
