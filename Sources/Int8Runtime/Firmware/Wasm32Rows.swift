#if canImport(TargetHasSIMD128)
  // The sums of a row with WebAssembly's vectors of 128 bits: `i32x4.dot_i16x8_s` multiplies the four words of a
  // block's pair at once, two products each.

  import Builtin

  /// Adds `Σ value · weight` over listed pairs to the sums of all hidden units.
  ///
  /// - Parameters: as in `PortableRows.swift`.
  /// - Complexity: two vectors of products for each listed pair and block of eight units.
  public func addHiddenSums(
    weights: RawSpan, inputs: Int, pairs: RawSpan, count: Int, sums: inout MutableRawSpan
  ) {
    precondition(count >= 0 && pairs.byteCount >= count &* bytesPerNonzeroPair)
    precondition(inputs >= 0 && weights.byteCount >= sums.byteCount / 4 &* inputs)
    for block in 0..<sums.byteCount / (4 &* unitsPerBlock) {
      var low = SIMD4<Int32>()
      var both = SIMD4<Int32>()
      let start = block &* unitsPerBlock &* inputs
      for entry in 0..<count {
        // In bounds: entries are counted above, and each tells of a pair of the block.
        let offset = start &+ Int(unsafe wordWithin(pairs, at: bytesPerNonzeroPair &* entry))
        // Both values of the pair, in each of four words.
        let values = unsafe unsafeBitCast(
          SIMD4<UInt32>(
            repeating: wordWithin(pairs, at: bytesPerNonzeroPair &* entry &+ 4)),
          to: SIMD8<Int16>.self)
        let words = unsafe weights.unsafeLoadUnaligned(
          fromUncheckedByteOffset: offset, as: SIMD8<Int16>.self)
        both = both &+ dot(words, values)
        low = low &+ dot(lowBytes(words), values)
      }
      let odd = (both &- low) &>> 8
      let sum = 4 &* unitsPerBlock &* block
      // In bounds: the sums are whole blocks.
      for i in 0..<4 { unsafe addWithin(&sums, at: sum &+ 8 &* i, low[i], odd[i]) }
    }
  }

  /// `bias + Σ activation · weight` over one row of output weights.
  ///
  /// - Parameters:
  ///   - weights: Int8 each, at least as many as activations.
  ///   - activations: UInt8 each, a multiple of sixteen.
  ///   - bias: what the sum starts with.
  public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
    precondition(weights.byteCount >= activations.byteCount && activations.byteCount & 15 == 0)
    var sums = SIMD4<Int32>()
    for i in stride(from: 0, to: activations.byteCount, by: 16) {
      // In bounds: the row is as long as the activations, which are whole sixteens.
      let w = unsafe weights.unsafeLoadUnaligned(
        fromUncheckedByteOffset: i, as: SIMD8<Int16>.self)
      let a = unsafe activations.unsafeLoadUnaligned(
        fromUncheckedByteOffset: i, as: SIMD8<Int16>.self)
      sums = sums &+ dot(lowBytes(w), a & 0xFF)
      sums = sums &+ dot(w &>> 8, (a &>> 8) & 0xFF)
    }
    return bias &+ sums.x &+ sums.y &+ sums.z &+ sums.w
  }

  /// The lower byte of each number, as a number with a sign.
  @inline(__always)
  private func lowBytes(_ words: SIMD8<Int16>) -> SIMD8<Int16> { (words &<< 8) &>> 8 }

  /// `a₀ · b₀ + a₁ · b₁` in every word.
  @inline(__always)
  private func dot(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD4<Int32> {
    var result = SIMD4<Int32>()
    result._storage._value = Builtin.int_wasm_dot(a._storage._value, b._storage._value)
    return result
  }

  /// Adds to the sums of two units, at an offset that lies, with its eight bytes, inside `sums`.
  @inline(__always) @unsafe
  private func addWithin(
    _ sums: inout MutableRawSpan, at offset: Int, _ even: Int32, _ odd: Int32
  ) {
    let first = Int32(bitPattern: unsafe wordWithin(sums.bytes, at: offset)) &+ even
    unsafe setWordWithin(&sums, at: offset, UInt32(bitPattern: first))
    let second = Int32(bitPattern: unsafe wordWithin(sums.bytes, at: offset &+ 4)) &+ odd
    unsafe setWordWithin(&sums, at: offset &+ 4, UInt32(bitPattern: second))
  }
#endif
