// Int8 rows for a host with wide vectors. Weights are widened to Int16 and stand in pairs of inputs: a
// word of 32 bits has the weight of the pair's first input in its lower half and that of its second in
// its upper half, and a vector has the words of sixteen units. Products of 16 bits that are summed in 32
// are one instruction on x86 with VNNI and on ARM.

/// Sixteen 32-bit integers.
public typealias Words = SIMD16<Int32>

/// Two neighboring inputs that are not both zero, and which they are.
public struct ActivePair: BitwiseCopyable, Sendable {
  /// Number of the pair.
  public var pair: UInt32
  /// The first input in the lower half, the second in the upper.
  public var values: UInt32

  /// Inputs `2 · pair` and `2 · pair + 1`.
  @inlinable
  public init(pair: UInt32, values: UInt32) {
    self.pair = pair
    self.values = values
  }
}

/// Lists the pairs of inputs that are not both zero, in rising order.
///
/// - Parameters:
///   - features: an even number of inputs.
///   - list: room for half as many.
/// - Returns: how many are listed.
/// - Complexity: a step for each pair, less where eight inputs are zero.
public func listActivePairs(
  _ features: Span<UInt8>, into list: inout MutableSpan<ActivePair>
) -> Int {
  let pairs = features.count / 2
  precondition(features.count & 1 == 0 && list.count >= pairs)
  let bytes = features.bytes
  // The span's address in a register; what is written is no more than has been seen.
  return unsafe list.withUnsafeMutableBufferPointer { list in
    var count = 0
    var pair = 0
    while pair < pairs {
      let end = pair &+ 4 <= pairs ? pair &+ 4 : pairs
      // In bounds: four pairs from here are features.
      var eight: UInt64 = 1
      if end == pair &+ 4 {
        eight = unsafe bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: 2 &* pair, as: UInt64.self)
      }
      while eight != 0 && pair < end {
        let a = UInt32(unsafe features[unchecked: 2 &* pair])
        let b = UInt32(unsafe features[unchecked: 2 &* pair &+ 1])
        unsafe list[count] = ActivePair(
          pair: UInt32(truncatingIfNeeded: pair), values: a | b &<< 16)
        count &+= a | b != 0 ? 1 : 0
        pair &+= 1
      }
      pair = end
    }
    return count
  }
}

/// The sums of one panel of hidden units for one picture: `bias + Σ value · weight`.
///
/// - Parameters:
///   - pairs: what ``listActivePairs(_:into:)`` listed of as many inputs as there are weights for.
///   - weights: [pairs][width] words of two weights.
///   - bias: [width].
///   - sums: [width].
/// - Complexity: two multiplications of vectors for each listed pair and vector.
public func hiddenPairSums(
  _ panel: Panel, pairs: Span<ActivePair>, weights: Span<Words>, bias: Span<Words>,
  sums: inout MutableSpan<Words>
) {
  precondition(bias.count == panel.width && sums.count == panel.width)
  // A list is in rising order: if its last pair has weights, all have.
  precondition(
    pairs.isEmpty || (Int(pairs[pairs.count - 1].pair) + 1) * panel.width <= weights.count)
  switch panel.width {
  case 8: RegisterBlock<8>.pairSums(pairs, weights, bias, &sums)
  case 4: RegisterBlock<4>.pairSums(pairs, weights, bias, &sums)
  case 2: RegisterBlock<2>.pairSums(pairs, weights, bias, &sums)
  default: RegisterBlock<1>.pairSums(pairs, weights, bias, &sums)
  }
}

/// Sixteen output sums `bias + Σ value · weight` over pairs of hidden activations, none skipped.
///
/// - Parameters:
///   - values: two activations of 0 ... 255 a word.
///   - weights: a vector of words of two weights for each word of values, [vectors of values][16].
@inline(never)
public func outputPairSums(
  values: Span<Words>, weights: Span<Words>, bias: Words
) -> Words {
  precondition(values.count * 16 == weights.count)
  let bytes = values.bytes
  // A sum for each half, so that one need not wait for the other.
  var lower = bias
  var upper = Words()
  for i in 0..<weights.count {
    // In bounds: there are as many weights as words of values.
    let value = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: 4 &* i, as: Int32.self)
    let pair = unsafe weights[unchecked: i]
    lower = lower &+ ((pair &<< 16) &>> 16) &* Words(repeating: value & 0xFF)
    upper = upper &+ (pair &>> 16) &* Words(repeating: (value &>> 16) & 0xFF)
  }
  return lower &+ upper
}

/// `sum` and the products of both halves of each word with those of `values`.
///
/// The multiplications are written so that a compiler sees 16 bits in them: the weights' upper halves
/// are shifted down, and a value has nothing above its eight bits.
@inline(__always)
private func added(_ sum: Words, _ weights: Words, _ values: Int32) -> Words {
  let first = Words(repeating: values & 0xFF)
  let second = Words(repeating: (values &>> 16) & 0xFF)
  return (sum &+ ((weights &<< 16) &>> 16) &* first) &+ (weights &>> 16) &* second
}

extension RegisterBlock {
  /// The caller has checked every size.
  @inline(never)
  static func pairSums(
    _ pairs: Span<ActivePair>, _ weights: Span<Words>, _ bias: Span<Words>,
    _ sums: inout MutableSpan<Words>
  ) {
    var block = InlineArray<width, Words>(repeating: Words())
    for i in 0..<width { block[i] = unsafe bias[unchecked: i] }
    for entry in 0..<pairs.count {
      let pair = unsafe pairs[unchecked: entry]
      let row = Int(truncatingIfNeeded: pair.pair) &* width
      let values = Int32(bitPattern: pair.values)
      for i in 0..<width {
        block[i] = added(block[i], unsafe weights[unchecked: row &+ i], values)
      }
    }
    for i in 0..<width { unsafe sums[unchecked: i] = block[i] }
  }
}
