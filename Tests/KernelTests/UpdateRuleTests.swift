import Network
import SIMDMath
import Testing

@Suite("Update rules")
struct UpdateRuleTests {
  /// One step of a bias that sixteen lanes share, through the kernel.
  private func stepped(_ step: UpdateStep, _ gradients: [Float], _ start: ScalarWeight)
    -> ScalarWeight
  {
    let errors = gradients.map { Vector(repeating: $0) }
    var bias = [Vector(repeating: start.weight)]
    var first = [Vector](repeating: Vector(repeating: start.first), count: min(1, step.moments))
    var second = [Vector](repeating: Vector(repeating: start.second), count: step.moments / 2)
    change(&bias, &first, &second, step, errors)
    return ScalarWeight(
      weight: bias[0][5], first: first.first?[5] ?? 0, second: second.first?[5] ?? 0)
  }

  private func change(
    _ bias: inout [Vector], _ first: inout [Vector], _ second: inout [Vector], _ step: UpdateStep,
    _ errors: [Vector]
  ) {
    var biasSpan = bias.mutableSpan
    var firstSpan = first.mutableSpan
    var secondSpan = second.mutableSpan
    biasBackward(
      step: step, errors: errors.span, biases: &biasSpan, first: &firstSpan, second: &secondSpan)
  }

  @Test("AdamW takes the root of its second moment rounded once, over the whole range")
  func rootIsExact() {
    // With both β at 1 the moments stay; with both powers at 0 nothing is corrected.
    let step = UpdateStep.adamW(
      rate: 1, decay: 0, beta1: 1, beta2: 1, power1: 0, power2: 0)
    for exponent in -120...120 {
      let second = Float(sign: .plus, exponent: exponent, significand: 1.37)
      let start = ScalarWeight(weight: 0, first: 0.75, second: second)
      let result = stepped(step, [123], start)
      #expect(result.weight.bitPattern == (0 - 0.75 / (second.squareRoot() + 1e-8)).bitPattern)
      #expect(result.first == 0.75 && result.second == second)
    }
  }

  @Test("ten steps of AdamW follow the paper's formulas in Double to 1e-6")
  func adamWMatchesThePaper() {
    let gradients: [Float] = [0.5, -0.25, 0.125, 3, -1e-3, 0, 0.7, 0.7, -2, 1e-6]
    var float = ScalarWeight(weight: 0.8)
    var (w, m, v) = (0.8, 0.0, 0.0)
    let (rate, decay, beta1, beta2) = (0.01, 0.1, 0.9, 0.99)
    var (power1, power2): (Float, Float) = (1, 1)
    for (t, g) in gradients.enumerated() {
      power1 *= 0.9
      power2 *= 0.99
      float = stepped(
        .adamW(
          rate: 0.01, decay: 0.1, beta1: 0.9, beta2: 0.99, power1: power1, power2: power2), [g],
        float)
      m = beta1 * m + (1 - beta1) * Double(g)
      v = beta2 * v + (1 - beta2) * Double(g) * Double(g)
      let unbiasedM = m / (1 - pow(beta1, t + 1))
      let unbiasedV = v / (1 - pow(beta2, t + 1))
      w -= rate * (unbiasedM / (unbiasedV.squareRoot() + 1e-8) + decay * w)
      #expect(abs(Double(float.weight) - w) < 1e-6)
    }
  }

  @Test("momentum adds up 1, 1.9, 2.71 and 3.439 of a constant gradient")
  func momentumAddsUp() {
    var weight = ScalarWeight(weight: 0)
    var expected = 0.0
    for velocity in [1, 1.9, 2.71, 3.439] {
      weight = stepped(.momentum(rate: 0.5, momentum: 0.9), [0.25, 0.75], weight)
      expected -= 0.5 * velocity
      #expect(abs(Double(weight.first) - velocity) < 1e-6)
      #expect(abs(Double(weight.weight) - expected) < 2e-6)
    }
  }

  @Test("the textbook's step is w - η g, with g summed over the samples")
  func gradientDescent() {
    let result = stepped(
      .gradientDescent(rate: 0.5), [1, 2, -0.5], ScalarWeight(weight: 3))
    #expect(result.weight == 3 - 0.5 * 2.5)
  }

  @Test("moments that would be subnormal become 0, so that no later step is slow")
  func subnormalsAreFlushed() {
    let tiny = Float.leastNormalMagnitude
    let start = ScalarWeight(weight: 1, first: -tiny, second: tiny)
    let momentum = stepped(.momentum(rate: 0.1, momentum: 0.9), [0], start)
    #expect(momentum.first == 0 && momentum.weight == 1)
    let adam = stepped(everyStep[2], [0], start)
    #expect(adam.first == 0 && adam.second == 0)
    // The smallest normal number itself is kept.
    #expect(stepped(.momentum(rate: 0.1, momentum: 1), [0], start).first == -tiny)
  }

  @Test("each optimizer keeps as many moments as it says")
  func moments() {
    #expect(everyStep.map(\.moments) == [0, 1, 2])
  }

  private func pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { result, _ in result * base }
  }
}
