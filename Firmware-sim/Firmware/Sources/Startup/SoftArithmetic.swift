// Arithmetic that small cores have no instruction for, under no name that a compiler calls. None of it may contain
// what it stands for, or it would call itself.

/// Bit by bit; a divisor of zero never comes, since Swift traps before.
@inline(__always)
func divided(_ dividend: UInt32, by divisor: UInt32) -> (quotient: UInt32, rest: UInt32) {
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

@inline(__always)
func magnitude(_ value: Int32) -> UInt32 {
  UInt32(bitPattern: value < 0 ? 0 &- value : value)
}

/// The low 64 bits of a product of 64-bit numbers, all of them in halves: products of quarters.
@inline(__always)
func longProduct(
  _ a: UInt32, _ aHigh: UInt32, _ b: UInt32, _ bHigh: UInt32
) -> (UInt32, UInt32) {
  let low = (a & 0xFFFF) &* (b & 0xFFFF)
  let middle = (a &>> 16) &* (b & 0xFFFF) &+ low &>> 16
  let other = (a & 0xFFFF) &* (b &>> 16) &+ middle & 0xFFFF
  var high = (a &>> 16) &* (b &>> 16) &+ middle &>> 16 &+ other &>> 16
  high &+= a &* bHigh &+ aHigh &* b
  return (other &<< 16 | low & 0xFFFF, high)
}
