import CommandLineSupport
import Network
import Pipeline
import Quantizer

extension Failure {
  /// Why training gave no model image.
  init(_ error: TrainingRunError) {
    switch error {
    case .training(.diverged(let epoch, _), let signs):
      self.init(
        .data,
        "training diverged in epoch \(epoch): the loss grew out of bounds; nothing was written; "
          + signs.advice(hasGrown: true))
    case .training(.learnedNothing, let signs):
      self.init(
        .data,
        "training learned nothing: \(signs.seen); nothing was written; "
          + signs.advice(hasGrown: signs.hasGrown))
    case .training(.stopped, _):
      self.init(Interruption.code, "stopped before the first epoch was done; no image was written")
    case .checkpoint(let error):
      self.init(.data, "the checkpoint cannot be resumed (\(error))")
    case .quantization(let error):
      self.init(.data, "the network has no Int8 form: \(error.explanation); \(error.advice)")
    }
  }
}

extension QuantizationError {
  /// What to try, in a clause.
  fileprivate var advice: String {
    switch self {
    case .notFinite, .biasTooLarge: "try a lower --learning-rate"
    case .rejected: "leave --import out, or report this with the options that were given"
    }
  }
}

extension TrainingSigns {
  /// Whether the loss became larger than that of guessing, and stayed so.
  var hasGrown: Bool { (lastLoss ?? 0) > max(1.2 * guessingLoss, 0.9 * (firstLoss ?? 0)) }

  /// What became of the loss, in a clause.
  var seen: String {
    if picturesAreEqual { return "all training pictures are the same" }
    guard let firstLoss, let lastLoss else { return "no epoch was done" }
    func text(_ loss: Float) -> String { NumberText.fixed(Double(loss), decimals: 4) }
    if hasGrown {
      return "the loss grew to \(text(lastLoss)), where guessing has \(text(guessingLoss))"
    }
    if abs(lastLoss - firstLoss) < 0.02 * firstLoss {
      return "the loss did not move from \(text(lastLoss))"
    }
    return "the loss went only from \(text(firstLoss)) to \(text(lastLoss))"
  }

  /// What to try, in a clause. A rate is advised where another one would help, and one that is usual
  /// where such a one was not used.
  func advice(hasGrown: Bool) -> String {
    if picturesAreEqual { return "check the pictures of --data" }
    if rate > 2 * usualRate || rate < usualRate / 2 { return "try --learning-rate \(usualRate)" }
    // Of the decimal number: a tenth of the binary one has more digits than anybody would type.
    let tenth = (Double(rate.description) ?? Double(rate)) / 10
    if hasGrown { return "try --learning-rate \(tenth)" }
    return "check that the labels of --data belong to its pictures, or try more --epochs"
  }
}
