import Foundation

/// The command line of one command, declared as a table.
///
/// The table is the only place that names an option. Parsing, `--help` and the defaults it shows
/// all come from it and from the settings it fills:
///
/// ```swift
/// struct Settings: Sendable {
///   var hidden = 128
///   var rate: Float?
///   var quiet = false
///   var pictures: [String] = []
/// }
///
/// let arguments = Arguments<Settings>(
///   command: "train", version: "1.0", summary: "Learns handwritten digits.",
///   groups: [
///     OptionGroup("Network", [
///       Option("hidden", \.hidden, .integer(in: 16...1024, multipleOf: 16), "Hidden units.")
///     ]),
///     OptionGroup("Training", [
///       Option("learning-rate", \.rate, .number(over: 0, upTo: 10), "Step size.",
///         unset: "0.003 with adamw"),
///       Option(flag: "quiet", \.quiet, "No progress on standard error."),
///     ]),
///   ],
///   positionals: Positionals("PICTURE.pgm", \.pictures, "Pictures to read."))
///
/// arguments.run(Settings(), train)  // train(_: Settings) throws(Failure)
/// ```
///
/// Options are `--name value` or `--name=value`; `--` ends them, so that a file may begin with a
/// dash. An option given twice is refused rather than guessed at, unless its values become a list.
package struct Arguments<Settings>: Sendable {
  let command: String
  let version: String
  let summary: String
  let groups: [OptionGroup<Settings>]
  let positionals: Positionals<Settings>?
  let footer: String

  /// A command line.
  ///
  /// - Parameters:
  ///   - command: The name of the command, in front of every complaint.
  ///   - version: What `--version` prints after the name.
  ///   - summary: One sentence at the top of the help.
  ///   - groups: The options. No two may have one name, nor the names `help` and `version`.
  ///   - positionals: What else may be given; nil for nothing.
  ///   - footer: The end of the help, such as examples, printed as it stands.
  package init(
    command: String, version: String, summary: String, groups: [OptionGroup<Settings>],
    positionals: Positionals<Settings>? = nil, footer: String = ""
  ) {
    self.command = command
    self.version = version
    self.summary = summary
    self.groups = groups
    self.positionals = positionals
    self.footer = footer
    precondition(Set(names).count == names.count, "two options have one name")
  }

  /// What a command line asks for.
  package enum Request {
    /// To run with these settings.
    case run(Settings)

    /// To print this text on standard output and do nothing else.
    case show(String)
  }

  /// Reads a command line, beginning after the command's own name.
  ///
  /// - Parameter defaults: What holds for everything that is not given.
  /// - Throws: ``ExitCode/usage`` for the first thing that is wrong.
  package func parse(_ words: [String], defaults: Settings) throws(Failure) -> Request {
    var state = State(settings: defaults, words: words[...])
    while let word = state.words.popFirst() {
      if state.optionsEnded || word == "-" || !word.hasPrefix("-") {
        state.others.append(word)
      } else if word == "--" {
        state.optionsEnded = true
      } else if word == "-h" || word == "--help" {
        return .show(help(defaults: defaults))
      } else if word == "--version" {
        return .show("\(command) \(version)\n")
      } else {
        try parseOption(word, &state)
      }
    }
    try store(state.others, in: &state.settings)
    return .run(state.settings)
  }

  /// Reads the command line of this process, does what it asks for and exits.
  ///
  /// A ``Failure``, from the command line or from `body`, becomes one line on standard error and
  /// the exit code it carries.
  package func run(_ defaults: Settings, _ body: (Settings) throws(Failure) -> Void) -> Never {
    StandardStream.reserveDescriptors()
    MemoryExhaustion.watch(command: command)
    Interruption.quitAsUsual()
    // `CommandLine.arguments` repairs what is no UTF-8; names of files must stay what they are.
    let words = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { unsafe String(cFileName: $0) }
    }
    let failure = failure(of: words, defaults, body)
    failure?.exit(command: command)
    exit(ExitCode.success.rawValue)
  }

  private func failure(
    of words: [String], _ defaults: Settings, _ body: (Settings) throws(Failure) -> Void
  ) -> Failure? {
    do throws(Failure) {
      switch try parse(words, defaults: defaults) {
      case .run(let settings): try body(settings)
      case .show(let text): try StandardStream.output.write(text)
      }
      return nil
    } catch {
      return error
    }
  }

  private struct State {
    var settings: Settings
    var words: ArraySlice<String>
    var others: [String] = []
    var seen: Set<String> = []
    var optionsEnded = false
  }

  private var names: [String] {
    groups.flatMap { $0.options.map(\.name) } + ["help", "version"]
  }

  private func parseOption(_ word: String, _ state: inout State) throws(Failure) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let typed = String(parts[0])
    let option = groups.lazy.flatMap(\.options).first { "--" + $0.name == typed }
    guard let option else { throw unknown(typed) }
    guard state.seen.insert(option.name).inserted || option.isRepeatable else {
      throw usage("\(typed) is given twice; give it once")
    }
    let value: String
    if option.placeholder == nil {
      if parts.count == 2 { throw usage("\(typed) is a flag and takes no value") }
      value = ""
    } else if parts.count == 2 {
      value = String(parts[1])
    } else {
      value = try next(for: option, &state.words)
    }
    guard option.apply(&state.settings, value) else { throw rejected(value, by: option) }
  }

  /// The word after an option. One that looks like an option is taken for one: `--output --json`
  /// has lost its file name, and a file called `--json` is the stranger wish.
  private func next(
    for option: Option<Settings>, _ words: inout ArraySlice<String>
  ) throws(Failure) -> String {
    guard let value = words.first, !value.hasPrefix("--") else {
      throw usage("--\(option.name) needs a value: \(option.placeholder ?? "")")
    }
    words.removeFirst()
    return value
  }

  private func store(_ others: [String], in settings: inout Settings) throws(Failure) {
    guard let positionals else {
      if let first = others.first {
        throw usage("unexpected argument '\(first)'; options begin with --")
      }
      return
    }
    if others.count < positionals.count.lowerBound {
      throw usage("\(positionals.placeholder) is missing")
    }
    if others.count > positionals.count.upperBound {
      throw usage(
        "'\(others[positionals.count.upperBound])' is one argument too many;"
          + " at most \(positionals.count.upperBound) \(positionals.placeholder)")
    }
    settings[keyPath: positionals.path] = others
  }

  private func unknown(_ typed: String) -> Failure {
    let close = suggestion(for: typed, among: names.map { "--" + $0 })
    return usage("unknown option \(typed)" + (close.map { "; did you mean \($0)?" } ?? ""))
  }

  private func rejected(_ value: String, by option: Option<Settings>) -> Failure {
    if option.choices.isEmpty {
      return Failure(.usage, "--\(option.name) '\(value)': expected \(option.expectation)")
    }
    let close = suggestion(for: value, among: option.choices)
    return Failure(
      .usage,
      "--\(option.name) '\(value)': expected one of \(option.expectation)"
        + (close.map { "; did you mean \($0)?" } ?? ""))
  }

  private func usage(_ message: String) -> Failure {
    Failure(.usage, message + (message.hasSuffix("?") ? "" : " (see --help)"))
  }
}
