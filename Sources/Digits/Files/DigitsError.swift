/// What is wrong with a file of pictures, and what to do about it, in one line.
package struct DigitsError: Error, Equatable {
  /// The kinds of trouble, for a caller that chooses an exit code.
  package enum Kind: Sendable {
    /// There is no such file.
    case notFound
    /// A folder stands where a file is needed.
    case isDirectory
    /// The system refuses to read the file.
    case unreadable
    /// The bytes are not what their format promises.
    case malformed
    /// The picture is in order, and nothing is drawn on it.
    case noDigit
    /// The system refuses to write the file.
    case cannotWrite
    /// The system has no memory, file or process left to read it with.
    case exhausted
  }

  /// The kind of trouble.
  package let kind: Kind
  /// The file, as the user named it.
  package let file: String
  /// What is wrong.
  package let problem: String
  /// What to do about it.
  package let advice: String

  /// An error about one file.
  package init(kind: Kind, file: String, problem: String, advice: String) {
    self.kind = kind
    self.file = file
    self.problem = problem
    self.advice = advice
  }
}

extension DigitsError {
  /// Bytes that break the promise of their format.
  static func malformed(_ file: String, _ problem: String, _ advice: String) -> DigitsError {
    DigitsError(kind: .malformed, file: file, problem: problem, advice: advice)
  }

  /// No memory for what a file holds.
  package static func noMemory(_ file: String) -> DigitsError {
    DigitsError(
      kind: .exhausted, file: file, problem: "does not fit into memory",
      advice: "free some, or raise the limit (ulimit -v)")
  }
}
