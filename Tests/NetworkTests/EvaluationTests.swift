import Network
import SIMDMath
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  @Test(
    "the engine's logits are the textbook's, and those of Double",
    arguments: everyActivation)
  func logitsMatch(activation: Activation) {
    for hidden in [16, 48, 144] {
      let network = FloatNetwork.random(
        inputs: 70, hidden: hidden, activation: activation, seed: 12)
      let examples = Examples(count: 70, inputs: 70, seed: 13)
      let logits = Evaluator(network, examples: 70, threads: 2).logits(examples.source)
      let double = DoubleNetwork(network)
      let textbook = Textbook(network)
      #expect(logits.count == 70)
      for index in 0..<70 {
        let reference = textbook.output(textbook.hidden(examples.inputs(index)))
        let truth = double.logits(examples.row(index))
        for digit in 0..<10 {
          #expect(abs(logits[index][digit] - reference[digit]) < 5e-6)
          #expect(abs(Double(logits[index][digit]) - truth[digit]) < 5e-6)
        }
      }
    }
  }

  @Test("hidden sums are those of Double")
  func hiddenSums() {
    let network = FloatNetwork.random(inputs: 70, hidden: 112, activation: .relu, seed: 14)
    let row = Examples(count: 1, inputs: 70, seed: 15).row(0)
    for (sum, truth) in zip(network.hiddenSums(row.span), DoubleNetwork(network).sums(row)) {
      #expect(abs(Double(sum) - truth) < 2e-6)
    }
  }

  @Test("metrics count what the textbook reads right", arguments: [1, 63, 64, 65, 150])
  func scoreCounts(count: Int) {
    let network = FloatNetwork.random(inputs: 30, hidden: 32, activation: .relu, seed: 16)
    var examples = Examples(count: count, inputs: 30, seed: 17)
    for index in stride(from: 0, to: count, by: 2) {
      examples.labels[index] = network.digit(examples.row(index))
    }
    let right = (0..<count).count { network.digit(examples.row($0)) == examples.labels[$0] }
    let metrics = Evaluator(network, examples: count).evaluate(examples.source)
    #expect(metrics.count == count && metrics.correct == right)
    #expect(metrics.accuracy == Double(right) / Double(count))
    #expect(abs(Double(metrics.loss) - DoubleNetwork(network).loss(examples)) < 1e-5)
  }

  @Test("of no examples nothing is read, and that is no accuracy")
  func emptySource() {
    let network = FloatNetwork(inputs: 4, hidden: 16, classes: 10, activation: .relu, seed: 1)
    let empty = StoredExamples(features: Span(), labels: [], inputs: 4)
    let metrics = Evaluator(network, examples: 0).evaluate(empty)
    #expect(metrics == Metrics() && metrics.accuracy == 0)
  }

  @Test("more right is better; of equally many, the lower loss")
  func betterScores() {
    func evaluate(_ correct: Int, _ loss: Float) -> Metrics {
      var metrics = Metrics()
      metrics.count = 10
      metrics.correct = correct
      metrics.loss = loss
      return metrics
    }
    #expect(evaluate(6, 2).isBetter(than: evaluate(5, 1)))
    #expect(!evaluate(5, 1).isBetter(than: evaluate(6, 2)))
    #expect(evaluate(5, 1).isBetter(than: evaluate(5, 2)))
    #expect(!evaluate(5, 1).isBetter(than: evaluate(5, 1)))
  }
}
