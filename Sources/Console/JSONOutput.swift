import Foundation

/// Results for programs: one JSON object, its keys in alphabetical order.
public enum JSONOutput {
  /// The text of `value`, with a newline at its end.
  ///
  /// - Throws: ``ExitCode/data`` if the value holds what JSON cannot say, such as a NaN.
  public static func text(_ value: some Encodable) throws(Failure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    } catch {
      throw Failure(.data, "the result cannot be written as JSON: a number in it is not finite")
    }
  }

  /// Prints `value` on standard output.
  ///
  /// - Throws: ``ExitCode/io`` if standard output is closed or full.
  public static func print(_ value: some Encodable) throws(Failure) {
    try StandardStream.output.write(text(value))
  }
}
