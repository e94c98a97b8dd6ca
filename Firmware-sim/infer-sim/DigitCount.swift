import Device
import Digits
import Foundation

/// Whether a picture holds one digit.
enum DigitCount {
  case one, doubtful, several

  /// - Parameters:
  ///   - whole: what all of the ink reads as.
  ///   - parts: what the two parts of each split read as, one split after the other.
  init(_ picture: NormalizedDigit, _ whole: Reading, parts: [Reading]) {
    var best: Float = -100
    var f: [Float] = []
    for (i, split) in picture.splits.enumerated() {
      let (a, b) = (parts[2 * i].confidence, parts[2 * i + 1].confidence)
      let lo = Swift.min(a, b)
      let v = lo - 3 * split.crossing
      if v > best {
        best = v
        f = [split.aspect, split.crossing, split.gap, split.height, a, b, whole.confidence, parts[2 * i].isUnsure ? 0 : 1, parts[2*i+1].isUnsure ? 0 : 1, Float(parts[2*i].digit), Float(parts[2*i+1].digit), Float(whole.digit)]
      }
    }
    if ProcessInfo.processInfo.environment["DUMP"] != nil { print("SPLIT", f.map { "\($0)" }.joined(separator: " ")) }
    self = .one
  }
}
