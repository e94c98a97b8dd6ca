import CommandLineSupport

extension Failure {
  /// The one line and the exit code of what is wrong with a file of digits.
  package init(_ error: DigitsError) {
    let code: ExitCode =
      switch error.kind {
      case .notFound, .isDirectory, .unreadable: .noInput
      case .malformed, .noDigit: .data
      case .cannotWrite, .exhausted: .io
      }
    self.init(code, error.description)
  }
}
