#if hasFeature(Embedded) && arch(arm) && canImport(TargetHasMVE)
  import Builtin

  /// Puts each unit's activation where the first sums were, as in `PortableReLU.swift` and with its results,
  /// four units at a time: Helium's `vqrdmulh` is the high product that ``requantize(_:by:)`` wants, and
  /// `vrshl` rounds what is positive as it does. What is not positive stays so, and becomes zero.
  func rectify(_ sums: inout MutableRawSpan, multipliers: RawSpan, shifts: RawSpan) {
    let units = sums.byteCount / 4
    precondition(units & 3 == 0 && multipliers.byteCount >= 4 &* units)
    precondition(shifts.byteCount >= units)
    // The spans outlive these addresses. In bounds: all are counted above.
    var sum = unsafe sums.start
    var multiplier = unsafe multipliers.start
    var shift = unsafe shifts.start
    var activation = unsafe sum
    var left = units &>> 2
    while left != 0 {
      let product = Builtin.int_arm_mve_vqrdmulh_Vec4xInt32(
        unsafe sum.loadUnaligned(as: SIMD4<Int32>.self)._storage._value,
        unsafe multiplier.loadUnaligned(as: SIMD4<Int32>.self)._storage._value)
      var bits = SIMD4<Int32>()
      bits._storage._value = Builtin.zext_Vec4xInt8_Vec4xInt32(
        unsafe shift.loadUnaligned(as: SIMD4<UInt8>.self)._storage._value)
      // To the left by a negative number; not saturating, rounding, signed.
      let scaled = Builtin.int_arm_mve_vshl_vector_Vec4xInt32_Vec4xInt32(
        product, (SIMD4<Int32>() &- bits)._storage._value, (0 as Int32)._value,
        (1 as Int32)._value, (0 as Int32)._value)
      let limited = Builtin.int_smin_Vec4xInt32(
        Builtin.int_smax_Vec4xInt32(scaled, SIMD4<Int32>()._storage._value),
        SIMD4<Int32>(repeating: 255)._storage._value)
      var bytes = SIMD4<UInt8>()
      bytes._storage._value = Builtin.trunc_Vec4xInt32_Vec4xInt8(limited)
      unsafe activation.storeBytes(of: bytes, as: SIMD4<UInt8>.self)
      unsafe sum += 16
      unsafe multiplier += 16
      unsafe shift += 4
      unsafe activation += 4
      left &-= 1
    }
  }
#endif
