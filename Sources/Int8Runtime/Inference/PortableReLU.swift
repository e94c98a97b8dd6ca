#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  /// Puts each unit's activation, 0 ... 255, where the first sums were: never ahead of the sum that is read.
  ///
  /// - Parameters:
  ///   - sums: Int32 for each hidden unit; on return a byte for each at their start.
  ///   - multipliers: Int32 for each unit, as in ``QuantizedMultiplier``.
  ///   - shifts: UInt8 for each unit.
  func rectify(_ sums: inout MutableRawSpan, multipliers: RawSpan, shifts: RawSpan) {
    let units = sums.byteCount / 4
    precondition(multipliers.byteCount >= 4 &* units && shifts.byteCount >= units)
    for unit in 0..<units {
      // In bounds: all are counted above.
      let sum = Int32(bitPattern: unsafe wordWithin(sums.bytes, at: 4 &* unit))
      let factor = unsafe QuantizedMultiplier(
        multiplier: Int32(bitPattern: wordWithin(multipliers, at: 4 &* unit)),
        shift: shifts.unchecked(unit))
      // What is not positive stays so.
      let activation = sum <= 0 ? 0 : saturated(requantize(sum, by: factor))
      unsafe sums.storeUnchecked(activation, at: unit)
    }
  }
#endif
