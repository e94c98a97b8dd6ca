import Network
import SIMDMath
import Testing

/// The fast engine against the algorithm as a textbook has it.
@Suite("Textbook")
struct TextbookTests {
  private func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    #expect(a.count == b.count)
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(
    "a whole small training with gradient descent, batch 1 and a constant rate is the textbook's",
    arguments: everyActivation)
  func wholeTraining(activation: ActivationFunction) throws {
    let network = FloatNetwork.random(inputs: 20, hidden: 32, activation: activation, seed: 21)
    let examples = Examples(count: 120, inputs: 20, seed: 22)
    let source = RecordingSource(examples.source)
    let plan = TrainingPlan.steady(.sgd, rate: 0.05, batch: 1, epochs: 4)
    let trained = try Trainer(network, plan: plan, source: source, validation: nil).train()

    var textbook = Textbook(network)
    for epoch in 1...4 {
      for index in source.order(epoch: epoch) {
        textbook.learn((X: examples.inputs(index), r: Int(examples.labels[index])), eta: 0.05)
      }
    }
    let start = Textbook(network).parameters
    #expect(largestDifference(textbook.parameters, start) > 0.05)
    #expect(largestDifference(textbook.parameters, Textbook(trained).parameters) < 2e-5)
  }

  @Test("softmax sums to 1, whatever the logits")
  func softmaxSums() {
    for logits: [Float] in [[0, 0], [1, 2, 3], [-1000, 0, 1000], [80, 81]] {
      let sum = Textbook.softmax(logits).reduce(0, +)
      #expect(abs(sum - 1) < 1e-6)
    }
  }

  @Test("it learns until held-out examples are read no better, and reads them well")
  func converges() {
    let examples = Examples(count: 400, inputs: 30, seed: 23)
    let all = (0..<400).map { (X: examples.inputs($0), r: Int(examples.labels[$0])) }
    var textbook = Textbook(
      FloatNetwork(inputs: 30, hidden: 32, classes: 10, activation: .relu, seed: 24))
    var random = Random(seed: 25)
    let before = textbook.meanLoss(Array(all[300...]))
    textbook.train(
      Array(all[..<300]), validation: Array(all[300...]), eta: 0.05, limit: 50, random: &random)
    #expect(textbook.meanLoss(Array(all[300...])) < before / 5)
  }
}
