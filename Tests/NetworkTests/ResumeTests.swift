import Network
import SIMDMath
import Testing

@Suite("Training that goes on")
struct ResumeTests {
  private func trainer(_ optimizer: Optimizer, threads: Int, epochs: Int = 5) -> Trainer {
    let network = FloatNetwork(inputs: 50, hidden: 48, classes: 10, activation: .relu, seed: 21)
    var plan = TrainingPlan()
    plan.optimizer = optimizer
    plan.learningRate = optimizer == .adamw ? 0.01 : optimizer == .momentum ? 0.1 : 0.5
    plan.batch = 32
    plan.epochs = epochs
    plan.threads = threads
    return Trainer(
      network, plan: plan, source: Examples(count: 210, inputs: 50, seed: 22).source,
      validation: Examples(count: 70, inputs: 50, seed: 23).source)
  }

  @Test(
    "interrupted after any epoch and resumed, the network is the same, bit for bit",
    arguments: Optimizer.allCases, [1, 2])
  func sameBits(optimizer: Optimizer, threads: Int) throws {
    var states: [TrainerState] = []
    let whole = trainer(optimizer, threads: threads)
    let expected = try whole.train(report: { _ in states.append(whole.state) }).bits
    #expect(states.map(\.epoch) == [1, 2, 3, 4, 5])
    for state in states {
      // With the other number of threads, too.
      let second = trainer(optimizer, threads: 3 - threads)
      #expect(second.resume(from: state))
      #expect(try second.train().bits == expected)
    }
  }

  @Test("asked to stop in the first epoch, there is no network")
  func stoppedEarly() {
    #expect(throws: TrainingError.stopped) {
      try trainer(.adamw, threads: 1).train(stop: { true })
    }
  }

  @Test("asked to stop later, the best epoch so far is the result")
  func stoppedLater() throws {
    let one = trainer(.adamw, threads: 1)
    var best: [UInt32] = []
    var steps = 0
    // Seven steps an epoch: in the third.
    let network = try one.train(
      stop: {
        steps += 1
        return steps > 17
      },
      report: { _ in best = one.state.best.flatMap { v in (0..<16).map { v[$0].bitPattern } } })
    #expect(one.wasStopped && one.epoch == 2 && network.bits == best)
  }

  @Test("a state of another trainer, or one that cannot be, is refused and changes nothing")
  func refused() {
    let one = trainer(.adamw, threads: 1)
    let good = one.state
    #expect(good.isSound)
    #expect(!trainer(.sgd, threads: 1).resume(from: good))
    let changes: [(inout TrainerState) -> Void] = [
      { $0.epoch = 6 }, { $0.epoch = -1 }, { $0.step = 3 }, { $0.step = .max },
      { $0.power1 = .nan }, { $0.keptEpoch = 1 }, { $0.bestMetrics.loss = .infinity },
      { $0.bestMetrics.correct = 1 }, { $0.parameters.removeLast() }, { $0.best.removeAll() },
      { $0.moments[1][0][3] = .nan }, { $0.moments.removeLast() },
    ]
    for change in changes {
      var state = good
      change(&state)
      #expect(!one.resume(from: state) && one.state == good)
    }
    #expect(one.resume(from: good))
  }
}
