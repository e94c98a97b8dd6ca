import Network
import SIMDMath

/// A weight and its moments, changed by one number at a time in the order the kernels document.
struct ScalarWeight {
  var weight: Float
  var first: Float = 0
  var second: Float = 0

  /// One step of `step` with gradient `g`.
  mutating func update(_ step: UpdateStep, _ g: Float) {
    switch step {
    case .gradientDescent(let rate):
      weight.addProduct(-rate, g)
    case .momentum(let rate, let momentum):
      first = flushedToZero(g.addingProduct(momentum, first))
      weight.addProduct(-rate, first)
    case .adamW(let rate, let decay, let beta1, let beta2, let power1, let power2):
      let correction = (1 - power2).squareRoot()
      let corrected = rate * correction / (1 - power1)
      let keep = 1 - rate * decay
      let epsilon = 1e-8 * correction
      first = flushedToZero(((1 - beta1) * g).addingProduct(beta1, first))
      second = flushedToZero(((1 - beta2) * (g * g)).addingProduct(beta2, second))
      let change = -corrected * first / (second.squareRoot() + epsilon)
      weight = change.addingProduct(keep, weight)
    }
  }

  private func flushedToZero(_ x: Float) -> Float { abs(x) < .leastNormalMagnitude ? 0 : x }
}

/// Rows of weights with their moments.
struct WeightRows {
  var weights: Rows
  var first: Rows
  var second: Rows

  /// Random weights, and moments as some steps leave them: of both signs, and none below zero.
  init(count: Int, hidden: Int, seed: UInt64) {
    weights = Rows(count: count, hidden: hidden, range: 0.5, seed: seed)
    first = Rows(count: count, hidden: hidden, range: 0.1, seed: seed + 1)
    second = Rows(count: count, hidden: hidden, range: 0.1, seed: seed + 2)
    second.values = second.values.map(abs)
  }

  /// All numbers' bits.
  var bits: [UInt32] { (weights.values + first.values + second.values).map(\.bitPattern) }

  /// The step for one weight.
  mutating func update(_ offset: Int, _ step: UpdateStep, gradient: Float) {
    var scalar = ScalarWeight(
      weight: weights.values[offset], first: first.values[offset], second: second.values[offset])
    scalar.update(step, gradient)
    weights.values[offset] = scalar.weight
    first.values[offset] = scalar.first
    second.values[offset] = scalar.second
  }

  /// Lets a kernel change the slice of a column block; it gets as many moments as the step keeps.
  mutating func changePart(
    _ columnBlock: ColumnBlock, _ step: UpdateStep,
    _ kernel: (
      inout MutableSpan<Vector>, inout MutableSpan<Vector>, inout MutableSpan<Vector>
    ) -> Void
  ) {
    var parts = [weights.slice(columnBlock), [], []]
    if step.moments > 0 { parts[1] = first.slice(columnBlock) }
    if step.moments > 1 { parts[2] = second.slice(columnBlock) }
    var (w, m, v) = (parts[0], parts[1], parts[2])
    var weightSpan = w.mutableSpan
    var firstSpan = m.mutableSpan
    var secondSpan = v.mutableSpan
    kernel(&weightSpan, &firstSpan, &secondSpan)
    weights.setSlice(columnBlock, w)
    if step.moments > 0 { first.setSlice(columnBlock, m) }
    if step.moments > 1 { second.setSlice(columnBlock, v) }
  }
}

/// A step of each optimizer, with unround numbers.
let everyStep: [UpdateStep] = [
  .gradientDescent(rate: 0.037), .momentum(rate: 0.013, momentum: 0.9),
  .adamW(rate: 0.0021, decay: 0.01, beta1: 0.9, beta2: 0.99, power1: 0.729, power2: 0.970_299),
]
