import Digits
import Int8Runtime
import Network
import SIMDMath

/// What was seen of a training: from it follows what to try when it failed.
package struct TrainingSigns: Sendable {
  /// η of the training.
  package let rate: Float
  /// η that its optimizer has for its size of batch when none is asked for.
  package let usualRate: Float
  /// Mean loss of the first epoch of this run; nil if none was done.
  package private(set) var firstLoss: Float?
  /// Mean loss of the last.
  package private(set) var lastLoss: Float?
  /// Whether every training picture is the same.
  package let picturesAreEqual: Bool
  /// The loss of guessing, ln K.
  package let guessingLoss: Float

  init(_ request: TrainingRequest, _ training: DigitSet) {
    let plan = request.completePlan
    rate = plan.learningRate
    usualRate = plan.optimizer.rate(batch: plan.batch)
    picturesAreEqual = training.picturesAreEqual
    guessingLoss = logarithm(Float(training.classNames.count))
  }

  mutating func note(_ epoch: Trainer.Epoch) {
    firstLoss = firstLoss ?? epoch.training.loss
    lastLoss = epoch.training.loss
  }
}

extension DigitSet {
  /// Whether one picture is like another. Where two differ, this is usually seen at once.
  fileprivate var picturesAreEqual: Bool {
    for offset in pictureBytes..<max(pictureBytes, pixels.count)
    where pixels[offset] != pixels[offset - pictureBytes] { return false }
    return true
  }
}
