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

/// Lists the pairs of inputs that are not both zero, until the list or the features end.
///
/// - Parameters:
///   - features: the inputs, 0 ... 255 each, a multiple of four bytes.
///   - start: the first input to look at, a multiple of four; on return, where to go on.
///   - list: room for two to ``mostPairsAtOnce`` entries of ``bytesPerNonzeroPair``.
/// - Returns: how many pairs are listed.
/// - Complexity: one step for each four inputs and each pair listed.
@inlinable
public func listNonzeroPairs(
  _ features: RawSpan, from start: inout Int, into list: inout MutableRawSpan
) -> Int {
  precondition(list.byteCount <= mostPairsAtOnce &* bytesPerNonzeroPair)
  precondition(list.byteCount >= 2 &* bytesPerNonzeroPair)
  precondition(features.byteCount & 3 == 0 && start >= 0 && start & 3 == 0)
  if start >= features.byteCount { return 0 }
  // The spans outlive these addresses, which stay in registers. In bounds: the features are whole quads,
  // of which there is one; and a quad's two entries are made only where there is room for two.
  let first = unsafe features.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
  let entries = unsafe list.withUnsafeMutableBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
  let end = unsafe first + features.byteCount
  let last = unsafe entries + (list.byteCount &- 2 &* bytesPerNonzeroPair)
  var quad = unsafe first + start
  var entry = unsafe entries
  repeat {
    let values = unsafe word(at: quad)
    if values != 0 {
      if unsafe entry > last { break }
      let weights = unsafe UInt32(truncatingIfNeeded: quad - first) &* 8
      if values & 0xFFFF != 0 {
        unsafe setEntry(entry, weights, quad)
        unsafe entry += bytesPerNonzeroPair
      }
      if values &>> 16 != 0 {
        unsafe setEntry(entry, weights &+ UInt32(bytesPerPair), quad + 2)
        unsafe entry += bytesPerNonzeroPair
      }
    }
    unsafe quad += 4
  } while unsafe quad != end
  start = unsafe quad - first
  return unsafe (entry - entries) &>> 3
}

/// Writes an entry of a pair's two values and of where its weights stand.
@inlinable @inline(__always) @unsafe
func setEntry(_ entry: UnsafeMutableRawPointer, _ weights: UInt32, _ values: UnsafeRawPointer) {
  unsafe setWord(at: entry, weights)
  let value = unsafe values.assumingMemoryBound(to: UInt8.self)
  let half = unsafe (entry + 4).assumingMemoryBound(to: UInt16.self)
  unsafe half[0] = UInt16(value[0]).littleEndian
  unsafe half[1] = UInt16(value[1]).littleEndian
}
