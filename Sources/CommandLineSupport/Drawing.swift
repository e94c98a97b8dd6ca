extension Terminal {
  /// A gray picture, 0 black and 255 white, as lines of text, each ended by a newline.
  ///
  /// With colors and block characters a character shows two pixels, one above the other, and the
  /// picture is as wide as it has columns. Otherwise a pixel is two ASCII characters from
  /// `" .:-=+*#%@"`, since characters are about twice as high as wide.
  ///
  /// - Parameters:
  ///   - pixels: The picture, row after row. A last row that is not whole is left out.
  ///   - width: The pixels in a row.
  package func picture(_ pixels: [UInt8], width: Int) -> String {
    guard width > 0 else { return "" }
    let rows = stride(from: 0, through: pixels.count - width, by: width).map {
      pixels[$0..<$0 + width]
    }
    if color == .none || !unicode { return rows.map(Self.asciiRow).joined() }
    return stride(from: 0, to: rows.count, by: 2).map { index in
      blockRow(rows[index], over: index + 1 < rows.count ? rows[index + 1] : nil)
    }.joined()
  }

  /// A horizontal bar for a value from 0 to 1, `length` characters at its longest.
  ///
  /// Block characters show eighths of a character. The bar has no trailing spaces.
  package func bar(_ value: Double, length: Int) -> String {
    guard value > 0, length > 0 else { return "" }
    let value = min(value, 1)
    guard unicode else {
      return String(repeating: "#", count: Int((value * Double(length)).rounded()))
    }
    let eighths = Int((value * Double(8 * length)).rounded())
    let full = String(repeating: "█", count: eighths / 8)
    return eighths % 8 == 0 ? full : full + ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1]
  }

  /// One bar for each value, each in its own line behind its name, the largest in bold; of more than sixteen
  /// only the ten largest, from the largest on.
  ///
  /// - Parameters:
  ///   - values: from 0 to 1: the probabilities of classes.
  ///   - names: what the classes are called, as many as values.
  package func bars(_ values: [Double], names: [String]) -> String {
    let longest = names.map(\.count).max() ?? 1
    let length = max(1, min(50, width - 13 - longest))
    let best = values.indices.max { values[$0] < values[$1] }
    var shown = Array(values.indices)
    if shown.count > 16 {
      shown = Array(shown.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(10))
    }
    return shown.map { index in
      let percent = NumberText.percent(values[index])
      let name = names[index] + String(repeating: " ", count: longest - names[index].count)
      let padding = String(repeating: " ", count: max(0, 9 - percent.count))
      let bar = bar(values[index], length: length)
      let line = "\(name) \(padding)\(percent)" + (bar.isEmpty ? "" : "  \(bar)")
      return (index == best ? bold(line) : line) + "\n"
    }.joined()
  }

  private static func asciiRow(_ row: ArraySlice<UInt8>) -> String {
    let ramp: [Character] = Array(" .:-=+*#%@")
    var line = ""
    for pixel in row {
      let shade = ramp[Int(pixel) * ramp.count / 256]
      line.append(shade)
      line.append(shade)
    }
    return line + "\n"
  }

  private func blockRow(_ upper: ArraySlice<UInt8>, over lower: ArraySlice<UInt8>?) -> String {
    var line = ""
    var previous = ""
    for column in 0..<upper.count {
      var style = shade(38, upper[upper.startIndex + column])
      if let lower { style += ";" + shade(48, lower[lower.startIndex + column]) }
      if style != previous { line += "\u{1B}[\(style)m" }
      previous = style
      line += "▀"
    }
    return line + "\u{1B}[0m\n"
  }

  /// The escape code of a gray, for the letters (38) or for what is behind them (48).
  private func shade(_ plane: Int, _ gray: UInt8) -> String {
    if color == .full { return "\(plane);2;\(gray);\(gray);\(gray)" }
    // Black and white, and 24 steps of 10 between them, from 8 on.
    let index = gray < 4 ? 16 : gray > 246 ? 231 : 232 + min(23, max(0, (Int(gray) - 3) / 10))
    return "\(plane);5;\(index)"
  }
}
