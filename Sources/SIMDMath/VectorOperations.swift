import Builtin

// What the standard library does with vectors lane by lane, left to the optimizer to put together again,
// which in long functions it gives up: here each is one operation of the compiler's.

extension SIMD8<Float> {
  /// √self in every lane, rounded once.
  @inlinable @inline(__always)
  package func squareRoot() -> Self {
    var root = Self()
    root._storage._value = Builtin.int_sqrt_Vec8xFPIEEE32(_storage._value)
    return root
  }

  /// The largest whole number in every lane that is not above it.
  @inlinable @inline(__always)
  package var wholePart: Self {
    var whole = Self()
    whole._storage._value = Builtin.int_floor_Vec8xFPIEEE32(_storage._value)
    return whole
  }
}

/// The smaller of two numbers in every lane; the second where one is no number.
@inlinable @inline(__always)
package func least(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
  var result = SIMD8<Float>()
  let isLess = Builtin.fcmp_olt_Vec8xFPIEEE32(a._storage._value, b._storage._value)
  result._storage._value = Builtin.select_Vec8xInt1_Vec8xFPIEEE32(
    isLess, a._storage._value, b._storage._value)
  return result
}

/// The larger of two numbers in every lane; the second where one is no number.
@inlinable @inline(__always)
package func most(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
  var result = SIMD8<Float>()
  let isMore = Builtin.fcmp_ogt_Vec8xFPIEEE32(a._storage._value, b._storage._value)
  result._storage._value = Builtin.select_Vec8xInt1_Vec8xFPIEEE32(
    isMore, a._storage._value, b._storage._value)
  return result
}

/// The smaller of two numbers in every lane; the second where one is no number.
@inlinable @inline(__always)
package func least(_ a: Vector, _ b: Vector) -> Vector {
  var result = Vector()
  let isLess = Builtin.fcmp_olt_Vec16xFPIEEE32(a._storage._value, b._storage._value)
  result._storage._value = Builtin.select_Vec16xInt1_Vec16xFPIEEE32(
    isLess, a._storage._value, b._storage._value)
  return result
}

/// The larger of two numbers in every lane; the second where one is no number.
@inlinable @inline(__always)
package func most(_ a: Vector, _ b: Vector) -> Vector {
  var result = Vector()
  let isMore = Builtin.fcmp_ogt_Vec16xFPIEEE32(a._storage._value, b._storage._value)
  result._storage._value = Builtin.select_Vec16xInt1_Vec16xFPIEEE32(
    isMore, a._storage._value, b._storage._value)
  return result
}

/// In every lane `x`, or the bound it is beyond.
@inlinable @inline(__always)
package func clamped(_ x: SIMD8<Float>, _ low: Float, _ high: Float) -> SIMD8<Float> {
  least(SIMD8(repeating: high), most(SIMD8(repeating: low), x))
}

/// In every lane `x`, or the bound it is beyond.
@inlinable @inline(__always)
package func clamped(_ x: Vector, _ low: Float, _ high: Float) -> Vector {
  least(Vector(repeating: high), most(Vector(repeating: low), x))
}

/// The lowest bytes of words.
@inlinable @inline(__always)
package func bytes(_ words: SIMD8<UInt32>) -> SIMD8<UInt8> {
  var result = SIMD8<UInt8>()
  result._storage._value = Builtin.trunc_Vec8xInt32_Vec8xInt8(words._storage._value)
  return result
}

/// Numbers below 2³¹ as floats.
@inlinable @inline(__always)
package func floats(_ words: SIMD8<UInt32>) -> SIMD8<Float> {
  var result = SIMD8<Float>()
  result._storage._value = Builtin.sitofp_Vec8xInt32_Vec8xFPIEEE32(words._storage._value)
  return result
}

/// A bit for each lane, the lowest for lane 0: set where `x` equals `y`, and `a` equals `b`.
@inlinable @inline(__always)
package func lanes(
  where x: SIMD8<Float>, equals y: SIMD8<Float>, and a: SIMD8<Float>, equals b: SIMD8<Float>
) -> UInt8 {
  let both = Builtin.and_Vec8xInt1(
    Builtin.fcmp_oeq_Vec8xFPIEEE32(x._storage._value, y._storage._value),
    Builtin.fcmp_oeq_Vec8xFPIEEE32(a._storage._value, b._storage._value))
  return UInt8(Builtin.bitcast_Vec8xInt1_Int8(both))
}

/// Bytes as numbers of 16 bits.
@inlinable @inline(__always)
package func wide(_ bytes: SIMD16<UInt8>) -> SIMD16<UInt16> {
  var result = SIMD16<UInt16>()
  result._storage._value = Builtin.zext_Vec16xInt8_Vec16xInt16(bytes._storage._value)
  return result
}
