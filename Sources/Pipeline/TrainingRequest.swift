import Digits
import Int8Runtime
import Network
import SIMDMath

/// Everything a training run is asked for.
package struct TrainingRequest: Sendable {
  /// What to train on.
  package var data = DataChoice.builtIn
  /// Digits drawn an epoch when there is no data set, above 0.
  package var drawnCount = 60_000
  /// A data set to test on instead of the data's own test digits.
  package var testData: String?
  /// The classes to learn, in this order; nil for all that the data set has.
  package var classes: [String]?
  /// Whether rows and columns are exchanged in the data's files.
  package var isTransposed = false
  /// Hidden units, a multiple of 16.
  package var hidden = 128
  /// Hidden units of a wider network that is trained first and whose answers the network then learns
  /// beside the digits; nil for none.
  package var teacher: Int?
  /// How pictures are brought to the network.
  package var inputSpec = InputSpec(side: 28, deskew: true)
  /// The hidden layer's nonlinearity.
  package var activation = ActivationFunction.relu
  /// How digits are distorted in training.
  package var augmentation = Augmentation.Kind.elastic

  /// A network to begin with instead of a random one; its sizes are those above.
  package var imported: ImportedNetwork?
  /// Whether anything is trained: without it the imported network is quantized as it is.
  package var isTraining = true

  /// Training proper. Its learning rate is not used: see ``learningRate``.
  package var plan = TrainingPlan()
  /// η; nil is the optimizer's own for the size of the batch.
  package var learningRate: Float?

  /// The defaults.
  package init() {}

  /// The most classes that there can be, as far as is known before the data is read.
  package var mostClasses: Int {
    if let imported { return imported.network.classes }
    return classes?.count ?? (data == .builtIn ? 10 : ClassValues.most)
  }

  /// The recipe in a line, for the model image's header.
  package var summary: String {
    let plan = completePlan
    return "\(plan.optimizer.rawValue) batch=\(plan.batch) rate=\(plan.learningRate)"
      + " hidden=\(hidden)"
  }

  /// The plan with its learning rate.
  package var completePlan: TrainingPlan {
    var plan = plan
    plan.learningRate = learningRate ?? plan.optimizer.rate(batch: plan.batch)
    return plan
  }
}
