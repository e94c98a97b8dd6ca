import Int8Runtime
import Network
import SIMDMath

/// What a network says to pictures, and what they show.
package struct LabeledLogits: Sendable {
  /// Of each picture.
  package let logits: [HostLogits]
  /// The classes, one a picture.
  package let labels: [UInt8]

  /// - Precondition: one label for each picture's logits.
  package init(_ logits: [HostLogits], labels: [UInt8]) {
    precondition(logits.count == labels.count)
    (self.logits, self.labels) = (logits, labels)
  }
}

/// How sure an image may say it is: found on validation digits, written into its header.
///
/// Softmax of a network's own logits is overconfident. Divided by the right temperature, answers given
/// with 90 % confidence are right 90 times in 100 (Guo et al., 2017).
package struct Calibration: Sendable, Equatable {
  /// What logits are divided by: of 0.25 ... 8, what makes the first set's cross-entropy least.
  package let temperature: Float
  /// The lowest confidence that is not unsure: what every set of digits asks for by ``threshold(_:)``, and
  /// pictures of no digit by ``threshold(others:digits:)``.
  package let unsureBelow: Float

  /// Of the answers that are not unsure, so many may be wrong.
  package static let allowedError = 0.001
  /// Of all answers to digits, so many may be unsure.
  package static let mostUnsure = 0.2
  /// Of pictures that are of no digit, so many may get an answer that is not unsure.
  package static let allowedOthers = 0.04

  /// Calibrates logits of pictures that had no part in training.
  ///
  /// - Parameters:
  ///   - sets: digits, each set from another source; "sure" is to keep its promise for each of them. The first
  ///     is of the digits that are asked for most.
  ///   - others: pictures of no digit.
  ///   - scale: the real value of one step of a logit.
  package init(_ sets: [LabeledLogits], others: [HostLogits] = [], scale: Float) {
    precondition(scale > 0)
    let sets = sets.filter { !$0.logits.isEmpty }
    guard !sets.isEmpty else {
      (temperature, unsureBelow) = (1, 0)
      return
    }
    let temperature = Calibration.bestTemperature { temperature in
      Calibration.loss(sets[0], scale: scale / temperature)
    }
    self.temperature = temperature
    let answers = sets.map { set in
      zip(set.logits, set.labels).map { logits, label in
        Answer(
          confidence: confidence(logits, scale: scale / temperature),
          isRight: logits.argmax == Int(label))
      }
    }
    let limit = Calibration.threshold(
      others: others.map { confidence($0, scale: scale / temperature) }, digits: answers[0])
    unsureBelow = answers.reduce(limit) { max($0, Calibration.threshold($1)) }
  }

  /// An answer, and whether it is the right one.
  struct Answer {
    let confidence: Float
    let isRight: Bool
  }

  /// The smallest confidence such that of the answers that reach it at most ``allowedError`` are wrong, by
  /// count and by what their confidences let expect, which chance moves less. But none that leaves more than ``mostUnsure`` of all answers below; 0 if all may stay.
  static func threshold(_ answers: [Answer]) -> Float {
    let sorted = answers.sorted { $0.confidence > $1.confidence }
    var expected = 0.0
    let least = Int((Double(sorted.count) * (1 - mostUnsure)).rounded(.up))
    var wrong = 0
    var sure = least
    for (i, answer) in sorted.enumerated() {
      wrong += answer.isRight ? 0 : 1
      expected += Double(1 - answer.confidence)
      // Equally sure answers stay or go together.
      if i + 1 < sorted.count, sorted[i + 1].confidence == answer.confidence { continue }
      if max(Double(wrong), expected) <= allowedError * Double(i + 1) { sure = max(sure, i + 1) }
    }
    return sure == 0 || sure == sorted.count ? 0 : sorted[sure - 1].confidence
  }

  /// The smallest confidence that at most ``allowedOthers`` of pictures of no digit exceed, but none that
  /// leaves more than ``mostUnsure`` of the digits' answers below; 0 if there are no such pictures.
  static func threshold(others: [Float], digits: [Answer]) -> Float {
    guard !others.isEmpty, !digits.isEmpty else { return 0 }
    let allowed = Int(allowedOthers * Double(others.count))
    let wanted = others.sorted(by: >)[min(allowed, others.count - 1)].nextUp
    let least = Int((Double(digits.count) * (1 - mostUnsure)).rounded(.up))
    return min(wanted, digits.map { $0.confidence }.sorted(by: >)[max(0, least - 1)])
  }

  /// Golden-section search over the logarithm of the temperature, in which the loss has one valley.
  private static func bestTemperature(_ loss: (Float) -> Double) -> Float {
    let ratio: Float = 0.618_034
    var low = logarithm(0.25)
    var high = logarithm(8)
    var left = high - ratio * (high - low)
    var right = low + ratio * (high - low)
    var lossLeft = loss(exponential(left))
    var lossRight = loss(exponential(right))
    while high - low > 1e-3 {
      if lossLeft <= lossRight {
        (high, right, lossRight) = (right, left, lossLeft)
        left = high - ratio * (high - low)
        lossLeft = loss(exponential(left))
      } else {
        (low, left, lossLeft) = (left, right, lossRight)
        right = low + ratio * (high - low)
        lossRight = loss(exponential(right))
      }
    }
    return exponential((low + high) / 2)
  }

  private static func loss(_ set: LabeledLogits, scale: Float) -> Double {
    var sum = 0.0
    for (answer, label) in zip(set.logits, set.labels) {
      let target = ClassValues(classes: answer.count) { $0 == Int(label) ? 1 : 0 }
      sum += Double(crossEntropy(real(answer, scale: scale), target: target))
    }
    return sum
  }
}

/// The probability of the answer, 0 ... 1, as `infer-sim` gives it.
///
/// - Parameter scale: the real value of one step of a logit, divided by the temperature.
package func confidence(_ logits: HostLogits, scale: Float) -> Float {
  softmax(real(logits, scale: scale))[logits.argmax]
}

private func real(_ logits: HostLogits, scale: Float) -> ClassValues {
  ClassValues(classes: logits.count) { Float(logits[$0]) * scale }
}

extension ModelImage {
  /// The logits of each picture, 784 bytes a picture.
  package func logits(_ pictures: Span<UInt8>) -> [HostLogits] {
    var arena = HostArena(shape)
    return (0..<pictures.count / pictureBytes).map { arena.classify($0, of: pictures, with: self) }
  }
}
