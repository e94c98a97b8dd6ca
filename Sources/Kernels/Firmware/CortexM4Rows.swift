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
public func addHiddenBlock(
  weights: RawSpan, pairs: RawSpan, sums: inout MutableRawSpan, block: Int
) {
  precondition(block >= 0 && sums.byteCount >= 4 &* unitsPerBlock &* (block &+ 1))
  // The spans outlive these addresses. In bounds: the list has an end, its steps lead to the block's
  // pairs, and the sums are counted above. All of them are at multiples of four.
  let words = unsafe weights.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
  let list = unsafe pairs.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
  let sum = unsafe sums.withUnsafeMutableBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
    + 4 &* unitsPerBlock &* block
  unsafe addFourUnits(words, list, sum)
  unsafe addFourUnits(words + 8, list, sum + 16)
}

/// Half a block at a time: more sums at once do not fit the registers.
@inline(never) @unsafe
private func addFourUnits(
  _ weights: UnsafeRawPointer, _ list: UnsafeRawPointer, _ sums: UnsafeMutableRawPointer
) {
  var word = unsafe weights
  var entry = unsafe list.assumingMemoryBound(to: Int32.self)
  let sum = unsafe sums.assumingMemoryBound(to: Int32.self)
  var (low0, low1, both0, both1) = (0 as Int32, 0 as Int32, 0 as Int32, 0 as Int32)
  while true {
    let (step0, values0, step1, values1) = unsafe (entry[0], entry[1], entry[2], entry[3])
    if values0 == 0 { break }
    unsafe entry += 4
    unsafe word += Int(step0)
    let first = unsafe word.assumingMemoryBound(to: (Int32, Int32).self).pointee
    both0 = smlad(first.0, values0, both0)
    low0 = smlad(sxtb16(first.0), values0, low0)
    both1 = smlad(first.1, values0, both1)
    low1 = smlad(sxtb16(first.1), values0, low1)
    unsafe word += Int(step1)
    let second = unsafe word.assumingMemoryBound(to: (Int32, Int32).self).pointee
    both0 = smlad(second.0, values1, both0)
    low0 = smlad(sxtb16(second.0), values1, low0)
    both1 = smlad(second.1, values1, both1)
    low1 = smlad(sxtb16(second.1), values1, low1)
  }
  unsafe sum[0] &+= low0
  unsafe sum[1] &+= (both0 &- low0) &>> 8
  unsafe sum[2] &+= low1
  unsafe sum[3] &+= (both1 &- low1) &>> 8
}

/// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
/// multiple of four.
@inline(never)
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
