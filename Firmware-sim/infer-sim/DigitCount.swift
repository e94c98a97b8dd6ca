import Device
import Digits
import Foundation

/// Whether a picture holds one digit.
enum DigitCount {
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
  ///   - whole: what all of the ink reads as.
  ///   - parts: what the two parts of each split read as, one split after the other.
  init(_ picture: NormalizedDigit, _ whole: Reading, parts: [Reading]) {
    var best = -Float.infinity
    var odds = -Float.infinity
    for (i, split) in picture.splits.enumerated() {
      let (a, b) = (parts[2 * i].confidence, parts[2 * i + 1].confidence)
      let merit = min(a, b) - 3 * split.crossing
      guard merit > best else { continue }
      best = merit
      odds = DigitCount.odds(split, a, b, whole: whole.confidence)
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
    min(7, max(-4, log((p + 1e-3) / (1 - p + 1e-3))))
  }
}
