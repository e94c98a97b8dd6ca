// Rows of Int8 weights over UInt8 values into Int32 sums. Weights of the hidden layer come eight units
// to a block, and within a block two inputs to a pair; a pair takes 16 bytes:
//
//     a0 a1 b0 b1   a2 a3 b2 b3   a4 a5 b4 b5   a6 a7 b6 b7
//
// where a0 ... a7 are the weights of the pair's first input and b0 ... b7 of its second. One 32-bit
// load then feeds two dual multiply-accumulates, and a pair of zeros costs nothing.

/// How many hidden units are summed at once.
public let unitsPerBlock = 8

/// The bytes that one pair of inputs takes in one block.
public let bytesPerPair = 16

/// Where the weight from `input` to `unit` stands among the hidden weights of `inputs` inputs.
///
/// - Parameter inputs: even.
@inlinable
public func hiddenWeightOffset(input: Int, unit: Int, inputs: Int) -> Int {
  let block = unit &>> 3
  let lane = unit & 7
  return (block &* (inputs &>> 1) &+ input &>> 1) &* bytesPerPair
    &+ (lane &>> 1) &* 4 &+ (input & 1) &* 2 &+ (lane & 1)
}

/// Lists the pairs of inputs that are not both zero, as UInt16 numbers of pairs in rising order.
///
/// - Parameters:
///   - features: the inputs, an even number of bytes, at most 2¹⁷.
///   - list: room for one UInt16 a pair, whatever the features.
/// - Returns: how many pairs are listed.
@inlinable
public func listActivePairs(_ features: RawSpan, into list: inout MutableRawSpan) -> Int {
  let pairs = features.byteCount &>> 1
  precondition(list.byteCount >= 2 &* pairs)
  var count = 0
  for pair in 0..<pairs {
    // In bounds: 2 · pair + 1 is below the number of features, and no more pairs are listed than seen.
    let both = unsafe features.unsafeLoadUnaligned(
      fromUncheckedByteOffset: 2 &* pair, as: UInt16.self)
    if both != 0 {
      unsafe list.storeBytes(
        of: UInt16(truncatingIfNeeded: pair), toUncheckedByteOffset: 2 &* count, as: UInt16.self)
      count &+= 1
    }
  }
  return count
}

/// The sums of one block of eight hidden units: `bias[u] + Σ feature · weight[u]` over listed pairs.
///
/// - Parameters:
///   - weights: the block's weights, 8 bytes for each feature.
///   - features: the inputs.
///   - pairs: what ``listActivePairs(_:into:)`` wrote, `count` numbers of it.
///   - bias: the eight biases.
/// - Complexity: 16 multiplications for each listed pair.
@inlinable
public func hiddenBlockSums(
  weights: RawSpan, features: RawSpan, pairs: RawSpan, count: Int, bias: SIMD8<Int32>
) -> SIMD8<Int32> {
  precondition(pairs.byteCount >= 2 &* count && weights.byteCount >= 8 &* features.byteCount)
  var sums = bias
  for entry in 0..<count {
    // In bounds: listed numbers are below half the number of features, by the contract of the list.
    let pair = Int(
      unsafe pairs.unsafeLoadUnaligned(fromUncheckedByteOffset: 2 &* entry, as: UInt16.self))
    let both = UInt16(
      littleEndian: unsafe features.unsafeLoadUnaligned(
        fromUncheckedByteOffset: 2 &* pair, as: UInt16.self))
    let a = Int32(both & 0xFF)
    let b = Int32(both &>> 8)
    let w = unsafe weights.unsafeLoadUnaligned(
      fromUncheckedByteOffset: bytesPerPair &* pair, as: SIMD16<Int8>.self)
    sums[0] &+= a &* Int32(w[0]) &+ b &* Int32(w[2])
    sums[1] &+= a &* Int32(w[1]) &+ b &* Int32(w[3])
    sums[2] &+= a &* Int32(w[4]) &+ b &* Int32(w[6])
    sums[3] &+= a &* Int32(w[5]) &+ b &* Int32(w[7])
    sums[4] &+= a &* Int32(w[8]) &+ b &* Int32(w[10])
    sums[5] &+= a &* Int32(w[9]) &+ b &* Int32(w[11])
    sums[6] &+= a &* Int32(w[12]) &+ b &* Int32(w[14])
    sums[7] &+= a &* Int32(w[13]) &+ b &* Int32(w[15])
  }
  return sums
}

/// `bias + Σ activation · weight` over one row of output weights, as long as the activations.
@inlinable
public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
  precondition(weights.byteCount >= activations.byteCount)
  var sum = bias
  for i in 0..<activations.byteCount {
    // In bounds: the row is as long as the activations.
    let weight = unsafe weights.unsafeLoad(fromUncheckedByteOffset: i, as: Int8.self)
    let activation = unsafe activations.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self)
    sum &+= Int32(weight) &* Int32(activation)
  }
  return sum
}
