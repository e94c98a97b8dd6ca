/// The parts that data sets come in.
package enum Part: CaseIterable, Sendable {
  /// To train on.
  case training
  /// To test with.
  case test

  /// The part that a word of a file's or folder's name means, nil if it means none.
  init?(word: some StringProtocol) {
    switch word.lowercased() {
    case "train", "training": self = .training
    case "test", "testing", "t10k": self = .test
    default: return nil
    }
  }

  /// What a person calls it.
  var title: String { self == .training ? "training" : "test" }

  /// What comes before the part's word at the end of a name, and the part: of `emnist-letters-train`,
  /// `emnist-letters-` and training. Nil if no such word stands there by itself.
  package static func split(_ stem: some StringProtocol) -> (prefix: String, part: Part)? {
    let word = stem.reversed().prefix { $0.isLetter || $0.isNumber }
    guard let part = Part(word: String(word.reversed())) else { return nil }
    return (String(stem.dropLast(word.count)), part)
  }
}
