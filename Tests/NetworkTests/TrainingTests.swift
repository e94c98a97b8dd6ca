import Network
import SIMDMath
import Testing

@Suite("Training")
struct TrainingTests {
  private let network = FloatNetwork(
    inputs: 40, hidden: 32, classes: 10, activation: .relu, seed: 41)
  private let examples = Examples(count: 300, inputs: 40, seed: 42)

  @Test("every optimizer learns to read patterns it has not seen", arguments: Optimizer.allCases)
  func learns(optimizer: Optimizer) throws {
    var plan = TrainingPlan()
    plan.optimizer = optimizer
    plan.learningRate = optimizer == .adamw ? 0.01 : optimizer == .momentum ? 0.05 : 0.3
    plan.batch = 16
    plan.epochs = 8
    let trained = try Trainer(network, plan: plan, source: examples.source, validation: nil).train()
    let other = Examples(count: 200, inputs: 40, seed: 43)
    let metrics = Evaluator(trained, examples: 200).evaluate(other.source)
    #expect(metrics.accuracy > 0.97)
  }

  @Test(
    "a learning rate of a million ends in an error and not in a network",
    arguments: Optimizer.allCases, everyActivation)
  func diverges(optimizer: Optimizer, activation: ActivationFunction) {
    let network = FloatNetwork(
      inputs: 40, hidden: 32, classes: 10, activation: activation, seed: 41)
    var plan = TrainingPlan()
    plan.optimizer = optimizer
    plan.learningRate = 1e6
    plan.batch = 16
    plan.epochs = 20
    let trainer = Trainer(network, plan: plan, source: examples.source, validation: nil)
    // Numbers overflow; or rectifiers switch off all units; or saturated ones leave an enormous loss.
    #expect(throws: TrainingError.self) { try trainer.train() }
  }

  @Test("a loss that is no number is noticed in its own epoch")
  func divergenceIsLocated() {
    var broken = network
    broken.parameters[broken.layout.total - 1][3] = .nan
    let plan = TrainingPlan.steady(.sgd, rate: 0.1, batch: 100, epochs: 3)
    let trainer = Trainer(broken, plan: plan, source: examples.source, validation: nil)
    #expect(throws: TrainingError.diverged(epoch: 1, step: 1)) { try trainer.train() }
  }

  /// Validation digits that the network of the first epoch reads all right, and later ones do not: what
  /// is learned has nothing to do with them.
  private func fading(_ plan: TrainingPlan) throws -> (first: FloatNetwork, validation: Examples) {
    var one = plan
    one.epochs = 1
    let first = try Trainer(network, plan: one, source: examples.source, validation: nil).train()
    var validation = Examples(count: 100, inputs: 40, seed: 44, noise: 2)
    for index in 0..<100 { validation.labels[index] = first.digit(validation.row(index)) }
    return (first, validation)
  }

  @Test(
    "the weights of the best validation epoch come back, and training stops when those after it are worse"
  )
  func bestEpochAndPatience() throws {
    var plan = TrainingPlan.steady(.sgd, rate: 0.3, batch: 16, epochs: 9)
    plan.patience = 3
    let (first, validation) = try fading(plan)
    let trainer = Trainer(
      network, plan: plan, source: examples.source, validation: validation.source)
    var epochs: [Trainer.Epoch] = []
    let result = try trainer.train(report: { epochs.append($0) })
    #expect(epochs.map(\.number) == [1, 2, 3, 4])
    #expect(epochs.map(\.isKept) == [true, false, false, false])
    #expect(epochs.map(\.validation.accuracy).dropFirst().allSatisfy { $0 < 1 })
    #expect(result.bits == first.bits)
    #expect(Evaluator(result, examples: 100).evaluate(validation.source) == epochs[0].validation)
  }

  @Test("epochs that are as good as the best do not end training")
  func standstill() throws {
    let (first, _) = try fading(.steady(.sgd, rate: 0.3, batch: 16, epochs: 1))
    var plan = TrainingPlan.steady(.sgd, rate: 0, batch: 16, epochs: 5)
    plan.patience = 2
    var epochs: [Trainer.Epoch] = []
    _ = try Trainer(first, plan: plan, source: examples.source, validation: examples.source)
      .train(report: { epochs.append($0) })
    #expect(epochs.map(\.number) == [1, 2, 3, 4, 5])
    #expect(epochs.allSatisfy { $0.isKept && $0.validation == epochs[0].validation })
  }

  @Test("without validation the last epoch stays, and no epoch is too many")
  func lastEpochWithoutValidation() throws {
    var plan = TrainingPlan.steady(.sgd, rate: 0.05, batch: 16, epochs: 5)
    plan.patience = 1
    var numbers: [Int] = []
    let trainer = Trainer(network, plan: plan, source: examples.source, validation: nil)
    let result = try trainer.train(report: { numbers.append($0.number) })
    #expect(numbers == [1, 2, 3, 4, 5])
    #expect(
      Evaluator(result, examples: 300).evaluate(examples.source)
        == trainer.evaluate(examples.source))
  }

  @Test("progress rises step by step to 1")
  func progress() throws {
    let plan = TrainingPlan.steady(.sgd, rate: 0.05, batch: 16, epochs: 2)
    var shares: [Double] = []
    var numbers: [Int] = []
    _ = try Trainer(network, plan: plan, source: examples.source, validation: nil).train(
      progress: { number, share in
        numbers.append(number)
        shares.append(share)
      })
    // 300 examples are 19 batches of at most 16.
    #expect(shares == (1...38).map { Double($0) / 38 })
    #expect(numbers == (0..<38).map { $0 / 19 + 1 })
  }
}
