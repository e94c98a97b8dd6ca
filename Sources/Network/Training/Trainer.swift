import SIMDMath

/// Trains a network: while not converged, for every batch of examples in random order, forward,
/// backward and one step of the weights.
///
/// All memory is taken when the trainer is made; an epoch allocates nothing.
package final class Trainer {
  /// The plan it follows.
  package let plan: TrainingPlan
  let source: any ExampleSource
  let validation: (any ExampleSource)?
  private let teacher: Teacher?
  let engine: BatchEngine
  let kept: AlignedBuffer<Vector>
  let untrained: FloatNetwork
  let stepsPerEpoch: Int
  /// Whether training ended because it was asked to.
  package private(set) var wasStopped = false
  // What follows is saved in a `TrainerState`.
  /// Epochs done.
  package internal(set) var epoch = 0
  /// Steps done.
  package internal(set) var step = 0
  var powers: (Float, Float) = (1, 1)
  var keptEpoch = 0
  var bestMetrics = Metrics()

  /// Takes all the memory that training needs.
  ///
  /// - Parameters:
  ///   - network: where training starts.
  ///   - plan: everything that decides how it is trained, but for the digits.
  ///   - source: what it is trained on; at least one example.
  ///   - validation: what decides which epoch is kept and when training has converged; nil keeps the
  ///     last epoch.
  ///   - teacher: a network of as many inputs whose answers are learned beside the digits.
  package init(
    _ network: FloatNetwork, plan: TrainingPlan, source: any ExampleSource,
    validation: (any ExampleSource)?, teacher: Teacher? = nil
  ) {
    precondition(source.count > 0 && source.inputs == network.inputs)
    precondition(teacher.map { $0.buffers.layout.inputs == network.inputs } ?? true)
    precondition(teacher.map { $0.buffers.layout.classes == network.classes } ?? true)
    precondition(teacher.map { $0.buffers.capacity >= plan.batch } ?? true)
    precondition(plan.batch > 0 && plan.epochs > 0 && plan.threads > 0)
    self.plan = plan
    self.source = source
    self.validation = validation
    self.teacher = teacher
    untrained = network
    let capacity = max(min(plan.batch, source.count), Batch.reading)
    engine = BatchEngine(
      network, capacity: capacity, examples: max(source.count, validation?.count ?? 0),
      moments: plan.optimizer.moments, threads: plan.threads)
    kept = AlignedBuffer(repeating: Vector(), count: network.layout.total)
    kept.copy(from: engine.buffers.parameters)
    stepsPerEpoch = (source.count + plan.batch - 1) / plan.batch
  }

  /// Examples of an epoch, those of no class included.
  package var exampleCount: Int { source.count }

  /// Steps of all epochs.
  package var steps: Int { plan.epochs * stepsPerEpoch }

  /// Ten times the loss of guessing, ln K. Saturated units keep numbers finite at any learning rate, but
  /// not small.
  private var hopelessLoss: Float { 10 * logarithm(Float(untrained.classes)) }

  /// What an epoch came to.
  package struct Epoch: Sendable {
    /// Its number, from 1.
    package var number = 0
    /// How it read its own examples, each before the step it took part in.
    package var training = Metrics()
    /// How the network then read the validation examples, if there are any.
    package var validation = Metrics()
    /// Whether its network is kept, since it is as good as the best: see ``Metrics/isAsGood(as:)``.
    package var isKept = false
  }

  /// Trains until the plan's last epoch, convergence, or a request to stop.
  ///
  /// - Parameters:
  ///   - stop: asked after each step whether to end training there. What was kept so far is then the
  ///     result; before the first epoch's end there is none, and the error is `stopped`.
  ///   - progress: called after each step with the fraction done, 0 ... 1.
  ///   - report: called after each epoch, when ``state`` is that after the epoch.
  /// - Returns: the network that was kept last.
  package func train(
    stop: () -> Bool = { false }, progress: (Int, Double) -> Void = { _, _ in },
    report: (Epoch) -> Void = { _ in }
  ) throws(TrainingError) -> FloatNetwork {
    while epoch < plan.epochs && !hasConverged {
      let number = epoch + 1
      let training: Metrics
      do throws(TrainingError) {
        training = try runEpoch(number, stop: stop) { progress(number, $0) }
      } catch {
        guard error == .stopped, keptEpoch > 0 else { throw error }
        wasStopped = true
        break
      }
      report(finishEpoch(training))
    }
    return try result()
  }

  /// Whether no epoch was worth keeping for as long as the plan is patient.
  package var hasConverged: Bool {
    epoch - keptEpoch >= plan.patience ?? max(12, plan.epochs / 2)
  }

  /// Validates, and keeps the parameters if they are as good as the best.
  package func finishEpoch(_ training: Metrics) -> Epoch {
    epoch += 1
    var result = Epoch()
    result.number = epoch
    result.training = training
    if let validation { result.validation = evaluate(validation) }
    let metrics = validation == nil ? training : result.validation
    if validation == nil || keptEpoch == 0 || metrics.isBetter(than: bestMetrics) {
      bestMetrics = metrics
    }
    if validation == nil || metrics.isAsGood(as: bestMetrics) {
      result.isKept = true
      keptEpoch = epoch
      kept.copy(from: engine.buffers.parameters)
    }
    return result
  }

  /// The network of the best epoch, if it learned anything.
  package func result() throws(TrainingError) -> FloatNetwork {
    engine.buffers.parameters.copy(from: kept)
    if keptEpoch > 0 {
      let isByFew = validation.map { $0.count < Trainer.fewDigits } ?? false
      let judged = isByFew ? evaluate(source) : bestMetrics
      let isTold = !isByFew || judged.count >= Trainer.fewDigits
      // Twice as good as guessing, but of two classes, which leave no room for that.
      let guessing = 1 / Double(untrained.classes)
      if isTold, judged.accuracy < min(2 * guessing, (1 + guessing) / 2) { throw .learnedNothing }
      if judged.loss > hopelessLoss { throw .diverged(epoch: keptEpoch, step: step) }
    }
    var network = untrained
    network.parameters = engine.buffers.saved(engine.buffers.parameters)
    guard network.isFinite else { throw .diverged(epoch: plan.epochs, step: step) }
    return network
  }

  /// How a few validation digits are read is chance: of fewer than this, the digits trained on tell whether
  /// something was learned; and where those are as few, nobody can tell.
  private static let fewDigits = 50

  /// One pass over all examples. Allocates nothing.
  ///
  /// - Parameters:
  ///   - number: the epoch's, from 1.
  ///   - stop: asked after each step whether to end training there.
  ///   - progress: called after each step with the fraction of all epochs' steps that is done, 0 ... 1.
  /// - Returns: how each example was read before the step it took part in.
  package func runEpoch(
    _ number: Int, stop: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws(TrainingError) -> Metrics {
    var pass = begin(number)
    while pass.start < source.count {
      try advance(&pass)
      progress(Double(step) / Double(steps))
      if stop() { throw .stopped }
    }
    return metrics(of: pass)
  }

  /// How far a pass over all examples has come.
  package struct Pass {
    /// The number of its epoch, from 1.
    package let number: Int
    /// How many examples are done.
    package fileprivate(set) var start = 0
    fileprivate var metrics = Metrics()

    fileprivate init(_ number: Int) { self.number = number }
  }

  /// Starts a pass: the examples are put in the order of the epoch.
  package func begin(_ number: Int) -> Pass {
    engine.buffers.shuffle(count: source.count, seed: plan.seed, epoch: number)
    return Pass(number)
  }

  /// Learns the next batch of a pass, of which there must be one.
  package func advance(_ pass: inout Pass) throws(TrainingError) {
    var batch = Batch(of: source, from: pass.start, most: plan.batch)
    batch.epoch = pass.number
    batch.smoothing = plan.labelSmoothing
    batch.teacher = teacher
    engine.train(batch, step: nextStep())
    pass.metrics.add(engine.metrics)
    guard pass.metrics.loss.isFinite else { throw .diverged(epoch: pass.number, step: step) }
    pass.start += batch.count
  }

  /// How the examples of a pass were read, each before the step it took part in.
  package func metrics(of pass: Pass) -> Metrics { pass.metrics.mean }

  /// How the network reads other examples as it is now. Allocates nothing.
  package func evaluate(_ source: any ExampleSource) -> Metrics { engine.evaluate(source) }

  private func nextStep() -> UpdateStep {
    let rate = plan.rate(step: step, of: steps)
    step += 1
    return plan.optimizer.step(rate: rate, decay: plan.weightDecay, powers: &powers)
  }
}
