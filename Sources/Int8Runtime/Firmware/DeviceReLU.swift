#if hasFeature(Embedded) && (arch(arm) && !canImport(TargetHasMVE) || arch(riscv32))
  import Builtin

  /// Puts each unit's activation where the first sums were, as in `PortableReLU.swift` and with its results:
  /// for what is positive, rounding a tie away from zero is rounding it up.
  func rectify(_ sums: inout MutableRawSpan, multipliers: RawSpan, shifts: RawSpan) {
    let units = sums.byteCount / 4
    precondition(multipliers.byteCount >= 4 &* units && shifts.byteCount >= units)
    precondition(units & 1 == 0)
    // The spans outlive these addresses. In bounds: all are counted above; and all of them but the shifts
    // are at multiples of four.
    var sum = unsafe sums.start
    var multiplier = unsafe multipliers.start
    var shift = unsafe shifts.start
      .assumingMemoryBound(to: UInt8.self)
    var activation = unsafe sum.assumingMemoryBound(to: UInt8.self)
    let end = unsafe sum + 4 &* units
    while unsafe sum != end {
      let first = unsafe rectified(word(at: sum), multiplier, shift)
      let second = unsafe rectified(word(at: sum + 4), multiplier + 4, shift + 1)
      unsafe activation[0] = first
      unsafe activation[1] = second
      unsafe sum += 8
      unsafe multiplier += 8
      unsafe shift += 2
      unsafe activation += 2
    }
  }

  /// A sum's activation.
  @inline(__always) @unsafe
  private func rectified(
    _ sum: UInt32, _ multiplier: UnsafeRawPointer, _ shift: UnsafePointer<UInt8>
  ) -> UInt8 {
    if Int32(bitPattern: sum) <= 0 { return 0 }
    let half = unsafe halved(sum, word(at: multiplier))
    // 0 ... 31, as the image was checked.
    let bits = unsafe UInt32(shift.pointee)
    let one: UInt32 = 1
    let nearest = half &+ UInt32(Builtin.shl_Int32(one._value, bits._value)) &>> 1
    let result = UInt32(Builtin.lshr_Int32(nearest._value, bits._value))
    return UInt8(truncatingIfNeeded: result > 255 ? 255 : result)
  }

  /// a · b / 2³¹, rounded to the nearest, a tie up; both below 2³¹.
  @inline(__always)
  private func halved(_ a: UInt32, _ b: UInt32) -> UInt32 {
    // What lies below the bit that is rounded at cannot carry.
    (highBits(a, b) &+ 1) &>> 1
  }

  #if arch(arm) && canImport(TargetHasDivision) || arch(riscv32) && canImport(TargetHasMultiplication)
    /// a · b / 2³⁰, rounded down; both below 2³¹.
    @inline(__always)
    private func highBits(_ a: UInt32, _ b: UInt32) -> UInt32 {
      let product = a.multipliedFullWidth(by: b)
      return product.high &<< 2 | product.low &>> 30
    }
  #elseif arch(arm)
    /// a · b / 2³⁰, rounded down; both below 2³¹. By products of halves, of which the two in the middle, each
    /// below 2³¹ - 2¹⁶, have a sum of 32 bits.
    @inline(__always)
    private func highBits(_ a: UInt32, _ b: UInt32) -> UInt32 {
      let (aLow, aHigh, bLow, bHigh) = (a & 0xFFFF, a &>> 16, b & 0xFFFF, b &>> 16)
      let middle = aLow &* bHigh &+ aHigh &* bLow &+ (aLow &* bLow) &>> 16
      return (aHigh &* bHigh) &<< 2 &+ middle &>> 14
    }
  #else
    /// a · b / 2³⁰, rounded down; both below 2³¹. Bit by bit of b from the lowest: what is shifted out at the right
    /// is never added to again.
    @inline(never)
    private func highBits(_ a: UInt32, _ b: UInt32) -> UInt32 {
      var (high, bits) = (0 as UInt32, b)
      for _ in 0..<30 {
        if bits & 1 != 0 { high &+= a }
        high &>>= 1
        bits &>>= 1
      }
      return bits == 0 ? high : high &+ a
    }
  #endif
#endif
