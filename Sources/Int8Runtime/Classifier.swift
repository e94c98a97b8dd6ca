import Kernels

extension FlashImage {
  /// Reads the digit whose picture stands at the start of the arena. The picture is overwritten.
  ///
  /// - Parameter arena: `ArenaLayout(geometry).total` bytes.
  /// - Complexity: 8 · hidden multiplications for each pixel that is not zero and 10 · hidden more;
  ///   no heap, no floating point, no division but those of conditioning.
  public func classify(_ bytes: inout MutableRawSpan) -> Logits {
    let arena = Arena(&bytes, layout: ArenaLayout(geometry))
    var features = arena.features
    condition(arena.picture.bytes, by: geometry.contract, into: &features)
    var list = arena.picture
    let count = listActivePairs(features.bytes, into: &list)
    var activations = arena.activations
    for block in 0..<geometry.hidden / unitsPerBlock {
      let sums = hiddenBlockSums(
        weights: hiddenWeights(block: block), features: features.bytes, pairs: list.bytes,
        count: count, bias: hiddenBiases(block: block))
      for lane in 0..<unitsPerBlock {
        let unit = block &* unitsPerBlock &+ lane
        activations.store(hiddenActivation(sums[lane], unit: unit), at: unit)
      }
    }
    var logits = Logits()
    for digit in 0..<classCount {
      logits.values[digit] = outputRowSum(
        weights: outputWeights(digit), activations: activations.bytes, bias: outputBias(digit))
    }
    return logits
  }

  /// What a hidden unit gives for its sum.
  @inline(__always)
  func hiddenActivation(_ sum: Int32, unit: Int) -> UInt8 {
    let requantized = requantize(sum, by: hiddenFactor(unit))
    if !geometry.activation.needsTable { return saturated(requantized) }
    // Limited first: a sum near the end of 32 bits has no room for 128 more.
    return activation(saturated((requantized < 127 ? requantized : 127) &+ 128))
  }

  private func hiddenBiases(block: Int) -> SIMD8<Int32> {
    var biases = SIMD8<Int32>()
    for lane in 0..<unitsPerBlock { biases[lane] = hiddenBias(block &* unitsPerBlock &+ lane) }
    return biases
  }
}

/// The nearest of 0 ... 255.
@inline(__always)
func saturated(_ value: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: value < 0 ? 0 : value > 255 ? 255 : value)
}
