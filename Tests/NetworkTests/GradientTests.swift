import Network
import SIMDMath
import Testing

/// The batch engine's gradients against central differences of a loss computed in Double.
///
/// The gradient is read off one step of gradient descent over all examples at a rate of 256: the change
/// of a weight, over 256, is its gradient to 2⁻²⁴ of the larger of the two. The difference quotient has a
/// step of 10⁻⁶ in Double. Errors are relative to the larger gradient of the two, and to no less than
/// a hundredth of the largest of the weight's own kind (W, b, V, c).
@Suite("Gradients")
struct GradientTests {
  private let rate: Float = 256

  private func engineGradient(
    _ network: FloatNetwork, _ examples: Examples, smoothing: Float
  ) throws -> [Double] {
    var plan = TrainingPlan.steady(.sgd, rate: rate, batch: examples.labels.count)
    plan.labelSmoothing = smoothing
    let trainer = Trainer(network, plan: plan, source: examples.source, validation: nil)
    let after = DoubleNetwork(try trainer.train())
    let before = DoubleNetwork(network)
    return zip(before.parameters, after.parameters).map { ($0 - $1) / Double(rate) }
  }

  /// (L(w + h) - L(w - h)) / 2h for every parameter.
  private func differences(
    _ network: FloatNetwork, _ examples: Examples, smoothing: Float
  ) -> [Double] {
    var probe = DoubleNetwork(network)
    let h = 1e-6
    return probe.parameters.indices.map { offset in
      let value = probe.parameters[offset]
      probe.parameters[offset] = value + h
      let above = probe.loss(examples, smoothing: Double(smoothing))
      probe.parameters[offset] = value - h
      let below = probe.loss(examples, smoothing: Double(smoothing))
      probe.parameters[offset] = value
      return (above - below) / (2 * h)
    }
  }

  private func worstError(
    _ actual: ArraySlice<Double>, _ expected: ArraySlice<Double>
  ) -> Double {
    let largest = expected.map(abs).max() ?? 0
    return zip(actual, expected).reduce(0) { worst, pair in
      let scale = max(abs(pair.0), abs(pair.1), largest / 100)
      return max(worst, abs(pair.0 - pair.1) / scale)
    }
  }

  private func expectGradient(_ activation: ActivationFunction, smoothing: Float) throws {
    let network = FloatNetwork.random(inputs: 10, hidden: 48, activation: activation, seed: 3)
    var examples = Examples(count: 6, inputs: 10, seed: 5)
    examples.relabelHalf(by: network)
    let actual = try engineGradient(network, examples, smoothing: smoothing)
    let expected = differences(network, examples, smoothing: smoothing)
    let probe = DoubleNetwork(network)
    let kinds = [0..<probe.b, probe.b..<probe.v, probe.v..<probe.c, probe.c..<probe.c + 10]
    for kind in kinds {
      let worst = worstError(actual[kind], expected[kind])
      // 1.4e-5 at most.
      #expect(worst < 1e-4)
      #expect(expected[kind].contains { abs($0) > 1e-3 })
    }
  }

  @Test(
    "gradients of both layers and all biases are those of central differences",
    arguments: everyActivation)
  func matchesDifferences(activation: ActivationFunction) throws {
    try expectGradient(activation, smoothing: 0)
  }

  @Test("and with smoothed labels")
  func matchesDifferencesWhenSmoothed() throws {
    try expectGradient(.tanh, smoothing: 0.1)
  }
}
