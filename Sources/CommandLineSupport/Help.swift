extension Arguments {
  /// The text of `--help`, with the defaults that hold right now.
  package func help(defaults: Settings) -> String {
    var lines = ["\(command): \(summary)", "", "Usage: \(command) [OPTION ...]" + operands]
    if let positionals {
      lines += ["", "Arguments:"] + entry(positionals.placeholder, positionals.help)
    }
    for group in groups {
      lines += ["", "\(group.title):"]
      for option in group.options {
        let value = option.placeholder.map { " \($0)" } ?? ""
        let standard = option.standard(defaults).map { " [\($0)]" } ?? ""
        lines += entry("--\(option.name)\(value)", option.help + standard)
      }
    }
    lines += ["", "Other:"]
    lines += entry("-h, --help", "Print this and exit.")
    lines += entry("--version", "Print the version and exit.")
    if !footer.isEmpty { lines += ["", footer] }
    return lines.joined(separator: "\n") + "\n"
  }

  private var operands: String {
    guard let positionals else { return "" }
    let more = positionals.count.upperBound > 1 ? " ..." : ""
    let all = positionals.placeholder + more
    return positionals.count.lowerBound == 0 ? " [\(all)]" : " \(all)"
  }

  /// One option with its explanation beside it, or below it where its name is long.
  private func entry(_ name: String, _ text: String) -> [String] {
    let indent = 26
    let head = "  " + name
    var lines = wrapped(text, width: 80 - indent).map {
      String(repeating: " ", count: indent) + $0
    }
    guard let first = lines.first else { return [head] }
    if head.count + 2 > indent { return [head] + lines }
    lines[0] = head + first.dropFirst(head.count)
    return lines
  }
}

/// Breaks a text between words into lines of at most `width` characters; a longer word stands alone.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
