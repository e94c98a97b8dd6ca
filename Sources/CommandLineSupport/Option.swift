/// One option of a command: its name, where its value goes, what it accepts and what it is for.
///
/// The default is not stated here. It is whatever the settings hold before the command line is
/// read, so the help cannot disagree with the code.
package struct Option<Settings>: Sendable {
  /// The name without its dashes.
  let name: String

  /// What stands for the value in the help; nil for a flag, which has none.
  let placeholder: String?

  /// What the value must be, to follow "expected".
  let expectation: String

  /// The words accepted, if only those are.
  let choices: [String]

  /// One sentence on what the option does.
  let help: String

  /// Whether it may be given several times, each value for itself.
  let isRepeatable: Bool

  /// The default to print, if there is one.
  let standard: @Sendable (Settings) -> String?

  /// Puts the value into the settings, or returns false if it is not acceptable.
  let apply: @Sendable (inout Settings, String) -> Bool

  /// An option that takes a value.
  package init<Value>(
    _ name: String, _ path: any WritableKeyPath<Settings, Value> & Sendable,
    _ reader: ValueReader<Value>, _ help: String
  ) {
    self.init(name, reader, help, standard: { reader.show($0[keyPath: path]) }) {
      $0[keyPath: path] = $1
    }
  }

  /// An option that takes a value and may be left out, which the settings show as nil.
  ///
  /// - Parameter unset: What happens without it, as the help should put it; nil to say nothing.
  package init<Value>(
    _ name: String, _ path: any WritableKeyPath<Settings, Value?> & Sendable,
    _ reader: ValueReader<Value>, _ help: String, unset: String? = nil
  ) {
    self.init(
      name, reader, help, standard: { $0[keyPath: path].map(reader.show) ?? unset }
    ) {
      $0[keyPath: path] = $1
    }
  }

  /// An option that may be given several times; its values become a list.
  package init<Value>(
    each name: String, _ path: any WritableKeyPath<Settings, [Value]> & Sendable,
    _ reader: ValueReader<Value>, _ help: String
  ) {
    self.init(name, reader, help, isRepeatable: true, standard: { _ in nil }) {
      $0[keyPath: path].append($1)
    }
  }

  /// A flag: false unless it is given.
  package init(
    flag name: String, _ path: any WritableKeyPath<Settings, Bool> & Sendable, _ help: String
  ) {
    self.name = name
    self.placeholder = nil
    self.expectation = ""
    self.choices = []
    self.help = help
    self.isRepeatable = false
    self.standard = { _ in nil }
    self.apply = { settings, _ in
      settings[keyPath: path] = true
      return true
    }
  }

  private init<Value>(
    _ name: String, _ reader: ValueReader<Value>, _ help: String, isRepeatable: Bool = false,
    standard: @escaping @Sendable (Settings) -> String?,
    store: @escaping @Sendable (inout Settings, Value) -> Void
  ) {
    self.name = name
    self.placeholder = reader.placeholder
    self.expectation = reader.expectation
    self.choices = reader.choices
    self.help = help
    self.isRepeatable = isRepeatable
    self.standard = standard
    self.apply = { settings, text in
      guard let value = reader.read(text) else { return false }
      store(&settings, value)
      return true
    }
  }
}

/// Options that belong together, under one heading in the help.
package struct OptionGroup<Settings>: Sendable {
  let title: String
  let options: [Option<Settings>]

  /// A group of options with a heading.
  package init(_ title: String, _ options: [Option<Settings>]) {
    self.title = title
    self.options = options
  }
}

/// The arguments of a command that are not options, such as the pictures to read.
package struct Positionals<Settings>: Sendable {
  let placeholder: String
  let path: any WritableKeyPath<Settings, [String]> & Sendable
  let count: ClosedRange<Int>
  let help: String

  /// Arguments collected into a list, with how many there may be.
  package init(
    _ placeholder: String, _ path: any WritableKeyPath<Settings, [String]> & Sendable,
    count: ClosedRange<Int> = 0...Int.max, _ help: String
  ) {
    self.placeholder = placeholder
    self.path = path
    self.count = count
    self.help = help
  }
}
