import Network
import Pipeline
import SIMDMath
import Testing

/// A training whose steps somebody takes one by one.
@Suite("A run in steps")
struct SteppedRunTests {
  private func request(_ change: (inout TrainingRequest) -> Void = { _ in }) -> TrainingRequest {
    var request = TrainingRequest()
    request.drawnCount = 2000
    request.hidden = 16
    request.plan.epochs = 3
    request.plan.seed = 5
    change(&request)
    return request
  }

  @Test("gives the image of a run in one go, byte for byte")
  func sameBytes() throws {
    let run = try TrainingRun(request())
    let stepped = SteppedRun(run)
    var epochs = 0
    while !stepped.isDone {
      if try stepped.step() != nil { epochs += 1 }
      #expect((0..<2200).contains(stepped.progress.done) && stepped.progress.all == 2200)
    }
    #expect(epochs == 3)
    let expected = try run.run(progress: { _, _ in }, report: { _ in })
    #expect(try stepped.finish().image == expected.image)
  }

  @Test("stopped before its first epoch is done gives what it has come to")
  func stoppedEarly() throws {
    let stepped = SteppedRun(try TrainingRun(request()))
    let before = stepped.trainer.network.parameters
    for _ in 0..<5 { #expect(try stepped.step() == nil) }
    #expect(stepped.progress.done == 5 * 64)
    let outcome = try stepped.finish()
    #expect(outcome.wasStopped && outcome.epochCount == 0)
    #expect(outcome.network.parameters != before)
  }

  @Test("tells of an example what the textbook makes of it")
  func watchedStep() throws {
    let stepped = SteppedRun(
      try TrainingRun(
        request {
          $0.plan.optimizer = .sgd
          $0.plan.batch = 1
          $0.plan.schedule = .constant
          $0.augmentation = .none
        }))
    var told = 0
    for _ in 0..<40 {
      let before = stepped.trainer.network
      let (values, _) = try stepped.watchedStep()
      var book = Textbook(before)
      let X = values.features.map { Float($0) / 255 }
      let Z = book.hidden(X)
      let Y = Textbook.softmax(book.output(Z))
      let rate = stepped.run.request.completePlan.learningRate
      for (z, expected) in zip(values.activations, Z) { #expect(abs(z - expected) < 1e-4) }
      for (index, error) in values.outputErrors.enumerated() {
        let target: Float = values.label == noClass ? 0.1 : index == values.label ? 1 : 0
        #expect(abs(error - (Y[index] - target)) < 1e-4)
      }
      // The textbook has a class for each example.
      if values.label == noClass { continue }
      told += 1
      book.learn((X, values.label), eta: rate)
      let after = Textbook(stepped.trainer.network).parameters
      for (parameter, expected) in zip(after, book.parameters) {
        #expect(abs(parameter - expected) < 1e-4)
      }
      // The bias follows the delta alone.
      for unit in 0..<16 {
        let change = stepped.trainer.network.hiddenBias(unit) - before.hiddenBias(unit)
        #expect(abs(change + rate * values.hiddenErrors[unit]) < 1e-6)
      }
    }
    #expect((20..<40).contains(told))
  }
}
