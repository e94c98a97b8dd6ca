/// The probabilities that softmax gives logits.
///
/// The largest logit is taken off first, so that no exponential overflows.
package func softmax(_ logits: ClassValues) -> ClassValues {
  let largest = logits.largest
  var powers = ClassValues(classes: logits.classes)
  for i in 0..<logits.vectorCount {
    let behind = logits.masked(i) - largest
    powers[vector: i] = exponential(behind).replacing(
      with: 0, where: unusedLanes(of: logits.classes, in: i))
  }
  let sum = powers.sum
  for i in 0..<logits.vectorCount { powers[vector: i] = powers[vector: i] / sum }
  return powers
}

/// Cross-entropy of softmax in nats: -Σ targetₖ log pₖ, for targets that sum to 1.
package func crossEntropy(_ logits: ClassValues, target: ClassValues) -> Float {
  precondition(logits.classes == target.classes)
  let largest = logits.largest
  var powers = ClassValues(classes: logits.classes)
  var weighted = ClassValues(classes: logits.classes)
  for i in 0..<logits.vectorCount {
    let behind = logits.masked(i) - largest
    let unused = unusedLanes(of: logits.classes, in: i)
    powers[vector: i] = exponential(behind).replacing(with: 0, where: unused)
    weighted[vector: i] = (behind * target[vector: i]).replacing(with: 0, where: unused)
  }
  return logarithm(powers.sum) - weighted.sum
}
