// Rows of Int8 weights over UInt8 values into Int32 sums. Weights of the hidden layer come eight units
// to a block, and within a block two inputs to a pair; a pair takes four words of 32 bits:
//
//     a0 a1 b0 b1   a2 a3 b2 b3   a4 a5 b4 b5   a6 a7 b6 b7
//
// where a0 ... a7 are the weights of the pair's first input and b0 ... b7 of its second. Half a word,
// a0 a1, is one number of 16 bits, 256 · a1 + a0: a dual multiply-accumulate of the word as it is gives
// 256 · (sum of unit 1) + (sum of unit 0), one of its low bytes gives the sum of unit 0, and the two
// together give both. A pair of zeros costs nothing.

/// How many hidden units are summed at once.
public let unitsPerBlock = 8

/// The bytes that one pair of inputs takes in one block.
public let bytesPerPair = 16

/// The bytes of an entry in the list of nonzero pairs: UInt32, where in every block the pair's weights
/// stand, in bytes from its start; and the pair's two values, UInt16 each.
public let bytesPerNonzeroPair = 8

/// The most pairs that may be summed before ``addHiddenSums(weights:inputs:pairs:count:sums:)`` must
/// take the two sums in one number apart: 128 pairs of 2 · 255 · 128 each stay below 2²³.
public let mostPairsAtOnce = 128

/// Where the weight from `input` to `unit` stands among the hidden weights of `inputs` inputs.
///
/// - Parameters:
///   - input: 0 ..< `inputs`.
///   - unit: a hidden unit, from 0.
///   - inputs: how many there are; even.
/// - Returns: bytes from the first of the hidden weights.
@inlinable
public func hiddenWeightOffset(input: Int, unit: Int, inputs: Int) -> Int {
  let block = unit &>> 3
  let lane = unit & 7
  return (block &* (inputs &>> 1) &+ input &>> 1) &* bytesPerPair
    &+ (lane &>> 1) &* 4 &+ (input & 1) &* 2 &+ (lane & 1)
}

/// Makes 256 · a1 + a0 of each two neighboring weights a0, a1, which stand at their
/// ``hiddenWeightOffset(input:unit:inputs:)``: where a0 is negative, a1 is one less.
///
/// - Parameter weights: Int8 each; those of odd units not below -127.
public func packHiddenWeights(_ weights: inout MutableRawSpan) {
  for offset in stride(from: 0, to: weights.byteCount &- 1, by: 2) {
    // In bounds by the loop.
    let even = unsafe weights.unsafeLoad(fromUncheckedByteOffset: offset, as: Int8.self)
    let odd = unsafe weights.unsafeLoad(fromUncheckedByteOffset: offset &+ 1, as: Int8.self)
    precondition(odd >= -127)
    if even < 0 {
      unsafe weights.storeBytes(
        of: odd &- 1, toUncheckedByteOffset: offset &+ 1, as: Int8.self)
    }
  }
}

/// The two weights in half a word, each -128 ... 128.
///
/// - Parameter half: 256 · odd + even, as ``packHiddenWeights(_:)`` makes it.
@inlinable
public func packedWeights(_ half: Int16) -> (even: Int32, odd: Int32) {
  let even = Int32(Int8(truncatingIfNeeded: half))
  return (even, (Int32(half) &- even) &>> 8)
}
