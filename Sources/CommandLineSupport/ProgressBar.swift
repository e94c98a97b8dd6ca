import Foundation

/// How far a long task has come, on standard error.
///
/// On a terminal it is a bar with the time left, redrawn in place. Elsewhere, in a log or a pipe,
/// it is a plain line every few seconds. It is nothing if nothing is wanted.
///
/// ```swift
/// let progress = ProgressBar(quiet: settings.quiet)
/// for batch in 0..<batches {
///   progress.update(fraction: Double(batch) / Double(batches), label: "epoch \(epoch)")
/// }
/// progress.note("epoch 1: 98.12 %")  // A line that stays.
/// progress.finish()
/// ```
///
/// The cursor is never hidden, so a process killed halfway leaves the terminal as it should be.
/// One thread at a time may use it.
package final class ProgressBar {
  /// Where progress is shown.
  package enum Style: Sendable, Equatable {
    /// Nothing is shown.
    case none
    /// On lines of its own, so many seconds apart.
    case lines(every: Double)
    /// On one line that is redrawn, on a terminal of this kind.
    case bar(Terminal)
  }

  private let style: Style
  private let interval: Double
  private let clock: () -> Double
  private let output: (String) -> Void
  private let start: Double
  private var due: Double
  private var drawn = ""

  /// Progress on standard error, in the style that suits it.
  package convenience init(quiet: Bool) {
    let terminal = Terminal(.error)
    let dumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"
    let style: Style =
      quiet
      ? .none : StandardStream.error.isTerminal && !dumb ? .bar(terminal) : .lines(every: 5)
    // Nobody can be told that standard error is closed, and the task is none the worse for it.
    self.init(style, clock: monotonicSeconds) { try? StandardStream.error.write($0) }
  }

  init(_ style: Style, clock: @escaping () -> Double, output: @escaping (String) -> Void) {
    self.style = style
    self.clock = clock
    self.output = output
    start = clock()
    switch style {
    case .none: interval = .infinity
    case .lines(let seconds): interval = seconds
    case .bar: interval = 0.1
    }
    due = start + interval
  }

  deinit { erase() }

  /// Says that a part of the work from 0 to 1 is done.
  ///
  /// It may be called as often as convenient: unless it is time to draw, ten times a second or
  /// once in an interval of plain lines, it reads the clock, allocates nothing and leaves `label`
  /// alone.
  package func update(fraction: Double, label: @autoclosure () -> String) {
    let now = clock()
    guard now >= due else { return }
    due = now + interval
    draw(min(1, max(0, fraction.isNaN ? 0 : fraction)), label().escapingControls(), now - start)
  }

  /// Prints a line that stays, such as the result of an epoch; the bar goes on below it.
  package func note(_ line: String) {
    guard style != .none else { return }
    let bar = drawn
    erase()
    output(line.escapingControls() + "\n")
    if !bar.isEmpty { redraw(bar) }
    // A note is a sign of life; the next plain line can wait.
    if case .lines = style { due = clock() + interval }
  }

  /// Prints a line that stays, even where progress is not wanted.
  package func warn(_ line: String) {
    if style == .none { output(line.escapingControls() + "\n") } else { note(line) }
  }

  /// Removes the bar.
  package func finish() {
    erase()
    due = .infinity
  }

  private func draw(_ fraction: Double, _ label: String, _ elapsed: Double) {
    let percent = "\(Int(100 * fraction)) %"
    // Too early a guess is worse than none.
    let left =
      fraction > 0 && elapsed >= 1
      ? NumberText.duration(seconds: elapsed * (1 - fraction) / fraction) + " left" : ""
    switch style {
    case .none: return
    case .lines:
      output([percent, label, left].filter { !$0.isEmpty }.joined(separator: "  ") + "\n")
    case .bar(let terminal):
      let padding = String(repeating: " ", count: max(0, 5 - percent.count))
      let text = [padding + percent, label, left].filter { !$0.isEmpty }.joined(separator: "  ")
      redraw(Self.line(terminal, fraction, text))
    }
  }

  /// The bar and what is beside it, one character short of the width: a full line would wrap.
  static func line(_ terminal: Terminal, _ fraction: Double, _ text: String) -> String {
    let room = terminal.width - 1
    let length = min(30, room - text.count - 3)
    guard length >= 5 else { return String(text.prefix(max(0, room))) }
    let bar = terminal.bar(fraction, length: length)
    let rest = String(repeating: terminal.unicode ? "░" : ".", count: length - bar.count)
    return terminal.green(bar) + terminal.dim(rest) + "  " + text
  }

  private func redraw(_ line: String) {
    output("\r\u{1B}[K" + line)
    drawn = line
  }

  private func erase() {
    guard !drawn.isEmpty else { return }
    output("\r\u{1B}[K")
    drawn = ""
  }
}

/// Seconds on a clock that nobody sets.
func monotonicSeconds() -> Double {
  var now = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}
