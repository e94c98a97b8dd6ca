import Foundation
import Network
import SIMDMath
import Testing

@Suite("Steps of training")
struct StepTests {
  @Test(
    "batch 1 and gradient descent are the textbook's two updates, written out",
    arguments: everyActivation)
  func textbookStep(activation: ActivationFunction) throws {
    let network = FloatNetwork.random(inputs: 12, hidden: 32, activation: activation, seed: 8)
    var examples = Examples(count: 1, inputs: 12, seed: 9)
    examples.relabelHalf(by: network)
    let eta = 0.25
    let plan = TrainingPlan.steady(.sgd, rate: 0.25, batch: 1)
    let after = DoubleNetwork(
      try Trainer(network, plan: plan, source: examples.source, validation: nil).train())

    let x = examples.row(0).map { Double($0) / 255 }
    let r = (0..<10).map { $0 == Int(examples.labels[0]) ? 1.0 : 0.0 }
    let y = DoubleNetwork(network).probabilities(examples.row(0))
    let z = network.hiddenSums(examples.row(0).span).map { Double(network.activation.value($0)) }
    func slope(_ z: Double) -> Double {
      switch activation {
      case .relu: z > 0 ? 1 : 0
      case .leakyReLU: z > 0 ? 1 : 0.01
      case .sigmoid: z * (1 - z)
      case .tanh: 1 - z * z
      }
    }
    for h in 0..<32 {
      var error = 0.0
      for k in 0..<10 {
        let v = Double(network[unit: h, class: k])
        error += (r[k] - y[k]) * v
        #expect(
          abs(after.parameters[after.v + k * 32 + h] - (v + eta * (r[k] - y[k]) * z[h])) < 1e-7)
      }
      for j in 0..<12 {
        let w = Double(network[input: j, unit: h])
        let expected = w + eta * error * slope(z[h]) * x[j]
        #expect(abs(after.parameters[j * 32 + h] - expected) < 1e-7)
      }
    }
  }

  /// The optimizers as their papers have them, in Double.
  private struct Optimization {
    let optimizer: Optimizer
    let rate: Double
    var first: [Double]
    var second: [Double]
    var steps = 0

    init(_ optimizer: Optimizer, rate: Double, count: Int) {
      self.optimizer = optimizer
      self.rate = rate
      first = [Double](repeating: 0, count: count)
      second = first
    }

    mutating func step(_ w: inout [Double], _ gradient: [Double], decay: Double) {
      steps += 1
      let unbias1 = 1 - pow(0.9, Double(steps))
      let unbias2 = 1 - pow(0.99, Double(steps))
      for (i, g) in gradient.enumerated() {
        switch optimizer {
        case .sgd: w[i] -= rate * g
        case .momentum:
          first[i] = 0.9 * first[i] + g
          w[i] -= rate * first[i]
        case .adamw:
          first[i] = 0.9 * first[i] + 0.1 * g
          second[i] = 0.99 * second[i] + 0.01 * g * g
          let direction = (first[i] / unbias1) / ((second[i] / unbias2).squareRoot() + 1e-8)
          w[i] -= rate * (direction + decay * w[i])
        }
      }
    }
  }

  @Test(
    "three epochs of uneven batches follow each optimizer's formulas in Double",
    arguments: [(Optimizer.sgd, 0.1), (.momentum, 0.02), (.adamw, 0.004)])
  func optimizersMatchDouble(optimizer: Optimizer, rate: Double) throws {
    let network = FloatNetwork.random(inputs: 12, hidden: 48, activation: .tanh, seed: 4)
    var examples = Examples(count: 11, inputs: 12, seed: 6)
    examples.relabelHalf(by: network)
    let source = RecordingSource(examples.source)
    var plan = TrainingPlan.steady(optimizer, rate: Float(rate), batch: 4, epochs: 3)
    plan.weightDecay = 0.1
    let after = DoubleNetwork(
      try Trainer(network, plan: plan, source: source, validation: nil).train())

    var twin = DoubleNetwork(network)
    var optimization = Optimization(optimizer, rate: rate, count: twin.parameters.count)
    for epoch in 1...3 {
      let order = source.order(epoch: epoch)
      for start in stride(from: 0, to: 11, by: 4) {
        let batch = Array(order[start..<min(start + 4, 11)])
        let gradient = twin.gradient(examples, batch)
        optimization.step(&twin.parameters, gradient, decay: optimizer == .adamw ? 0.1 : 0)
      }
    }
    var worst = 0.0
    for (a, b) in zip(after.parameters, twin.parameters) { worst = max(worst, abs(a - b)) }
    // 7e-8, and 1.1e-7 for AdamW.
    #expect(worst < 5e-7)
    let before = DoubleNetwork(network)
    #expect(zip(after.parameters, before.parameters).contains { abs($0 - $1) > 1e-3 })
  }

  @Test("an epoch's loss is the mean over its examples, each read before the step it took part in")
  func epochLoss() throws {
    let network = FloatNetwork.random(inputs: 12, hidden: 32, activation: .relu, seed: 4)
    let examples = Examples(count: 40, inputs: 12, seed: 6)
    for smoothing: Float in [0, 0.2] {
      var plan = TrainingPlan.steady(.sgd, rate: 0.1, batch: 40)
      plan.labelSmoothing = smoothing
      let trainer = Trainer(network, plan: plan, source: examples.source, validation: nil)
      let before = trainer.evaluate(examples.source)
      let metrics = try trainer.runEpoch(1)
      let truth = DoubleNetwork(network).loss(examples, smoothing: Double(smoothing))
      #expect(abs(Double(metrics.loss) - truth) < 1e-5)
      #expect(metrics.count == 40 && metrics.correct == before.correct)
      // Metrics are never smoothed.
      #expect(abs(Double(before.loss) - DoubleNetwork(network).loss(examples)) < 1e-5)
      #expect(trainer.evaluate(examples.source).loss < before.loss)
    }
  }
}
