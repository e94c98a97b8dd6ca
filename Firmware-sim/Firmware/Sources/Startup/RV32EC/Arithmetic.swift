// What an RV32EC has no instruction for, under the names of compilers' run-time libraries: multiplication, division,
// and shifts of 64 bits, whose halves come in a pair of registers each.

/// Bit by bit of the smaller one.
@inline(never) @used @_silgen_name("__mulsi3")
func multiply(_ a: UInt32, _ b: UInt32) -> UInt32 {
  var (factor, bits) = a < b ? (b, a) : (a, b)
  var product: UInt32 = 0
  while bits != 0 {
    if bits & 1 != 0 { product &+= factor }
    factor &<<= 1
    bits &>>= 1
  }
  return product
}

@inline(never) @used @_silgen_name("__muldi3")
func multiplyLong(
  _ a: UInt32, _ aHigh: UInt32, _ b: UInt32, _ bHigh: UInt32
) -> (UInt32, UInt32) {
  longProduct(a, aHigh, b, bHigh)
}

@inline(never) @used @_silgen_name("__udivsi3")
func unsignedDivide(_ dividend: UInt32, _ divisor: UInt32) -> UInt32 {
  divided(dividend, by: divisor).quotient
}

@inline(never) @used @_silgen_name("__umodsi3")
func unsignedRemainder(_ dividend: UInt32, _ divisor: UInt32) -> UInt32 {
  divided(dividend, by: divisor).rest
}

@inline(never) @used @_silgen_name("__divsi3")
func divide(_ dividend: Int32, _ divisor: Int32) -> Int32 {
  let quotient = Int32(bitPattern: unsignedDivide(magnitude(dividend), magnitude(divisor)))
  return (dividend ^ divisor) < 0 ? 0 &- quotient : quotient
}

/// With the sign of the dividend.
@inline(never) @used @_silgen_name("__modsi3")
func remainder(_ dividend: Int32, _ divisor: Int32) -> Int32 {
  let rest = Int32(bitPattern: unsignedRemainder(magnitude(dividend), magnitude(divisor)))
  return dividend < 0 ? 0 &- rest : rest
}

/// By 0 ... 63.
@inline(never) @used @_silgen_name("__ashldi3")
func shiftLeft(_ low: UInt32, _ high: UInt32, _ count: UInt32) -> (UInt32, UInt32) {
  if count >= 32 { return (0, low &<< (count &- 32)) }
  return count == 0 ? (low, high) : (low &<< count, high &<< count | low &>> (32 &- count))
}

/// By 0 ... 63.
@inline(never) @used @_silgen_name("__lshrdi3")
func shiftRight(_ low: UInt32, _ high: UInt32, _ count: UInt32) -> (UInt32, UInt32) {
  if count >= 32 { return (high &>> (count &- 32), 0) }
  return count == 0 ? (low, high) : (low &>> count | high &<< (32 &- count), high &>> count)
}
