extension String {
  /// The text with everything that would move the cursor, turn the line around or break it spelled out,
  /// as JSON spells it: `\n`, `\u001b`, `\u202e`; and bytes of a file's name that are no UTF-8 as `\xef`.
  ///
  /// A file may be named `a<newline>b` or carry an escape sequence; printed as they are, the first
  /// would forge a second line of output and the second would reprogram the terminal.
  ///
  /// - Complexity: O(n) in the length of the text.
  package func escapingControls() -> String {
    escaped { scalar in scalar.spelledOut }
  }

  /// The text of a JSON value with the same spelled out inside its strings, where they mean the same.
  ///
  /// Below the space only what stands between values is left: inside strings it is spelled out already.
  func escapingControlsOfJSON() -> String {
    escaped { scalar in
      // A backslash in JSON is two.
      scalar.byte != nil ? "\\" + (scalar.spelledOut ?? "") : scalar < " " ? nil : scalar.spelledOut
    }
  }

  private func escaped(_ spelling: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let text = spelling(scalar) {
        result.append(contentsOf: text.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// How it is spelled out; nil if it may be printed.
  fileprivate var spelledOut: String? {
    if let byte { return "\\x" + hexadecimal(UInt32(byte), digits: 2) }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: break
    default: return nil
    }
    switch self {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default: return UTF16.encode(self)?.map { "\\u" + hexadecimal(UInt32($0), digits: 4) }.joined()
    }
  }
}

private func hexadecimal(_ number: UInt32, digits: Int) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
