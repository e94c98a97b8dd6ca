// Sums of products of inputs and weights, a few neighboring inputs to a lane: four bytes where the processor
// multiplies bytes (Intel's Software Developer's Manual, volume 2, VPDPBUSD), and
// elsewhere two numbers of 16 bits, whose products every vector processor sums exactly (PMADDWD, SMLAL).
// `KernelShape.inputsPerWord` says which. Swift has no names for these instructions, but the compiler's
// built-in module has.

import Builtin
import Network
import SIMDMath

#if !canImport(TargetFeatures)
  #error("Sources/TargetFeatures is not searched for modules")
#endif

/// Sixteen 32-bit integers, or words of inputs or weights.
package typealias Words = SIMD16<Int32>

/// `sum` and, in each lane, the products of a word's values, 0 ... 255, with the lane's weights,
/// -128 ... 127; wraps around.
///
/// Only for functions of this module that are never inlined: what this is inlined into has to be compiled
/// for the same processor.
///
/// - Parameters:
///   - values: a word of ``packedValues(_:)`` in every lane.
///   - weights: where ``packWeight(_:lane:offset:into:)`` puts them.
@inline(__always)
func dotProducts(_ sum: Words, _ values: Words, _ weights: Words) -> Words {
  #if canImport(TargetHasVNNI)
    // The same sixteen words by two names.
    return Builtin.reinterpretCast(
      Builtin.int_x86_avx512_vpdpbusd_512(
        sum._storage._value, values._storage._value, weights._storage._value))
  #elseif arch(x86_64)
    return sum &+ pairProducts(values, weights)
  #else
    return dotProductsOfHalves(sum, values, weights)
  #endif
}

#if arch(x86_64) && canImport(TargetHasAVX512)
  /// In each lane the two products of numbers of 16 bits, summed.
  @inline(__always)
  private func pairProducts(_ a: Words, _ b: Words) -> Words {
    var result = Words()
    result._storage._value = Builtin.int_x86_avx512_pmaddw_d_512(
      Builtin.bitcast_Vec16xInt32_Vec32xInt16(a._storage._value),
      Builtin.bitcast_Vec16xInt32_Vec32xInt16(b._storage._value))
    return result
  }
#elseif arch(x86_64) && canImport(TargetHasFMA)
  /// In each lane the two products of numbers of 16 bits, summed.
  @inline(__always)
  private func pairProducts(_ a: Words, _ b: Words) -> Words {
    Words(
      lowHalf: pairProducts(a.lowHalf, b.lowHalf), highHalf: pairProducts(a.highHalf, b.highHalf))
  }

  @inline(__always)
  private func pairProducts(_ a: SIMD8<Int32>, _ b: SIMD8<Int32>) -> SIMD8<Int32> {
    var result = SIMD8<Int32>()
    result._storage._value = Builtin.int_x86_avx2_pmadd_wd(
      Builtin.bitcast_Vec8xInt32_Vec16xInt16(a._storage._value),
      Builtin.bitcast_Vec8xInt32_Vec16xInt16(b._storage._value))
    return result
  }
#elseif arch(x86_64)
  /// In each lane the two products of numbers of 16 bits, summed.
  @inline(__always)
  private func pairProducts(_ a: Words, _ b: Words) -> Words {
    Words(
      lowHalf: pairProducts(a.lowHalf, b.lowHalf), highHalf: pairProducts(a.highHalf, b.highHalf))
  }

  @inline(__always)
  private func pairProducts(_ a: SIMD8<Int32>, _ b: SIMD8<Int32>) -> SIMD8<Int32> {
    SIMD8(
      lowHalf: pairProducts(a.lowHalf, b.lowHalf), highHalf: pairProducts(a.highHalf, b.highHalf))
  }

  @inline(__always)
  private func pairProducts(_ a: SIMD4<Int32>, _ b: SIMD4<Int32>) -> SIMD4<Int32> {
    var result = SIMD4<Int32>()
    result._storage._value = Builtin.int_x86_sse2_pmadd_wd(
      Builtin.bitcast_Vec4xInt32_Vec8xInt16(a._storage._value),
      Builtin.bitcast_Vec4xInt32_Vec8xInt16(b._storage._value))
    return result
  }
#endif

/// ``dotProducts(_:_:_:)`` of weights of which the sixteen of a word's first value stand before the sixteen of
/// its second: for NEON, which widens a half of a register as it multiplies and adds it.
@inline(__always)
func dotProductsOfHalves(_ sum: Words, _ values: Words, _ weights: Words) -> Words {
  let halves = unsafe unsafeBitCast(weights, to: InlineArray<2, SIMD16<Int16>>.self)
  let first = SIMD16(repeating: Int16(truncatingIfNeeded: values[0]))
  let second = SIMD16(repeating: Int16(truncatingIfNeeded: values[0] &>> 16))
  return (sum &+ widened(halves[0]) &* widened(first)) &+ widened(halves[1]) &* widened(second)
}

@inline(__always)
private func widened(_ numbers: SIMD16<Int16>) -> Words {
  var result = Words()
  result._storage._value = Builtin.sext_Vec16xInt16_Vec16xInt32(numbers._storage._value)
  return result
}

/// The values, 0 ... 255, of ``KernelShape/inputsPerWord`` neighboring inputs as
/// ``dotProducts(_:_:_:)`` takes them.
///
/// - Parameter offset: of the first; they lie inside.
@inline(__always) @unsafe
func packedValues(_ features: RawSpan, _ offset: Int) -> Int32 {
  if KernelShape.inputsPerWord == 4 {
    return unsafe features.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Int32.self)
  }
  let both = Int32(
    unsafe features.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
  return both & 0xFF | (both & 0xFF00) &<< 8
}

/// Puts a weight, -128 ... 127, where ``dotProducts(_:_:_:)`` looks for it.
///
/// - Parameters:
///   - lane: 0 ... 15: of the sum.
///   - offset: of the value in its word, 0 ..< ``KernelShape/inputsPerWord``.
///   - words: zero where the weight comes.
package func packWeight(_ weight: Int32, lane: Int, offset: Int, into words: inout Words) {
  #if canImport(TargetHasVNNI)
    words[lane] |= (weight & 0xFF) &<< Int32(8 * offset)
  #elseif arch(x86_64)
    words[lane] |= (weight & 0xFFFF) &<< Int32(16 * offset)
  #else
    let half = 16 * offset + lane
    words[half / 2] |= (weight & 0xFFFF) &<< Int32(half % 2 * 16)
  #endif
}
