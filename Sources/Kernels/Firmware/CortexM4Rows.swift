// The sums of a row by the Cortex-M4's dual multiply-accumulate (Armv7E-M, ARM DDI 0403, A4.4.3), in
// the place of `PortableRows.swift` and with its results.

import Builtin

/// `sum` + low halves of a and b multiplied + high halves of a and b multiplied.
@inline(__always)
private func smlad(_ a: Int32, _ b: Int32, _ sum: Int32) -> Int32 {
  Int32(Builtin.int_arm_smlad(a._value, b._value, sum._value))
}

/// Bytes 0 and 2, sign-extended to halves.
@inline(__always)
private func sxtb16(_ word: Int32) -> Int32 { Int32(Builtin.int_arm_sxtb16(word._value)) }

/// Bytes 0 and 2, zero-extended to halves.
@inline(__always)
private func uxtb16(_ word: Int32) -> Int32 { Int32(Builtin.int_arm_uxtb16(word._value)) }

/// The word with its bytes 1, 2, 3, 0.
@inline(__always)
private func rotated(_ word: Int32) -> Int32 {
  let bits = UInt32(bitPattern: word)
  return Int32(bitPattern: bits &>> 8 | bits &<< 24)
}

/// Adds `Σ value · weight` over listed pairs to the sums of one block of eight hidden units.
///
/// - Parameters: as in `PortableRows.swift`.
/// - Complexity: 8 dual multiplications for each listed pair.
@inline(never) @_optimize(speed)
public func addHiddenBlock(
  weights: RawSpan, pairs: RawSpan, count: Int, sums: inout MutableRawSpan, block: Int
) {
  precondition(count >= 0 && count <= mostPairsAtOnce)
  precondition(pairs.byteCount >= count &* bytesPerActivePair)
  precondition(block >= 0 && sums.byteCount >= 4 &* unitsPerBlock &* (block &+ 1))
  // In bounds: entries and sums are counted above, and the entries' offsets are those of the block's
  // pairs. Aligned: the list, the sums and the image's weights are at multiples of four.
  unsafe weights.withUnsafeBytes { weights in
    unsafe pairs.withUnsafeBytes { pairs in
      unsafe sums.withUnsafeMutableBytes { sums in
        let base = unsafe weights.baseAddress.unsafelyUnwrapped
        var entry = unsafe pairs.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Int32.self)
        let end = unsafe entry + 2 &* count
        let sum = unsafe (sums.baseAddress.unsafelyUnwrapped + 4 &* unitsPerBlock &* block)
          .assumingMemoryBound(to: Int32.self)
        var (low0, low1, low2, low3) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
        var (both0, both1, both2, both3) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
        while unsafe entry != end {
          let offset = unsafe Int(entry[0])
          let values = unsafe entry[1]
          let word = unsafe (base + offset).assumingMemoryBound(to: Int32.self)
          let (w0, w1, w2, w3) = unsafe (word[0], word[1], word[2], word[3])
          both0 = smlad(w0, values, both0)
          low0 = smlad(sxtb16(w0), values, low0)
          both1 = smlad(w1, values, both1)
          low1 = smlad(sxtb16(w1), values, low1)
          both2 = smlad(w2, values, both2)
          low2 = smlad(sxtb16(w2), values, low2)
          both3 = smlad(w3, values, both3)
          low3 = smlad(sxtb16(w3), values, low3)
          unsafe entry += 2
        }
        unsafe sum[0] &+= low0
        unsafe sum[1] &+= (both0 &- low0) &>> 8
        unsafe sum[2] &+= low1
        unsafe sum[3] &+= (both1 &- low1) &>> 8
        unsafe sum[4] &+= low2
        unsafe sum[5] &+= (both2 &- low2) &>> 8
        unsafe sum[6] &+= low3
        unsafe sum[7] &+= (both3 &- low3) &>> 8
      }
    }
  }
}

/// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
/// multiple of four.
@inline(never) @_optimize(speed)
public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
  precondition(weights.byteCount >= activations.byteCount && activations.byteCount & 3 == 0)
  var sum = bias
  var offset = 0
  while offset < activations.byteCount {
    // In bounds: the row is as long as the activations, a multiple of four.
    let activation = Int32(bitPattern: unsafe wordWithin(activations, at: offset))
    if activation != 0 {
      let weight = Int32(bitPattern: unsafe wordWithin(weights, at: offset))
      sum = smlad(sxtb16(weight), uxtb16(activation), sum)
      sum = smlad(sxtb16(rotated(weight)), uxtb16(rotated(activation)), sum)
    }
    offset &+= 4
  }
  return sum
}
