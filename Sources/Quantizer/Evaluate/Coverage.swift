import Int8Runtime

/// What is gained by leaving unsure answers out: how many digits still get an answer at a confidence,
/// and how many of those answers are wrong.
package struct Coverage: Sendable {
  /// Answers of at least one confidence.
  package struct Row: Sendable, Equatable {
    /// The least confidence that counts.
    package let confidence: Float
    /// Answers that reach it.
    package let answered: Int
    /// Those of them that are wrong.
    package let wrong: Int

    /// Wrong ones among the answers, 0 ... 1.
    package var error: Double { Double(wrong) / Double(max(1, answered)) }
  }

  /// How many digits there are, answered or not.
  package let count: Int
  /// Confidences from low to high, ``Calibration/unsureBelow`` among them.
  package let rows: [Row]
  /// How sure each answer is, 0 ... 1.
  package let confidences: [Float]
  /// Below this an answer is unsure.
  package let unsureBelow: Float

  /// Counts answers.
  ///
  /// - Parameter scale: the real value of one step of a logit.
  package init(_ logits: [HostLogits], labels: [UInt8], scale: Float, calibration: Calibration) {
    let answers = zip(logits, labels).map { logits, label in
      Calibration.Answer(
        confidence: confidence(logits, scale: scale / calibration.temperature),
        isRight: logits.argmax == Int(label))
    }
    let steps: [Float] = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]
    count = answers.count
    confidences = answers.map { $0.confidence }
    unsureBelow = calibration.unsureBelow
    rows = Set(steps + [calibration.unsureBelow]).sorted().map { step in
      let reached = answers.filter { $0.confidence >= step }
      return Row(
        confidence: step, answered: reached.count, wrong: reached.count { !$0.isRight })
    }
  }
}
