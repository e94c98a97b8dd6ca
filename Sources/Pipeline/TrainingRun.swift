import CommandLineSupport
import Digits
import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Threads

/// From digits to a model image: trains, quantizes, and compares both on test digits that nothing
/// before has seen.
package struct TrainingRun {
  /// What is asked for.
  package private(set) var request: TrainingRequest
  let training: DigitSet
  let validation: DigitSet
  let test: DigitSet
  /// What a person should be told of the data, a sentence each.
  package let notes: [String]

  /// Brings the digits together.
  ///
  /// 5,000 training digits are held out for validation; of fewer than 60,000 one in twelve, and one at
  /// least. Where a data set has none to test on, one in seven is held out for that first.
  package init(_ request: TrainingRequest) throws(DigitsError) {
    self.request = request
    if let path = request.data.path {
      var data = try request.stored(path)
      notes = data.notes
      test = data.test
      validation = data.training.hold(
        max(1, min(TrainingRun.heldOut, data.training.count / 12)), seed: request.plan.seed)
      training = data.training
      if case .both = request.data {
        trainCount = training.count + training.count / 2
      } else {
        trainCount = training.count
      }
    } else {
      guard Memory.has(request.bytes(drawing: TrainingRun.drawnBefore)) else {
        throw DigitsError.noMemory("built-in handwriting")
      }
      notes = []
      let handwriting = Handwriting(seed: request.plan.seed)
      let threads = request.plan.threads
      let first = handwriting.set(
        count: TrainingRun.heldOut + TrainingRun.calibrated, stream: .training, threads: threads)
      validation = first.subset(Array(0..<TrainingRun.heldOut))
      training = first.subset(Array(TrainingRun.heldOut..<first.count))
      trainCount = request.drawnCount
      test =
        try request.testDigits()
        ?? handwriting.set(count: TrainingRun.drawnTests, stream: .test, threads: threads)
    }
  }

  /// Digits held out for validation, one in twelve at most.
  static let heldOut = 5_000
  /// Digits drawn to calibrate the integers when there is no data set.
  private static let calibrated = 2_000
  /// Digits drawn to test on, and all that are drawn before training begins.
  private static let drawnTests = 10_000
  private static let drawnBefore = heldOut + calibrated + drawnTests

  /// Digits trained on in an epoch.
  package let trainCount: Int
  /// Digits that decide which epoch is kept.
  package var validationCount: Int { validation.count }
  /// Digits tested on.
  package var testCount: Int { test.count }
  /// Name of the data trained on.
  package var dataset: String {
    if case .both = request.data { return training.name + " and built-in" }
    return training.name
  }
  /// What the classes are called, in the order of the network's outputs.
  package var classNames: [String] { training.classNames }
  /// Name of the data tested on.
  package var testName: String { test.name }

  /// Trains a network of another shape than was asked for.
  package mutating func use(_ shape: ModelShape) {
    request.inputSpec = shape.inputSpec
    request.hidden = shape.hidden
  }

  /// Trains, quantizes and compares.
  ///
  /// - Parameters:
  ///   - progress: called after each step with the epoch and the fraction done, 0 ... 1.
  ///   - report: called after each epoch.
  ///   - control: when to stop, where to go on from, and what to save on the way.
  package func run(
    control: TrainingControl = TrainingControl(), progress: (Int, Double) -> Void,
    report: (Trainer.Epoch) -> Void
  ) throws(TrainingRunError) -> Outcome {
    let inputSpec = request.inputSpec
    let threads = request.plan.threads
    let plain = training.preprocessed(by: inputSpec, threads: threads)
    let held = validation.preprocessed(by: inputSpec, threads: threads)
    let source = examples(plain)
    if let imported = request.imported, !request.isTraining {
      var watch = Stopwatch()
      watch.stop()
      return try finish(Trained(imported.network, watch), plain)
    }
    var epochs: [Trainer.Epoch] = []
    var control = control
    if control.every > 0 { control.identity = identity }
    var watch = Stopwatch()
    var teacher: [Vector]? = control.resumed?.teacher
    var passes = 0
    if let hidden = request.teacher, teacher == nil {
      let trainer = trainer(hidden, source, held, teacher: nil)
      teacher = try train(trainer, teacher: nil, control, progress) { _ in passes += 1 }.parameters
    }
    let trainer = trainer(request.hidden, source, held, teacher: teacher)
    let network = try train(trainer, teacher: teacher, control, progress) { epoch in
      epochs.append(epoch)
      report(epoch)
    }
    watch.stop()
    passes += epochs.count
    var trained = Trained(network, watch)
    trained.epochs = epochs
    trained.epochCount = trainer.epoch
    trained.wasStopped = trainer.wasStopped
    trained.samples = source.count * passes
    return try finish(trained, plain)
  }

  /// A trainer of a network of so many hidden units, taught by one with these parameters.
  func trainer(
    _ hidden: Int, _ source: any ExampleSource, _ validation: StoredExamples, teacher: [Vector]?
  ) -> Trainer {
    let plan = request.completePlan
    func network(_ hidden: Int) -> FloatNetwork {
      FloatNetwork(
        inputs: source.inputs, hidden: hidden, classes: training.classNames.count,
        activation: request.activation, seed: plan.seed)
    }
    var taught: Teacher?
    if let teacher, let width = request.teacher {
      var wide = network(width)
      wide.parameters = teacher
      taught = Teacher(wide, batch: plan.batch, threads: plan.threads)
    }
    // A teacher begins anew.
    let start = teacher == nil && request.teacher != nil ? nil : request.imported?.network
    return Trainer(
      start ?? network(hidden), plan: plan, source: source, validation: validation, teacher: taught)
  }

  /// Trains from the start or, if it is this trainer's, from the checkpoint.
  private func train(
    _ trainer: Trainer, teacher: [Vector]?, _ control: TrainingControl,
    _ progress: (Int, Double) -> Void, _ report: (Trainer.Epoch) -> Void
  ) throws(TrainingRunError) -> FloatNetwork {
    if let checkpoint = control.resumed, checkpoint.teacher == teacher,
      !trainer.resume(from: checkpoint.state)
    {
      throw .checkpoint(.malformed)
    }
    var signs = TrainingSigns(request, training)
    do {
      return try trainer.train(stop: control.stop, progress: progress) { epoch in
        report(epoch)
        signs.note(epoch)
        if control.every > 0 && epoch.number % control.every == 0 {
          control.save(
            Checkpoint(identity: control.identity, state: trainer.state, teacher: teacher))
        }
      }
    } catch {
      throw .training(error, signs)
    }
  }

  func examples(_ plain: StoredExamples) -> any ExampleSource {
    let seed = request.plan.seed
    func distortion(_ strengths: Augmentation.Strengths) -> Distortion {
      Distortion(
        Augmentation(request.augmentation, strengths), request.inputSpec, seed: seed)
    }
    func drawn(_ count: Int, others: Int) -> DrawnExamples {
      // Drawn digits are displaced further than collected ones.
      var strengths = Augmentation.Strengths()
      strengths.sigma = 2
      return DrawnExamples(
        handwriting: Handwriting(seed: seed), digits: count, others: others,
        first: TrainingRun.heldOut, distortion: distortion(strengths))
    }
    if case .builtIn = request.data { return drawn(trainCount, others: trainCount / 10) }
    let real: any ExampleSource =
      request.augmentation == .none
      ? plain
      : AugmentedExamples(
        digits: training, epochs: request.plan.epochs,
        distortion: distortion(Augmentation.Strengths()))
    guard case .both = request.data else { return real }
    return MixedExamples(first: real, second: drawn(training.count / 2, others: training.count / 5))
  }
}
