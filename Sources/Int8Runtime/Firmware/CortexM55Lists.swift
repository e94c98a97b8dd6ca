#if hasFeature(Embedded) && arch(arm) && canImport(TargetHasMVE)
  // A list of single inputs, in the place of `PortableLists.swift`: first where in every block the weights of each
  // stand, in two bytes from its start, then the values, UInt16 each. It is filled up with zeros to a multiple of
  // sixteen.

  import Builtin

  /// The most inputs in a list.
  let mostListed = 192

  /// Where in the list the values begin.
  let listedValues = 2 * mostListed

  /// The bytes of a list that are used.
  func listedBytes(_ count: Int) -> Int {
    count == 0 ? 0 : listedValues &+ (2 &* count &+ 31) & ~31
  }

  /// How many entries the features make.
  func entriesWithInk(_ features: RawSpan) -> Int {
    var count = 0
    for offset in 0..<features.byteCount where unsafe features.unchecked(offset) != 0 {
      count &+= 1
    }
    return count
  }

  /// Whether a list rises, stays inside the weights, and holds what the features hold.
  func isList(_ list: RawSpan, _ count: Int, of features: RawSpan) -> Bool {
    var least = 0
    for entry in 0..<count {
      let half = Int(list.short(2 &* entry))
      let input = half &>> 2 & ~1 | half & 1
      guard half & 6 == 0, input >= least, input < features.byteCount else { return false }
      least = input &+ 1
      let value = UInt16(unsafe features.unchecked(input))
      guard value != 0, list.short(listedValues &+ 2 &* entry) == value else { return false }
    }
    return true
  }

  /// Lists the inputs that are not zero, until the list or the features end.
  ///
  /// - Parameters:
  ///   - features: the inputs, 0 ... 255 each, a multiple of four bytes.
  ///   - start: the first input to look at, a multiple of four; on return, where to go on.
  ///   - list: room for ``mostListed`` inputs.
  /// - Returns: how many are listed.
  /// - Complexity: one step for each sixteen inputs and each that is listed.
  public func listNonzeroPairs(
    _ features: RawSpan, from start: inout Int, into list: inout MutableRawSpan
  ) -> Int {
    precondition(list.byteCount >= 4 &* mostListed)
    precondition(features.byteCount & 3 == 0 && start >= 0 && start & 3 == 0)
    // The spans outlive these addresses. In bounds: what is left of the features is loaded, and up to sixteen
    // entries are made only where there is room for them.
    let first = unsafe features.start
    let entries = unsafe list.start
    let last = unsafe entries + (listedValues &- 32)
    let whole = features.byteCount & ~15
    var input = start
    var entry = unsafe entries
    while input < whole {
      let bits = unsafe nonzeroInputs(first + input)
      if bits != 0 {
        if unsafe entry > last { break }
        unsafe entry = listInputs(bits, input, entry)
      }
      input &+= 16
    }
    if unsafe input >= whole && input < features.byteCount && entry <= last {
      let bits = unsafe nonzeroInputs(first + input, features.byteCount &- input)
      if bits != 0 { unsafe entry = listInputs(bits, input, entry) }
      input = features.byteCount
    }
    start = input
    let count = unsafe (entry - entries) &>> 1
    unsafe completeEntries(entries, count, first)
    unsafe clear(entries, from: count)
    return count
  }

  /// Fills up to sixteens with values of zero, at the first input.
  @inline(__always) @unsafe
  private func clear(_ entries: UnsafeMutableRawPointer, from count: Int) {
    let half = unsafe entries.assumingMemoryBound(to: UInt16.self)
    var index = count
    while index & 15 != 0 {
      unsafe half[index] = 0
      unsafe half[index &+ listedValues / 2] = 0
      index &+= 1
    }
  }

  /// Lists the inputs that bits stand for.
  /// - Returns: where the next entry goes.
  @inline(__always) @unsafe
  private func listInputs(
    _ bits: UInt32, _ start: Int, _ entry: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    // The lowest first: from the left.
    var bits = UInt32(Builtin.int_bitreverse_Int32(bits._value))
    let left: UInt32 = 0x8000_0000
    var entry = unsafe entry
    // There is one.
    repeat {
      // Less than 32, as there is a bit.
      let bit = UInt32(Builtin.int_ctlz_Int32(bits._value, (true)._value))
      bits &= ~UInt32(Builtin.lshr_Int32(left._value, bit._value))
      let input = UInt16(truncatingIfNeeded: start &+ Int(bitPattern: UInt(bit)))
      unsafe entry.assumingMemoryBound(to: UInt16.self).pointee = input
      unsafe entry += 2
    } while bits != 0
    return unsafe entry
  }

  /// Makes of each input where its weights stand, for a pair of inputs has eight numbers of two bytes, and puts its
  /// value where values are.
  @inline(__always) @unsafe
  private func completeEntries(
    _ entries: UnsafeMutableRawPointer, _ count: Int, _ features: UnsafeRawPointer
  ) {
    let one = SIMD8<UInt16>(repeating: 1)
    let two = SIMD8<UInt16>(repeating: 2)
    var entry = unsafe entries
    var left = count
    while left > 0 {
      let input = unsafe entry.loadUnaligned(as: SIMD8<UInt16>.self)
      var values = SIMD8<UInt16>()
      // Eight numbers, of bytes, not scaled, unsigned.
      values._storage._value =
        Builtin.int_arm_mve_vldr_gather_offset_Vec8xInt16_RawPointer_Vec8xInt16(
          features._rawValue, input._storage._value, (8 as Int32)._value, (0 as Int32)._value,
          (1 as Int32)._value)
      unsafe entry.storeBytes(
        of: ((input & ~one) &<< two) | (input & one), as: SIMD8<UInt16>.self)
      unsafe (entry + listedValues).storeBytes(of: values, as: SIMD8<UInt16>.self)
      unsafe entry += 16
      left &-= 8
    }
  }

  /// Of sixteen inputs those that are not zero, a bit each.
  @inline(__always) @unsafe
  private func nonzeroInputs(_ inputs: UnsafeRawPointer) -> UInt32 {
    let values = unsafe inputs.loadUnaligned(as: SIMD16<UInt8>.self)
    let lanes = Builtin.cmp_ne_Vec16xInt8(values._storage._value, SIMD16<UInt8>()._storage._value)
    return UInt32(Builtin.int_arm_mve_pred_v2i_Vec16xInt1(lanes))
  }

  /// Of fewer than sixteen inputs those that are not zero.
  @inline(never) @unsafe
  private func nonzeroInputs(_ inputs: UnsafeRawPointer, _ count: Int) -> UInt32 {
    let bytes = unsafe inputs.assumingMemoryBound(to: UInt8.self)
    var bits: UInt32 = 0
    for offset in 0..<count where unsafe bytes[offset] != 0 {
      bits |= 1 &<< UInt32(truncatingIfNeeded: offset)
    }
    return bits
  }
#endif
