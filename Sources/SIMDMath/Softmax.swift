/// The probabilities that softmax gives ten logits, in lanes 0 ... 9; the other lanes are 0.
///
/// The largest logit is taken off first, so that no exponential overflows.
@inlinable
package func softmax(_ logits: Vector) -> Vector {
  // Unused lanes get an exponent so low that the smallest normal number is what is left of them.
  let masked = logits.replacing(with: -1e30, where: unusedLanes)
  let powers = exponential(masked - masked.largestLane).replacing(with: 0, where: unusedLanes)
  return powers / powers.pairwiseSum
}

/// Cross-entropy of softmax in nats: -Σ targetₖ log pₖ, for targets that sum to 1.
@inlinable
package func crossEntropy(_ logits: Vector, target: Vector) -> Float {
  let masked = logits.replacing(with: -1e30, where: unusedLanes)
  let largest = masked.largestLane
  let powers = exponential(masked - largest).replacing(with: 0, where: unusedLanes)
  let weighted = ((masked - largest) * target).replacing(with: 0, where: unusedLanes)
  return logarithm(powers.pairwiseSum) - weighted.pairwiseSum
}

/// Lanes 10 ... 15, which stand for no digit.
///
/// Found by a comparison of floats: one of integers becomes a loop over lanes.
@inlinable
package var unusedLanes: SIMDMask<SIMD16<Int32>> {
  @inline(__always) get { laneNumbers .>= 10 }
}

/// 0 ... 15.
@inlinable
package var laneNumbers: Vector {
  @inline(__always) get { Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) }
}

/// The index of the largest of the first ten lanes; of equal ones the first.
@inlinable
package func largestClass(_ logits: Vector) -> Int {
  var best = 0
  for candidate in 1..<10 where logits[candidate] > logits[best] { best = candidate }
  return best
}
