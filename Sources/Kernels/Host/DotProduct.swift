// Sums of products of bytes, four to a lane. The manifest defines VNNI where the processor that is
// compiled for has the instruction for it (Intel's Software Developer's Manual, volume 2, VPDPBUSD); Swift
// has no name for it, but the compiler's built-in module has.

#if VNNI
  import Builtin
#endif

/// Sixteen 32-bit integers.
public typealias Words = SIMD16<Int32>

/// `sum` and, in each lane, the products of the four bytes of `values`, 0 ... 255, with those of
/// `weights`, -128 ... 127; wraps around.
///
/// Only for functions of this module that are never inlined: what this is inlined into has to be compiled
/// for the same processor.
@inline(__always)
func dotProducts(_ sum: Words, _ values: Words, _ weights: Words) -> Words {
  #if VNNI
    // The same sixteen words by two names.
    return Builtin.reinterpretCast(
      Builtin.int_x86_avx512_vpdpbusd_512(
        sum._storage._value, values._storage._value, weights._storage._value))
  #else
    return portableDotProducts(sum, values, weights)
  #endif
}

/// ``dotProducts(_:_:_:)`` on any processor. A compiler sees 16 bits in every factor.
@inline(__always)
func portableDotProducts(_ sum: Words, _ values: Words, _ weights: Words) -> Words {
  let first = ((weights &<< 24) &>> 24) &* (values & 0xFF)
  let second = ((weights &<< 16) &>> 24) &* ((values &>> 8) & 0xFF)
  let third = ((weights &<< 8) &>> 24) &* ((values &>> 16) & 0xFF)
  let fourth = (weights &>> 24) &* ((values &>> 24) & 0xFF)
  return ((sum &+ first) &+ second) &+ (third &+ fourth)
}
