import Digits
import SIMDMath

/// Whether a picture holds one digit.
package enum DigitCount {
  case one, doubtful, several

  /// The odds, as their logarithm, from which a picture is refused for holding more than one digit.
  private static let refused: Float = 3
  /// From which an answer is not sure: of the training pairs 0.6 % were sure below it, and of the
  /// training digits 6 % that were sure are above it.
  private static let questioned: Float = -3

  /// Judges the split that is likeliest to be one between two digits: its parts read well, and it cuts
  /// through little ink.
  ///
  /// - Parameters:
  ///   - whole: how surely all of the ink reads as something, 0 ... 1.
  ///   - parts: how surely the two parts of each split do, one split after the other.
  package init(_ picture: NormalizedDigit, whole: Float, parts: [Float]) {
    var best = -Float.infinity
    var odds = -Float.infinity
    for (i, split) in picture.splits.enumerated() {
      let (a, b) = (parts[2 * i], parts[2 * i + 1])
      let merit = min(a, b) - 3 * split.crossing
      guard merit > best else { continue }
      best = merit
      odds = DigitCount.odds(split, a, b, whole: whole)
    }
    self = odds >= DigitCount.refused ? .several : odds >= DigitCount.questioned ? .doubtful : .one
  }

  /// The logarithm of the odds that a split is between two digits.
  ///
  /// The weights are those of a logistic regression on MNIST's training digits: 3,000 of them, and
  /// 3,000 pairs, far from each other, near and touching.
  private static func odds(_ split: DigitSplit, _ a: Float, _ b: Float, whole: Float) -> Float {
    let shape =
      6.4 * min(2, max(0.2, split.aspect)) - 16.6 * min(0.6, split.crossing)
      + 1.2 * min(0.3, max(-0.3, split.gap)) + 7.4 * split.height
    let reading = 0.4 * logit(min(a, b)) + 0.3 * logit(max(a, b)) - 0.9 * logit(whole)
    return shape + reading - 9.6
  }

  /// The logarithm of the odds of a probability, bounded.
  private static func logit(_ p: Float) -> Float {
    min(7, max(-4, logarithm((p + 1e-3) / (1 - p + 1e-3))))
  }
}

extension DigitsError {
  /// A picture of more than one digit.
  package static func severalDigits(_ file: String) -> DigitsError {
    DigitsError(
      kind: .malformed, file: file, problem: "more than one digit",
      advice: "give each digit a picture of its own")
  }
}
