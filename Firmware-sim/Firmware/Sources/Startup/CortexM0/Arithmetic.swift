// What a Cortex-M0 has no instruction for, under the names of Arm's run-time ABI (IHI 0043): division,
// and the 64-bit product. None of it may contain what it stands for, or it would call itself.

@inline(never) @used @_silgen_name("__aeabi_uidiv")
func aeabiUnsignedDivide(_ dividend: UInt32, _ divisor: UInt32) -> UInt32 {
  divided(dividend, by: divisor).quotient
}

/// The quotient in r0, the rest in r1: where two results are returned.
@inline(never) @used @_silgen_name("__aeabi_uidivmod")
func aeabiUnsignedDivideWithRest(
  _ dividend: UInt32, _ divisor: UInt32
) -> (UInt32, UInt32) {
  let (quotient, rest) = divided(dividend, by: divisor)
  return (quotient, rest)
}

@inline(never) @used @_silgen_name("__aeabi_idiv")
func aeabiDivide(_ dividend: Int32, _ divisor: Int32) -> Int32 {
  let quotient = aeabiUnsignedDivide(magnitude(dividend), magnitude(divisor))
  let signed = Int32(bitPattern: quotient)
  return (dividend ^ divisor) < 0 ? 0 &- signed : signed
}

/// The low 64 bits of a product of 64-bit numbers, all of them in halves as they are passed.
@inline(never) @used @_silgen_name("__aeabi_lmul")
func aeabiLongMultiply(
  _ a: UInt32, _ aHigh: UInt32, _ b: UInt32, _ bHigh: UInt32
) -> (UInt32, UInt32) {
  longProduct(a, aHigh, b, bHigh)
}
