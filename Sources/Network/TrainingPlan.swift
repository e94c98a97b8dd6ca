import Kernels

/// How weights follow gradients.
public enum Optimizer: String, Sendable, CaseIterable {
  /// The textbook's step.
  case sgd
  /// With momentum 0.9.
  case momentum
  /// Adam with decoupled weight decay.
  case adamw
}

/// How the learning rate changes from the first step to the last.
public enum Schedule: String, Sendable, CaseIterable {
  /// It rises to its highest in the first twentieth of all steps and falls to 0 along half a cosine in the
  /// rest (Loshchilov and Hutter, 2017).
  case cosine
  /// It stays.
  case constant
}

/// Everything that decides how a network is trained, but for the digits.
public struct TrainingPlan: Sendable {
  /// How weights follow gradients.
  public var optimizer: Optimizer = .adamw
  /// Examples a step; 1 is the textbook algorithm.
  public var batch = 64
  /// η at its highest.
  public var learningRate: Float = 1e-3
  /// The most epochs.
  public var epochs = 12
  /// How η changes.
  public var schedule = Schedule.cosine
  /// λ of AdamW.
  public var weightDecay: Float = 0.01
  /// ε: targets are 1 - ε + ε/10 and ε/10 instead of 1 and 0 (Szegedy et al., 2016).
  public var labelSmoothing: Float = 0
  /// Training has converged when so many epochs in a row read the validation examples worse than the
  /// best by more than chance (``Score/isAsGood(as:)``); nil is half of all, but at least 12. Epochs that
  /// are merely no better do not count: the last ones, at the lowest rates, are worth waiting for.
  public var patience: Int?
  /// Where the order of the digits comes from.
  public var seed: UInt64 = 1
  /// How many threads take part. Results do not depend on it.
  public var threads = 1

  /// The defaults.
  public init() {}

  /// The rate of step `step` of `steps`, counted from 0.
  public func rate(step: Int, of steps: Int) -> Float {
    if schedule == .constant { return learningRate }
    let warmup: Float = 0.05
    let position = (Float(step) + 0.5) / Float(max(1, steps))
    if position < warmup { return learningRate * position / warmup }
    let angle = Float.pi * (position - warmup) / (1 - warmup)
    return learningRate * 0.5 * (1 + sineAndCosine(angle).cosine)
  }
}

/// Why there is no trained network.
public enum TrainingError: Error, Sendable, Equatable {
  /// The loss is no longer a number, or the best epoch's is ten times that of guessing: the learning rate
  /// is too high.
  case diverged(epoch: Int, step: Int)
  /// The best epoch reads no more than a fifth of the digits right, where guessing reads a tenth: the
  /// learning rate is too high and every hidden unit is off, or too low.
  case learnedNothing
  /// It was asked to stop before the first epoch was done.
  case stopped
}

/// How often examples were read right, and how surely.
public struct Score: Sendable, Equatable {
  /// Examples.
  public var count = 0
  /// Examples whose largest logit is that of their digit.
  public var correct = 0
  /// Mean cross-entropy in nats.
  public var loss: Float = 0

  /// Share read right, 0 ... 1.
  public var accuracy: Double { count == 0 ? 0 : Double(correct) / Double(count) }

  /// Nothing read yet.
  public init() {}

  /// Whether this is better: more read right or, of equally many, more surely.
  public func isBetter(than other: Score) -> Bool {
    correct != other.correct ? correct > other.correct : loss < other.loss
  }

  /// Whether this reads no more examples wrong than the best and one standard error, the square root of
  /// what the best reads wrong. So many more or less are chance, and of epochs that chance alone tells
  /// apart the later one, at a lower rate, is the better one to keep (the one-standard-error rule of
  /// Breiman, Friedman, Olshen and Stone, 1984).
  public func isAsGood(as best: Score) -> Bool {
    let wrong = Float(best.count - best.correct)
    return correct + Int(wrong.squareRoot()) >= best.correct
  }
}
