import Builtin

#if !canImport(TargetFeatures)
  #error("Sources/TargetFeatures is not searched for modules")
#endif

// Every multiplication followed by an addition is IEEE 754's fusedMultiplyAdd, `sum.addingProduct(a, b)`:
// sum + a · b, rounded once. That is exact, so it has the same bits on every processor: one instruction where
// there is one (`vfmadd`, `fmla`), numbers of 53 bits where there is none, on x86-64 before 2013 and in WebAssembly.
// `TargetFeatures` tells whether the processor that is compiled for has the instruction. WebAssembly's relaxed
// vectors have one that may round once or twice: what is compiled with RELAXED_SIMD runs only where it was seen to
// round once. ROUNDED_TWICE is for browsers without them, to train fast there: with other bytes.
//
// The standard library has the same functions, lane by lane. The optimizer puts lanes together again, but gives
// up in long functions, and where there is no instruction it would call a function for each lane.

extension SIMD16<Float> {
  /// `self + a · b` in every lane, rounded once.
  @inlinable @inline(__always)
  package func addingProduct(_ a: Self, _ b: Self) -> Self {
    #if canImport(TargetHasFMA) || !(arch(x86_64) || arch(wasm32))
      var result = Self()
      result._storage._value = Builtin.int_fma_Vec16xFPIEEE32(
        a._storage._value, b._storage._value, _storage._value)
      return result
    #elseif RELAXED_SIMD
      return Self(
        lowHalf: lowHalf.addingProduct(a.lowHalf, b.lowHalf),
        highHalf: highHalf.addingProduct(a.highHalf, b.highHalf))
    #elseif ROUNDED_TWICE
      return self + a * b
    #else
      return fusedByDoubles(self, a, b)
    #endif
  }

  /// `self + a · b` in every lane, rounded once.
  @inlinable @inline(__always)
  package func addingProduct(_ a: Float, _ b: Self) -> Self { addingProduct(Self(repeating: a), b) }
}

extension SIMD8<Float> {
  /// `self + a · b` in every lane, rounded once.
  @inlinable @inline(__always)
  package func addingProduct(_ a: Self, _ b: Self) -> Self {
    #if canImport(TargetHasFMA) || !(arch(x86_64) || arch(wasm32))
      var result = Self()
      result._storage._value = Builtin.int_fma_Vec8xFPIEEE32(
        a._storage._value, b._storage._value, _storage._value)
      return result
    #elseif RELAXED_SIMD
      return Self(
        lowHalf: lowHalf.addingProduct(a.lowHalf, b.lowHalf),
        highHalf: highHalf.addingProduct(a.highHalf, b.highHalf))
    #elseif ROUNDED_TWICE
      return self + a * b
    #else
      return fusedByDoubles(self, a, b)
    #endif
  }

  /// `self + a · b` in every lane, rounded once.
  @inlinable @inline(__always)
  package func addingProduct(_ a: Float, _ b: Self) -> Self { addingProduct(Self(repeating: a), b) }
}

#if RELAXED_SIMD
  extension SIMD4<Float> {
    /// `self + a · b` in every lane, rounded once where the processor does.
    @inlinable @inline(__always)
    package func addingProduct(_ a: Self, _ b: Self) -> Self {
      var result = Self()
      result._storage._value = Builtin.int_wasm_relaxed_madd_Vec4xFPIEEE32(
        a._storage._value, b._storage._value, _storage._value)
      return result
    }
  }
#endif

/// `sum + a · b` in every lane, rounded once, by numbers of 53 bits.
///
/// A product of two numbers of 24 bits is exact in 53 bits. The sum in 53 bits and what was lost of it
/// (Knuth's TwoSum) are exact together; where anything was lost, the sum gets an odd last bit, which no
/// halfway case of the shorter number has, so that rounding it again is rounding once (Boldo and Melquiond,
/// "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd", 2008).
@inlinable
package func fusedByDoubles(_ sum: Vector, _ a: Vector, _ b: Vector) -> Vector {
  Vector(
    lowHalf: fusedByDoubles(sum.lowHalf, a.lowHalf, b.lowHalf),
    highHalf: fusedByDoubles(sum.highHalf, a.highHalf, b.highHalf))
}

@inlinable @inline(__always)
func fusedByDoubles(
  _ sum: SIMD8<Float>, _ a: SIMD8<Float>, _ b: SIMD8<Float>
) -> SIMD8<Float> {
  let product = SIMD8<Double>(a) * SIMD8<Double>(b)
  let addend = SIMD8<Double>(sum)
  let rounded = product + addend
  let part = rounded - product
  let lost = (product - (rounded - part)) + (addend - part)
  var result = SIMD8<Float>()
  for lane in 0..<8 { result[lane] = shorter(rounded[lane], lost: lost[lane]) }
  return result
}

/// The same of single numbers.
@inlinable
package func fusedByDoubles(_ sum: Float, _ a: Float, _ b: Float) -> Float {
  let product = Double(a) * Double(b)
  let addend = Double(sum)
  let rounded = product + addend
  let part = rounded - product
  return shorter(rounded, lost: (product - (rounded - part)) + (addend - part))
}

/// The number of 24 bits that is nearest to the sum of a number of 53 bits and what rounding it has lost.
@inlinable @inline(__always)
func shorter(_ rounded: Double, lost: Double) -> Float {
  var bits = rounded.bitPattern
  // What is infinite or not a number lost nothing that counts: both comparisons are false.
  if lost > 0 || lost < 0, bits & 1 == 0 {
    // One step away from zero or toward it, to where the exact sum lies.
    if (lost > 0) == (rounded > 0) { bits &+= 1 } else { bits &-= 1 }
  }
  return Float(Double(bitPattern: bits))
}
