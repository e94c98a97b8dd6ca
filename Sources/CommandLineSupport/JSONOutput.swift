import Foundation

/// Results for programs: one JSON object, its keys in alphabetical order, and nothing in it that a terminal
/// would act on.
package enum JSONOutput {
  /// The text of `value`, with a newline at its end.
  ///
  /// - Throws: ``ExitCode/data`` if the value holds what JSON cannot say, such as a NaN.
  package static func text(_ value: some Encodable) throws(Failure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      let text = String(decoding: try encoder.encode(value), as: UTF8.self)
      return text.escapingControlsOfJSON() + "\n"
    } catch {
      throw Failure(
        .data, "the result has a number that is not finite, which JSON has no way to say")
    }
  }

  /// Prints `value` on standard output.
  ///
  /// - Throws: ``ExitCode/io`` if standard output is closed or full.
  package static func print(_ value: some Encodable) throws(Failure) {
    try StandardStream.output.write(text(value))
  }
}
