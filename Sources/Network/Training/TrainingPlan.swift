import SIMDMath

/// How the learning rate changes from the first step to the last.
package enum Schedule: String, Sendable, CaseIterable {
  /// It rises to its highest in the first twentieth of all steps and falls to 0 along half a cosine in the
  /// rest (Loshchilov and Hutter, 2017).
  case cosine
  /// The same rate at every step.
  case constant
}

/// Everything that decides how a network is trained, but for the digits.
package struct TrainingPlan: Sendable {
  /// How weights follow gradients.
  package var optimizer: Optimizer = .adamw
  /// Examples a step; 1 is the textbook algorithm.
  package var batch = 64
  /// η at its highest.
  package var learningRate: Float = 1e-3
  /// The most epochs.
  package var epochs = 12
  /// How η changes.
  package var schedule = Schedule.cosine
  /// λ of AdamW.
  package var weightDecay: Float = 0.01
  /// ε: targets are 1 - ε + ε/K and ε/K instead of 1 and 0 (Szegedy et al., 2016).
  package var labelSmoothing: Float = 0
  /// Training has converged when so many epochs in a row read the validation examples worse than the
  /// best by more than chance (``Metrics/isAsGood(as:)``); nil is half of all, but at least 12. Epochs that
  /// are merely no better do not count: the last ones, at the lowest rates, are worth waiting for.
  package var patience: Int?
  /// Where the order of the digits comes from.
  package var seed: UInt64 = 1
  /// How many threads take part. Results do not depend on it.
  package var threads = 1

  /// The defaults.
  package init() {}

  /// The learning rate of a step.
  ///
  /// - Parameters:
  ///   - step: its number, 0 ..< `steps`.
  ///   - steps: those of all epochs.
  package func rate(step: Int, of steps: Int) -> Float {
    if schedule == .constant { return learningRate }
    let warmup: Float = 0.05
    let position = (Float(step) + 0.5) / Float(max(1, steps))
    if position < warmup { return learningRate * position / warmup }
    let angle = Float.pi * (position - warmup) / (1 - warmup)
    return learningRate * 0.5 * (1 + sineAndCosine(angle).cosine)
  }
}

/// Why there is no trained network.
package enum TrainingError: Error, Sendable, Equatable {
  /// The loss is no longer a number, or the best epoch's is ten times that of guessing: the learning rate
  /// is too high.
  case diverged(epoch: Int, step: Int)
  /// The best epoch reads less than twice as many examples right as guessing does: the learning rate is too
  /// high and every hidden unit is off, or too low.
  case learnedNothing
  /// It was asked to stop before the first epoch was done.
  case stopped
}

/// How often examples were read right, and how surely. Examples of no class do not count.
package struct Metrics: Sendable, Equatable {
  /// How many examples were read.
  package var count = 0
  /// Examples whose largest logit is that of their digit.
  package var correct = 0
  /// Mean cross-entropy in nats.
  package var loss: Float = 0

  /// Fraction read right, 0 ... 1.
  package var accuracy: Double { count == 0 ? 0 : Double(correct) / Double(count) }

  /// Nothing read yet.
  package init() {}

  /// Adds what more examples came to, while the losses are still sums.
  mutating func add(_ other: Metrics) {
    count += other.count
    correct += other.correct
    loss += other.loss
  }

  /// The same once the losses' sum is their mean.
  var mean: Metrics {
    var result = self
    result.loss /= Float(max(1, count))
    return result
  }

  /// Whether this is better: more read right or, of equally many, more surely.
  package func isBetter(than other: Metrics) -> Bool {
    correct != other.correct ? correct > other.correct : loss < other.loss
  }

  /// Whether this reads no more examples wrong than the best and one standard error, the square root of
  /// what the best reads wrong. So many more or less are chance, and of epochs that chance alone tells
  /// apart the later one, at a lower rate, is the better one to keep (the one-standard-error rule of
  /// Breiman, Friedman, Olshen and Stone, 1984).
  package func isAsGood(as best: Metrics) -> Bool {
    let wrong = Float(best.count - best.correct)
    return correct + Int(wrong.squareRoot()) >= best.correct
  }
}
