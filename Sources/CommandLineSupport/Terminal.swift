import Foundation

/// What can be shown on a stream: colors or none, block characters or ASCII, and how wide.
///
/// ```swift
/// let terminal = Terminal(.output)
/// print(terminal.bold("7"))
/// ```
/// Styled text is plain text wherever styling would be litter: in a file, in a pipe, on a dumb
/// terminal and where `NO_COLOR` is set.
package struct Terminal: Sendable, Equatable {
  /// How much color there is.
  package enum Color: Sendable, Equatable {
    /// None at all, nor any other styling.
    case none
    /// 256 colors, 26 of them gray.
    case indexed
    /// 24 bits for each point.
    case full
  }

  /// The colors that may be used.
  package let color: Color

  /// Whether block characters will show as such.
  package let unicode: Bool

  /// Characters in a line.
  package let width: Int

  /// A terminal with these abilities.
  package init(color: Color, unicode: Bool, width: Int = 80) {
    self.color = color
    self.unicode = unicode
    self.width = max(1, width)
  }

  /// The terminal behind a stream, or the plain style where there is none.
  package init(
    _ stream: StandardStream,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.init(
      isTerminal: stream.isTerminal, width: Self.width(of: stream), environment: environment)
  }

  init(isTerminal: Bool, width: Int?, environment: [String: String]) {
    func value(_ name: String) -> String { environment[name] ?? "" }
    // As https://no-color.org has it: set to anything but nothing.
    let plain = !isTerminal || !value("NO_COLOR").isEmpty || value("TERM") == "dumb"
    let full = ["truecolor", "24bit"].contains(value("COLORTERM").lowercased())
    // The first of them that is set decides, as in setlocale.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(value).first { !$0.isEmpty } ?? ""
    let utf8 = locale.lowercased().replacing("-", with: "").contains("utf8")
    self.init(
      color: plain ? .none : full ? .full : .indexed,
      unicode: isTerminal && utf8 && value("TERM") != "dumb",
      width: width ?? Int(value("COLUMNS")) ?? 80)
  }

  /// The text in bold.
  package func bold(_ text: String) -> String { styled(text, 1) }

  /// The text in a fainter shade.
  package func dim(_ text: String) -> String { styled(text, 2) }

  /// The text in green, for what went well.
  package func green(_ text: String) -> String { styled(text, 32) }

  private func styled(_ text: String, _ code: Int) -> String {
    color == .none ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private static func width(of stream: StandardStream) -> Int? {
    var size = winsize()
    guard unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }
}
