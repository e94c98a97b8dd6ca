import Builtin

/// A bit for each lane, the lowest for lane 0: set where it is not zero.
///
/// Compared by the compiler's built-in operation, because the library's comparison of vectors of integers
/// becomes a loop over lanes.
@inline(__always)
func nonzeroLanes(_ words: Words) -> UInt16 {
  let isNonzero = Builtin.cmp_ne_Vec16xInt32(words._storage._value, Words()._storage._value)
  return UInt16(Builtin.bitcast_Vec16xInt1_Int16(isNonzero))
}
