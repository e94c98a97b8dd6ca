// What a Cortex-M0 has no instruction for, under the names of Arm's run-time ABI (IHI 0043): division,
// and the 64-bit product. None of it may contain what it stands for, or it would call itself.

/// Bit by bit; a divisor of zero never comes, since Swift traps before.
@inline(__always)
private func divided(_ dividend: UInt32, by divisor: UInt32) -> (quotient: UInt32, rest: UInt32) {
  var divisor = divisor
  var bit: UInt32 = 1
  while divisor < dividend && divisor < 0x8000_0000 {
    divisor &<<= 1
    bit &<<= 1
  }
  var (quotient, rest) = (0 as UInt32, dividend)
  while bit != 0 {
    if rest >= divisor {
      rest &-= divisor
      quotient |= bit
    }
    divisor &>>= 1
    bit &>>= 1
  }
  return (quotient, rest)
}

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

@inline(__always)
private func magnitude(_ value: Int32) -> UInt32 {
  UInt32(bitPattern: value < 0 ? 0 &- value : value)
}

/// The low 64 bits of a product of 64-bit numbers, all of them in halves as they are passed: products
/// of quarters.
@inline(never) @used @_silgen_name("__aeabi_lmul")
func aeabiLongMultiply(
  _ a: UInt32, _ aHigh: UInt32, _ b: UInt32, _ bHigh: UInt32
) -> (UInt32, UInt32) {
  let low = (a & 0xFFFF) &* (b & 0xFFFF)
  let middle = (a &>> 16) &* (b & 0xFFFF) &+ low &>> 16
  let other = (a & 0xFFFF) &* (b &>> 16) &+ middle & 0xFFFF
  var high = (a &>> 16) &* (b &>> 16) &+ middle &>> 16 &+ other &>> 16
  high &+= a &* bHigh &+ aHigh &* b
  return (other &<< 16 | low & 0xFFFF, high)
}
