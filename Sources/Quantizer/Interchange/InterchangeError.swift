/// Why a network cannot be read from another program's file, or written as one.
package struct InterchangeError: Error, Equatable, Sendable {
  /// What is wrong, to follow the file's name and a colon.
  package let problem: String
  /// What to do that helps with this very fault.
  package let advice: String

  /// A problem and what helps.
  package init(_ problem: String, _ advice: String) {
    self.problem = problem
    self.advice = advice
  }

  /// Bytes that break the promise of their format.
  static func damaged(_ what: String) -> InterchangeError {
    InterchangeError("is damaged: \(what)", "copy or save it again")
  }
}

/// A name from a file, at most 60 characters of it, to be named in a line.
func shortened(_ name: String) -> String {
  name.count > 60 ? String(name.prefix(57)) + "..." : name
}

/// A shape as people write it: 784x128.
func shapeText(_ shape: [Int]) -> String {
  shape.isEmpty ? "scalar" : shape.map { "\($0)" }.joined(separator: "x")
}
