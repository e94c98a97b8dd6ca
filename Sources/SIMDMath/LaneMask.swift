import Builtin

// Compared by the compiler's built-in operations, because the library's comparison of vectors of integers
// becomes a loop over lanes.

/// A bit for each lane, the lowest for lane 0: set where it is not zero.
@inlinable @inline(__always)
package func nonzeroLanes(_ bytes: SIMD64<UInt8>) -> UInt64 {
  let isNonzero = Builtin.cmp_ne_Vec64xInt8(bytes._storage._value, SIMD64<UInt8>()._storage._value)
  return UInt64(Builtin.bitcast_Vec64xInt1_Int64(isNonzero))
}
