#if hasFeature(Embedded) && arch(riscv32) && !canImport(TargetHasMultiplication)
  // A list of the bits of inputs, in the place of `PortableLists.swift`, for a core that adds and does not multiply:
  // for each bit from the highest to the lowest the inputs that have it, and an end. An input stands there as where
  // in every block its weights are, in bytes from the block's start, UInt16.

  /// The most bits in a list: as many as the picture's memory has room for, and eight ends.
  let mostListed = pictureBytes / 2 - 8

  /// Behind the inputs that have a bit.
  let endOfBit: UInt16 = 0xFFFF

  /// The bytes of a list that are used.
  func listedBytes(_ count: Int) -> Int { 2 &* (count &+ 8) }

  /// How many entries the features make.
  func entriesWithInk(_ features: RawSpan) -> Int {
    var count = 0
    for input in 0..<features.byteCount { count &+= bits(in: unsafe features.unchecked(input)) }
    return count
  }

  /// Whether a list rises in each bit, stays inside the weights, and holds what the features hold.
  func isList(_ list: RawSpan, _ count: Int, of features: RawSpan) -> Bool {
    var entry = 0
    var bit: UInt8 = 128
    while bit != 0 {
      var least = 0
      while true {
        guard entry < listedBytes(count) else { return false }
        let offset = list.short(entry)
        entry &+= 2
        if offset == endOfBit { break }
        let input = Int(offset &>> 3) & ~1 | Int(offset &>> 1) & 1
        guard offset & 13 == 0, input >= least, input < features.byteCount else { return false }
        guard unsafe features.unchecked(input) & bit != 0 else { return false }
        least = input &+ 1
      }
      bit &>>= 1
    }
    return entry == listedBytes(count)
  }

  /// Lists the bits of the inputs that are not zero, until the list or the features end.
  ///
  /// - Parameters:
  ///   - features: the inputs, 0 ... 255 each, a multiple of four bytes.
  ///   - start: the first input to look at, a multiple of four; on return, where to go on.
  ///   - list: room for ``mostListed`` bits.
  /// - Returns: how many are listed.
  /// - Complexity: eight steps for each input.
  public func listNonzeroPairs(
    _ features: RawSpan, from start: inout Int, into list: inout MutableRawSpan
  ) -> Int {
    precondition(list.byteCount >= listedBytes(mostListed))
    precondition(features.byteCount & 3 == 0 && start >= 0 && start & 3 == 0)
    let first = start
    var count = 0
    while start < features.byteCount {
      var more = 0
      for input in start..<start &+ 4 { more &+= bits(in: unsafe features.unchecked(input)) }
      if count &+ more > mostListed { break }
      count &+= more
      start &+= 4
    }
    unsafe listBits(features, first, start, &list)
    return count
  }

  /// Lists the bits of inputs that there is room for.
  @inline(never) @unsafe
  private func listBits(
    _ features: RawSpan, _ first: Int, _ end: Int, _ list: inout MutableRawSpan
  ) {
    // The span outlives this address.
    var entry = unsafe list.start
      .assumingMemoryBound(to: UInt16.self)
    var bit: UInt8 = 128
    while bit != 0 {
      for input in first..<end where unsafe features.unchecked(input) & bit != 0 {
        // A pair of inputs takes sixteen bytes, and its second input's weights stand two behind the first one's.
        unsafe entry.pointee = UInt16(truncatingIfNeeded: (input & ~1) &<< 3 | (input & 1) &<< 1)
        unsafe entry += 1
      }
      unsafe entry.pointee = endOfBit
      unsafe entry += 1
      bit &>>= 1
    }
  }

  /// How many bits of a byte are ones.
  @inline(__always)
  private func bits(in byte: UInt8) -> Int {
    var (rest, count) = (byte, 0)
    while rest != 0 {
      rest &= rest &- 1
      count &+= 1
    }
    return count
  }
#endif
