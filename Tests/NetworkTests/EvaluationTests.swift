import Network
import SIMDMath
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  @Test(
    "the engine's logits are the textbook's, and those of Double",
    arguments: everyActivation)
  func logitsMatch(activation: ActivationFunction) {
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

  @Test("examples of no class teach that none is likely, and do not count")
  func noClassExamples() throws {
    let digits = Examples(count: 300, inputs: 60, seed: 18)
    // What is of no class has ink everywhere.
    let source = WithNoClass(examples: digits.source)
    var plan = TrainingPlan()
    plan.epochs = 30
    plan.learningRate = 0.01
    let start = FloatNetwork(inputs: 60, hidden: 32, classes: 10, activation: .relu, seed: 3)
    let trainer = Trainer(start, plan: plan, source: source, validation: nil)
    var counts: [Int] = []
    let network = try trainer.train(report: { counts.append($0.training.count) })
    #expect(counts == Array(repeating: 300, count: 30))
    let metrics = Evaluator(network, examples: 600).evaluate(source)
    #expect(metrics.count == 300 && metrics.accuracy > 0.9)
    let logits = Evaluator(network, examples: 600).logits(source)
    let sure = logits.map { logits in
      let shares = softmax(logits)
      return (0..<10).reduce(0) { max($0, shares[$1]) }
    }
    #expect(sure[..<300].count { $0 > 0.8 } > 200)
    #expect(sure[300...].allSatisfy { $0 < 0.5 })
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

/// Examples, and as many of no class, whose inputs are all but one inked.
private final class WithNoClass: ExampleSource {
  let examples: StoredExamples

  init(examples: StoredExamples) { self.examples = examples }

  var count: Int { 2 * examples.count }
  var inputs: Int { examples.inputs }

  func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    if index < examples.count { return examples.write(index, epoch: epoch, into: &features) }
    for i in 0..<inputs { features[i] = i == index % inputs ? 0 : 255 }
    return noClass
  }
}
