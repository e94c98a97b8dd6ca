import Network
import SIMDMath
import Testing

@Suite("Reproducibility")
struct ReproducibilityTests {
  private func trained(_ optimizer: Optimizer, batch: Int, threads: Int) throws -> FloatNetwork {
    // Column blocks of 8 and 1; a last batch that is not full.
    let network = FloatNetwork(inputs: 50, hidden: 144, classes: 10, activation: .relu, seed: 21)
    var plan = TrainingPlan()
    plan.optimizer = optimizer
    plan.learningRate = optimizer == .adamw ? 0.01 : optimizer == .momentum ? 0.1 : 0.5
    plan.batch = batch
    plan.epochs = 2
    plan.threads = threads
    let source = Examples(count: 210, inputs: 50, seed: 22).source
    let validation = Examples(count: 70, inputs: 50, seed: 23).source
    return try Trainer(network, plan: plan, source: source, validation: validation).train()
  }

  @Test(
    "one, two and three threads give the same network, bit for bit",
    arguments: Optimizer.allCases, [1, 64, 100])
  func threadsDoNotMatter(optimizer: Optimizer, batch: Int) throws {
    let one = try trained(optimizer, batch: batch, threads: 1).bits
    for threads in [2, 3] {
      #expect(try trained(optimizer, batch: batch, threads: threads).bits == one)
    }
    let untrained = FloatNetwork(inputs: 50, hidden: 144, classes: 10, activation: .relu, seed: 21)
    #expect(one != untrained.bits)
  }

  @Test("more threads than rows and samples have some left over, and change nothing")
  func moreThreadsThanWork() throws {
    func trained(threads: Int) throws -> [UInt32] {
      let network = FloatNetwork(inputs: 3, hidden: 16, classes: 10, activation: .tanh, seed: 31)
      var plan = TrainingPlan.steady(.adamw, rate: 0.01, batch: 17)
      plan.threads = threads
      let source = Examples(count: 17, inputs: 3, seed: 32).source
      let trainer = Trainer(network, plan: plan, source: source, validation: nil)
      _ = try trainer.runEpoch(1)
      return [trainer.evaluate(source).loss.bitPattern]
    }
    #expect(try trained(threads: 24) == trained(threads: 1))
  }

  @Test("the evaluator's logits do not depend on its threads")
  func evaluationThreads() {
    let network = FloatNetwork.random(inputs: 50, hidden: 48, activation: .tanh, seed: 24)
    let source = Examples(count: 130, inputs: 50, seed: 25).source
    let one = Evaluator(network, examples: 130, threads: 1).logits(source)
    #expect(Evaluator(network, examples: 130, threads: 3).logits(source) == one)
  }
}
