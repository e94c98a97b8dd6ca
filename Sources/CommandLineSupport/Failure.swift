import Foundation

/// Why a command stops: an exit code for scripts and one line for people.
///
/// The line says what is wrong, in which file or option, and what to do about it:
///
/// ```swift
/// throw Failure(.noInput, "digit.pgm: no such file; name a PGM picture, or train first")
/// ```
package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The status the process exits with.
  package let code: ExitCode

  /// What was wrong, where, and what to do.
  package let message: String

  /// A failure that exits with `code` and says `message`.
  package init(_ code: ExitCode, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message as one printable line, whatever the file names in it contain.
  package var description: String { message.escapingControls() }

  /// Prints `command: message` on standard error and ends the process with ``code``.
  package func exit(command: String) -> Never {
    // A progress bar may still stand on the line.
    let clear = StandardStream.error.isTerminal ? "\r\u{1B}[K" : ""
    try? StandardStream.error.write("\(clear)\(command): \(description)\n")
    Foundation.exit(code.rawValue)
  }
}
