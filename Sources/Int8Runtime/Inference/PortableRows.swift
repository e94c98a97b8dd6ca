#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32))) && !canImport(TargetHasSIMD128) || WITHOUT_DSP
  // The sums of a row on any machine. The Cortex-M4 has `Firmware/CortexM4Rows.swift` in its place, WebAssembly
  // `Firmware/Wasm32Rows.swift`.

  /// Adds `Σ value · weight` over listed pairs to the sums of all hidden units.
  ///
  /// - Parameters:
  ///   - weights: packed, 8 bytes for each input in each block of eight units.
  ///   - inputs: how many a block has.
  ///   - pairs: what ``listNonzeroPairs(_:from:into:)`` wrote for as many inputs, `count` entries of it.
  ///   - count: at most ``mostPairsAtOnce``.
  ///   - sums: Int32 for each hidden unit.
  /// - Complexity: two multiplications for each listed pair and hidden unit.
  @inlinable
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && pairs.byteCount >= count &* bytesPerNonzeroPair)
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount / 4 &* inputs)
    for block in 0..<sums.byteCount / (4 &* unitsPerBlock) {
      var (low0, low1, low2, low3) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
      var (both0, both1, both2, both3) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
      let start = block &* unitsPerBlock &* inputs
      for entry in 0..<count {
        // In bounds: entries are counted above, and each tells of a pair of the block.
        let offset = start &+ Int(unsafe wordWithin(pairs, at: bytesPerNonzeroPair &* entry))
        let values = unsafe wordWithin(pairs, at: bytesPerNonzeroPair &* entry &+ 4)
        let (a, b) = (Int32(bitPattern: values & 0xFFFF), Int32(bitPattern: values &>> 16))
        unsafe add(weights, at: offset, a, b, &low0, &both0)
        unsafe add(weights, at: offset &+ 4, a, b, &low1, &both1)
        unsafe add(weights, at: offset &+ 8, a, b, &low2, &both2)
        unsafe add(weights, at: offset &+ 12, a, b, &low3, &both3)
      }
      let sum = 4 &* unitsPerBlock &* block
      unsafe addWithin(&sums, at: sum, low0, both0)
      unsafe addWithin(&sums, at: sum &+ 8, low1, both1)
      unsafe addWithin(&sums, at: sum &+ 16, low2, both2)
      unsafe addWithin(&sums, at: sum &+ 24, low3, both3)
    }
  }

  /// Adds what a pair of values gives with the word of weights at an offset inside.
  @inlinable @inline(__always) @unsafe
  func add(
    _ weights: RawSpan, at offset: Int, _ a: Int32, _ b: Int32, _ low: inout Int32,
    _ both: inout Int32
  ) {
    let first = unsafe weights.unsafeLoad(fromUncheckedByteOffset: offset, as: Int16.self)
    let second = unsafe weights.unsafeLoad(fromUncheckedByteOffset: offset &+ 2, as: Int16.self)
    both &+= Int32(first) &* a &+ Int32(second) &* b
    let firstLow = unsafe weights.unsafeLoad(fromUncheckedByteOffset: offset, as: Int8.self)
    let secondLow = unsafe weights.unsafeLoad(fromUncheckedByteOffset: offset &+ 2, as: Int8.self)
    low &+= Int32(firstLow) &* a &+ Int32(secondLow) &* b
  }

  /// `bias + Σ activation · weight` over one row of output weights.
  ///
  /// - Parameters:
  ///   - weights: Int8 each, at least as many as activations.
  ///   - activations: UInt8 each, a multiple of four.
  ///   - bias: what the sum starts with.
  @inlinable
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount)
    var sum = bias
    for i in 0..<activations.byteCount {
      // In bounds: the row is as long as the activations.
      let weight = unsafe weights.unsafeLoad(fromUncheckedByteOffset: i, as: Int8.self)
      let activation = unsafe activations.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self)
      sum &+= Int32(weight) &* Int32(activation)
    }
    return sum
  }

  /// Adds to the sums of two units, at an offset that lies, with its eight bytes, inside `sums`.
  @inlinable @inline(__always) @unsafe
  func addWithin(_ sums: inout MutableRawSpan, at offset: Int, _ low: Int32, _ both: Int32) {
    let even = Int32(bitPattern: unsafe wordWithin(sums.bytes, at: offset)) &+ low
    unsafe setWordWithin(&sums, at: offset, UInt32(bitPattern: even))
    let high = (both &- low) &>> 8
    let odd = Int32(bitPattern: unsafe wordWithin(sums.bytes, at: offset &+ 4)) &+ high
    unsafe setWordWithin(&sums, at: offset &+ 4, UInt32(bitPattern: odd))
  }
#endif
