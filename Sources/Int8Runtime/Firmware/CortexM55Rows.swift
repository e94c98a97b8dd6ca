#if hasFeature(Embedded) && arch(arm) && canImport(TargetHasMVE)
  // The sums of a row by the vectors of a Cortex-M55 (Helium, Armv8.1-M MVE, ARM DDI 0553), in the place of
  // `PortableRows.swift` and with its results. Of each of eight listed inputs the weights to two units are
  // gathered, numbers of 16 bits, 256 · odd + even.

  import Builtin

  /// `sum` + Σ a · b over eight signed numbers: vmladava.s16.
  @inline(__always)
  private func dot(_ sum: Int32, _ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> Int32 {
    Int32(
      Builtin.int_arm_mve_vmldava_Vec8xInt16(
        (0 as Int32)._value, (0 as Int32)._value, (0 as Int32)._value, sum._value,
        a._storage._value, b._storage._value))
  }

  /// `sum` + Σ a · b over sixteen unsigned bytes: vmladava.u8.
  @inline(__always)
  private func dot(_ sum: Int32, _ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>) -> Int32 {
    Int32(
      Builtin.int_arm_mve_vmldava_Vec16xInt8(
        (1 as Int32)._value, (0 as Int32)._value, (0 as Int32)._value, sum._value,
        a._storage._value, b._storage._value))
  }

  /// The numbers of 16 bits so many times two bytes behind an address: vldrh.u16.
  @inline(__always) @unsafe
  private func gathered(_ address: UnsafeRawPointer, _ offsets: SIMD8<UInt16>) -> SIMD8<Int16> {
    var halves = SIMD8<Int16>()
    halves._storage._value =
      Builtin.int_arm_mve_vldr_gather_offset_Vec8xInt16_RawPointer_Vec8xInt16(
        address._rawValue, offsets._storage._value, (16 as Int32)._value, (1 as Int32)._value,
        (1 as Int32)._value)
    return halves
  }

  /// The low bytes of both, those of `a` first of each two: vsli.16.
  @inline(__always)
  private func lowBytes(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD16<UInt8> {
    let halves = Builtin.int_arm_mve_vsli_Vec8xInt16(
      a._storage._value, b._storage._value, (8 as Int32)._value)
    var bytes = SIMD16<UInt8>()
    bytes._storage._value = Builtin.bitcast_Vec8xInt16_Vec16xInt8(halves)
    return bytes
  }

  /// Sixteen entries of the list: where their weights are, and their values.
  private struct Listed {
    let offsets: (SIMD8<UInt16>, SIMD8<UInt16>)
    let values: (SIMD8<Int16>, SIMD8<Int16>)
    let bytes: SIMD16<UInt8>

    @inline(__always) @unsafe
    init(_ entry: UnsafeRawPointer) {
      let behind = unsafe entry + listedValues
      offsets = unsafe (
        entry.loadUnaligned(as: SIMD8<UInt16>.self),
        (entry + 16).loadUnaligned(as: SIMD8<UInt16>.self)
      )
      values = unsafe (
        behind.loadUnaligned(as: SIMD8<Int16>.self),
        (behind + 16).loadUnaligned(as: SIMD8<Int16>.self)
      )
      bytes = lowBytes(values.0, values.1)
    }
  }

  /// The sums of two units: of the even one alone, and with it 256 times the odd one's.
  private struct TwoSums {
    private var low: Int32
    private var both: Int32

    /// Weights of even units are taken as w + 128, and 128 · Σ value, `less`, is taken away.
    @inline(__always)
    init(_ even: Int32, _ less: Int32) {
      low = even &- less
      both = even
    }

    @inline(__always) @unsafe
    mutating func add(_ inputs: Listed, _ weights: UnsafeRawPointer) {
      let a = unsafe gathered(weights, inputs.offsets.0)
      let b = unsafe gathered(weights, inputs.offsets.1)
      both = dot(dot(both, a, inputs.values.0), b, inputs.values.1)
      low = dot(low, lowBytes(a, b) ^ SIMD16(repeating: 128), inputs.bytes)
      Builtin.fence_acquire_singlethread()
    }

    /// Puts them with those of the units.
    @inline(__always) @unsafe
    func store(to sum: UnsafeMutablePointer<Int32>) {
      unsafe storeUnits(low, both, to: sum)
    }
  }

  /// Adds `Σ value · weight` over listed inputs to the sums of all hidden units.
  ///
  /// - Parameters: as in `PortableRows.swift`, with the list of `CortexM55Lists.swift`.
  /// - Complexity: seven instructions for each sixteen listed inputs and two hidden units.
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && count <= mostListed && pairs.byteCount >= listedBytes(count))
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount / 4 &* inputs)
    if count == 0 { return }
    // The spans outlive these addresses. In bounds: entries, weights and sums are counted above, and each
    // entry tells of a block's input.
    var words = unsafe weights.start
    let list = unsafe pairs.start
    var sum = unsafe sums.start
    let end = unsafe list + 32 &* ((count &+ 15) &>> 4)
    let less = unsafe total(list, end) &<< 7
    for _ in 0..<sums.byteCount / (4 &* unitsPerBlock) {
      unsafe addBlock(less, words, Int32(bitPattern: word(at: sum)), list, end, sum)
      unsafe words += unitsPerBlock &* inputs
      unsafe sum += 4 &* unitsPerBlock
    }
  }

  /// The values of the list, added.
  @inline(__always) @unsafe
  private func total(_ list: UnsafeRawPointer, _ end: UnsafeRawPointer) -> Int32 {
    let one = SIMD8<Int16>(repeating: 1)
    var (sum, value, end) = unsafe (0 as Int32, list + listedValues, end + listedValues)
    while unsafe value != end {
      sum = unsafe dot(sum, value.loadUnaligned(as: SIMD8<Int16>.self), one)
      unsafe value += 16
    }
    return sum
  }

  /// Sums of products want registers of even numbers. There are eight, and all are used: what comes in the first
  /// and third parameter is not needed again.
  @inline(never) @unsafe
  private func addBlock(
    _ less: Int32, _ weights: UnsafeRawPointer, _ first: Int32, _ list: UnsafeRawPointer,
    _ end: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer
  ) {
    let sum = unsafe sums.assumingMemoryBound(to: Int32.self)
    var s0 = TwoSums(first, less)
    var s1 = unsafe TwoSums(sum[2], less)
    var s2 = unsafe TwoSums(sum[4], less)
    var s3 = unsafe TwoSums(sum[6], less)
    var entry = unsafe list
    repeat {
      let inputs = unsafe Listed(entry)
      unsafe entry += 32
      unsafe s0.add(inputs, weights)
      unsafe s1.add(inputs, weights + 4)
      unsafe s2.add(inputs, weights + 8)
      unsafe s3.add(inputs, weights + 12)
    } while unsafe entry != end
    unsafe s0.store(to: sum)
    unsafe s1.store(to: sum + 2)
    unsafe s2.store(to: sum + 4)
    unsafe s3.store(to: sum + 6)
  }

  /// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
  /// multiple of sixteen.
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount && activations.byteCount & 15 == 0)
    // The spans outlive these addresses.
    let row = unsafe weights.start
    let values = unsafe activations.start
    return unsafe rowSum(row, values, activations.byteCount &>> 4, bias)
  }

  /// Weights are taken as w + 128, and 128 · Σ activation is taken away.
  @inline(never) @unsafe
  private func rowSum(
    _ row: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ bias: Int32
  ) -> Int32 {
    var (row, values, left) = unsafe (row, values, count)
    var (sum, total) = (bias, 0 as Int32)
    let (flip, one) = (SIMD16<UInt8>(repeating: 128), SIMD16<UInt8>(repeating: 1))
    while left != 0 {
      let value = unsafe values.loadUnaligned(as: SIMD16<UInt8>.self)
      let weight = unsafe row.loadUnaligned(as: SIMD16<UInt8>.self)
      sum = dot(sum, weight ^ flip, value)
      total = dot(total, one, value)
      unsafe row += 16
      unsafe values += 16
      left &-= 1
    }
    return sum &- total &<< 7
  }
#endif
