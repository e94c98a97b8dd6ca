import Digits
import Network

/// A training whose steps are taken by who holds it, when it likes: for what has no thread to spare. Its image is
/// the one that ``TrainingRun/run(control:progress:report:)`` gives, byte for byte. It has no teacher.
package final class SteppedRun {
  /// What is run.
  package let run: TrainingRun
  /// The network on its way.
  package let trainer: Trainer
  /// The epochs done.
  package private(set) var epochs: [Trainer.Epoch] = []
  private let plain: StoredExamples
  private var pass: Trainer.Pass

  /// Prepares the digits and takes all the memory that training needs.
  package init(_ run: TrainingRun) {
    precondition(run.request.teacher == nil && run.request.isTraining)
    let threads = run.request.plan.threads
    self.run = run
    plain = run.training.preprocessed(by: run.request.inputSpec, threads: threads)
    trainer = run.trainer(
      run.request.hidden, run.examples(plain),
      run.validation.preprocessed(by: run.request.inputSpec, threads: threads), teacher: nil)
    pass = trainer.begin(1)
  }

  /// Whether nothing is left to train.
  package var isDone: Bool { trainer.epoch >= run.request.plan.epochs || trainer.hasConverged }
  /// Examples done in the epoch that is going on, and all that it has.
  package var progress: (done: Int, all: Int) { (pass.start, trainer.exampleCount) }
  /// How those were read.
  package var metrics: Metrics { trainer.metrics(of: pass) }

  /// Learns the next batch; there must be one.
  ///
  /// - Returns: the epoch that it ended, if it did.
  package func step() throws(TrainingError) -> Trainer.Epoch? {
    precondition(!isDone)
    try trainer.advance(&pass)
    return finishedEpoch()
  }

  /// Learns the next example, where the plan has one a step, and tells what went on.
  package func watchedStep() throws(TrainingError) -> (StepValues, Trainer.Epoch?) {
    precondition(!isDone)
    let values = try trainer.advanceWatched(&pass)
    return (values, finishedEpoch())
  }

  private func finishedEpoch() -> Trainer.Epoch? {
    guard pass.start >= trainer.exampleCount else { return nil }
    let epoch = trainer.finishEpoch(trainer.metrics(of: pass))
    epochs.append(epoch)
    pass = trainer.begin(epoch.number + 1)
    return epoch
  }

  /// Quantizes what was kept, and tests it. Without an epoch done that is what the first one has come to so far.
  package func finish() throws(TrainingRunError) -> TrainingRun.Outcome {
    let network: FloatNetwork
    do throws(TrainingError) {
      network = epochs.isEmpty ? trainer.network : try trainer.result()
    } catch { throw .training(error, TrainingSigns(run.request, run.training)) }
    var watch = Stopwatch()
    watch.stop()
    var trained = TrainingRun.Trained(network, watch)
    trained.epochs = epochs
    trained.epochCount = trainer.epoch
    trained.wasStopped = !isDone
    return try run.finish(trained, plain)
  }
}
