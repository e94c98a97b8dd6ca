import CommandLineSupport

extension DigitsError: CustomStringConvertible {
  /// One line, `FILE: problem; advice`, whatever bytes the file's name holds.
  package var description: String { "\(file): \(problem); \(advice)".escapingControls() }
}
