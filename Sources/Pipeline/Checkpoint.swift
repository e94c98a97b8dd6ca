import Digits
import Int8Runtime
import Network
import SIMDMath

/// A training that can be resumed: what it is, and how far it has come.
package struct Checkpoint: Sendable, Equatable {
  /// Everything that decides the result, to compare with what is asked for now.
  package var identity: [IdentityField]
  /// The trainer's state.
  package var state: TrainerState
  /// The parameters of the teacher, once it is trained.
  package var teacher: [Vector]?

  /// A checkpoint of these parts.
  package init(identity: [IdentityField], state: TrainerState, teacher: [Vector]?) {
    self.identity = identity
    self.state = state
    self.teacher = teacher
  }
}

/// One thing that decides the result of a training.
package struct IdentityField: Sendable, Equatable {
  /// The option it comes from, without its dashes.
  package var name: String
  /// What was given for it.
  package var value: String

  /// `--name` was `value`.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// When a training stops, where it goes on from, and what it saves on the way.
package struct TrainingControl {
  /// Asked after each step whether to stop there.
  package var stop: () -> Bool = { false }
  /// Where to go on from; nil begins anew.
  package var resumed: Checkpoint?
  /// A checkpoint is saved after every so many epochs; 0 for never.
  package var every = 0
  /// Keeps a checkpoint.
  package var save: (Checkpoint) -> Void = { _ in }

  /// What is saved with a checkpoint.
  var identity: [IdentityField] = []

  /// Neither stops nor saves anything.
  package init() {}
}

/// Why a checkpoint cannot be resumed.
package enum CheckpointError: Error, Sendable, Equatable {
  /// The bytes are no checkpoint.
  case notACheckpoint
  /// A version that is not known here.
  case unsupportedVersion
  /// More or fewer bytes than its header promises.
  case wrongLength
  /// Some bytes are not what they were.
  case checksum
  /// A field has a value that it cannot have.
  case malformed
  /// It belongs to a training with another value of an option.
  case otherTraining(option: String, was: String, now: String)
}

extension TrainingRun {
  /// Whatever decides the bytes of the model image; the number of threads does not.
  package var identity: [IdentityField] {
    let plan = request.completePlan
    let fields: [(String, String)] = [
      ("classes", classNames.joined(separator: ",")), ("hidden", "\(request.hidden)"),
      ("input", "\(request.inputSpec.side)"),
      ("deskew", request.inputSpec.deskew ? "on" : "off"),
      ("activation", "\(request.activation)"), ("augment", request.augmentation.rawValue),
      ("teacher", request.teacher.map { "\($0)" } ?? "none"),
      ("optimizer", plan.optimizer.rawValue), ("schedule", plan.schedule.rawValue),
      ("batch", "\(plan.batch)"),
      ("learning-rate", "\(plan.learningRate)"), ("epochs", "\(plan.epochs)"),
      ("seed", "\(plan.seed)"),
      ("import", request.imported.map { "\($0.file), \($0.checksum)" } ?? "none"),
      // Behind the seed, which built-in digits follow from: the first difference is the one told.
      ("data", "\(dataset), \(trainCount) digits, \(training.checksum) \(validation.checksum)"),
      ("test-data", "\(testName), \(testCount) digits, \(test.checksum)"),
    ]
    return fields.map { IdentityField(name: $0.0, value: $0.1) }
  }

  /// Refuses a checkpoint of another training.
  package func check(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let now = identity
    guard checkpoint.identity.map({ $0.name }) == now.map({ $0.name }) else {
      throw .unsupportedVersion
    }
    for (was, now) in zip(checkpoint.identity, now) where was != now {
      throw .otherTraining(option: now.name, was: was.value, now: now.value)
    }
    guard request.teacher != nil || checkpoint.teacher == nil else { throw .malformed }
    if let width = request.teacher, let teacher = checkpoint.teacher {
      let layout = ParameterLayout(
        inputs: request.inputSpec.inputs, hidden: width, classes: classNames.count)
      guard teacher.count == layout.total else { throw .malformed }
    }
  }
}
