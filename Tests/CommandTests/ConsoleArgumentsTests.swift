import Testing

@testable import CommandLineSupport

private enum ActivationFunction: String, CaseIterable {
  case relu
  case leakyRelu = "leaky-relu"
  case sigmoid
}

private struct Settings {
  var hidden = 128
  var activation = ActivationFunction.relu
  var side = 28
  var seed: UInt64 = 7
  var rate: Float?
  var split = 0.1
  var deskew = true
  var output = "digits.flash"
  var data: String?
  var json = false
  var images: [String] = []
}

private let groups: [OptionGroup<Settings>] = [
  OptionGroup(
    "Network",
    [
      Option("hidden", \.hidden, .integer(in: 16...1024, multipleOf: 16), "Hidden units."),
      Option("activation", \.activation, .choice, "What the hidden units compute."),
      Option("input", \.side, .choice(of: [28, 14], name: { "\($0)" }), "Side of the picture."),
      Option("seed", \.seed, .unsigned, "Where the random numbers begin."),
    ]),
  OptionGroup(
    "Training",
    [
      Option(
        "learning-rate", \.rate, .number(over: 0, upTo: 10), "Step size.", unset: "by optimizer"),
      Option("split", \.split, .number(over: 0, upTo: 0.5), "Share of the digits held out."),
      Option("deskew", \.deskew, .onOff, "Straighten slanted digits."),
      Option("output", \.output, .text("FILE"), "Where the model image goes."),
      Option("data", \.data, .text("DIR"), "Where the digits are."),
      Option(flag: "json", \.json, "Print one object."),
    ]),
]

private let arguments = Arguments(
  command: "test", version: "1.2", summary: "Tests.", groups: groups,
  positionals: Positionals("IMAGE.pgm", \.images, count: 0...3, "Pictures."))

private func settings(_ words: String...) throws -> Settings {
  guard case .run(let settings) = try arguments.parse(words, defaults: Settings()) else {
    throw Failure(.usage, "shown, not run")
  }
  return settings
}

private func complaint(_ words: String...) -> String {
  do {
    _ = try arguments.parse(words, defaults: Settings())
    return "none"
  } catch {
    #expect(error.code == .usage)
    #expect(!error.description.contains("\n"))
    return error.description
  }
}

@Suite struct ConsoleArgumentsTests {
  @Test func `nothing given leaves the defaults`() throws {
    let settings = try settings()
    #expect(settings.hidden == 128 && settings.rate == nil && settings.images.isEmpty)
  }

  @Test func `a value follows after a space or an equals sign`() throws {
    #expect(try settings("--hidden", "64").hidden == 64)
    #expect(try settings("--hidden=64").hidden == 64)
    #expect(try settings("--output=a=b").output == "a=b")
    #expect(try settings("--output=--json").output == "--json")
  }

  @Test func `each type of value is read`() throws {
    let settings = try settings(
      "--activation", "leaky-relu", "--input", "14", "--seed", "18446744073709551615",
      "--learning-rate", "3e-3", "--split", "0.25", "--deskew", "off", "--data", "d", "--json")
    #expect(settings.activation == .leakyRelu)
    #expect(settings.side == 14)
    #expect(settings.seed == .max)
    #expect(settings.rate == 3e-3)
    #expect(settings.split == 0.25)
    #expect(!settings.deskew && settings.json)
    #expect(settings.data == "d")
  }

  @Test func `other arguments keep their order among options`() throws {
    let settings = try settings("a.pgm", "--json", "-", "b.pgm")
    #expect(settings.images == ["a.pgm", "-", "b.pgm"])
  }

  @Test func `a double dash ends the options`() throws {
    #expect(try settings("--", "--json", "-h", "--").images == ["--json", "-h", "--"])
  }

  @Test func `a missing value is noticed at the end and before an option`() {
    #expect(complaint("--hidden") == "--hidden needs a value: N (see --help)")
    #expect(complaint("--output", "--json") == "--output needs a value: FILE (see --help)")
    #expect(complaint("--output", "").contains("not empty"))
    #expect(complaint("--output=").contains("not empty"))
  }

  @Test func `an unknown option suggests the nearest`() {
    #expect(complaint("--hiden", "64") == "unknown option --hiden; did you mean --hidden?")
    #expect(complaint("--ouptut=x") == "unknown option --ouptut; did you mean --output?")
    #expect(complaint("--versoin").contains("--version?"))
    #expect(complaint("--elephant") == "unknown option --elephant (see --help)")
    #expect(complaint("-x") == "unknown option -x (see --help)")
    #expect(complaint("---") == "unknown option --- (see --help)")
    #expect(complaint("--=5") == "unknown option -- (see --help)")
    #expect(complaint("--" + String(repeating: "é", count: 100_000)).hasPrefix("unknown option"))
  }

  @Test(arguments: ["17", "0", "1040", "-16", "64.0", "1e3", "", " 64", "99999999999999999999"])
  func `a hidden size that is none is refused with the bounds`(value: String) {
    let expected = "--hidden '\(value)': expected a multiple of 16 from 16 to 1024"
    #expect(complaint("--hidden", value) == expected)
  }

  @Test(arguments: ["0", "-1", "nan", "inf", "1e99", "1e-99", "10.1", "fast", "0,1"])
  func `a learning rate that is none is refused`(value: String) {
    #expect(complaint("--learning-rate", value).contains("a number over 0.0 and up to 10.0"))
  }

  @Test func `a seed is not negative and not too large`() {
    #expect(complaint("--seed", "-1").contains("from 0 to 18446744073709551615"))
    #expect(complaint("--seed", "18446744073709551616").contains("whole number"))
  }

  @Test func `a choice lists what there is`() {
    #expect(
      complaint("--activation", "rleu")
        == "--activation 'rleu': expected one of relu, leaky-relu, sigmoid; did you mean relu?")
    #expect(complaint("--activation", "Leaky_ReLU").contains("did you mean leaky-relu?"))
    #expect(complaint("--deskew", "yes") == "--deskew 'yes': expected one of on, off")
    #expect(complaint("--input", "15").contains("28, 14"))
  }

  @Test func `capitals count for nothing in a choice`() throws {
    #expect(try settings("--activation", "Leaky-ReLU").activation == .leakyRelu)
    #expect(try !settings("--deskew", "OFF").deskew)
    #expect(complaint("--HIDDEN", "16") == "unknown option --HIDDEN; did you mean --hidden?")
  }

  @Test func `a piece of a name that no other has is near enough`() {
    let chips = ["stm32f401cc", "stm32f303cc", "rp2040"]
    #expect(suggestion(for: "F401", among: chips) == "stm32f401cc")
    #expect(suggestion(for: "stm32", among: chips) == nil)
    #expect(suggestion(for: "RP204", among: chips) == "rp2040")
  }

  @Test func `an option given twice is refused`() {
    #expect(complaint("--hidden", "64", "--hidden=64").contains("given twice"))
    #expect(complaint("--json", "--json").contains("given twice"))
  }

  @Test func `an option whose values become a list may be given again`() throws {
    struct Lists: Sendable { var files: [String] = [] }
    let lists = Arguments<Lists>(
      command: "lists", version: "1", summary: "Lists.",
      groups: [OptionGroup("All", [Option(each: "file", \.files, .text("FILE"), "Files.")])])
    guard
      case .run(let settings) = try lists.parse(
        ["--file", "b", "--file=a", "--file", "b"], defaults: Lists())
    else {
      Issue.record("asked for nothing")
      return
    }
    #expect(settings.files == ["b", "a", "b"])
    #expect(throws: Failure.self) { try lists.parse(["--file", ""], defaults: Lists()) }
  }

  @Test func `a flag takes no value`() {
    #expect(complaint("--json=yes").contains("takes no value"))
  }

  @Test func `the number of other arguments is bounded`() {
    #expect(complaint("1", "2", "3", "4").hasPrefix("'4' is one argument too many"))
    let none = Arguments(command: "t", version: "1", summary: "", groups: groups)
    let stray = Failure(.usage, "unexpected argument 'x'; options begin with -- (see --help)")
    #expect(throws: stray) {
      try none.parse(["x"], defaults: Settings())
    }
    let one = Arguments(
      command: "t", version: "1", summary: "", groups: groups,
      positionals: Positionals("FILE", \.images, count: 1...1, "A file."))
    #expect(throws: Failure(.usage, "FILE is missing (see --help)")) {
      try one.parse([], defaults: Settings())
    }
  }

  @Test func `control characters in an argument do not break the line`() {
    #expect(complaint("--a\nb\u{1B}[2J") == "unknown option --a\\nb\\u001b[2J (see --help)")
  }

  @Test func `help comes from the table, with the defaults of the moment`() throws {
    var defaults = Settings()
    defaults.hidden = 256
    for word in ["-h", "--help"] {
      guard case .show(let text) = try arguments.parse([word], defaults: defaults) else {
        Issue.record("no help")
        return
      }
      for option in groups.flatMap(\.options) { #expect(text.contains("  --\(option.name)")) }
      #expect(text.contains("Hidden units. [256]"))
      #expect(text.contains("Step size. [by optimizer]"))
      #expect(text.contains("--activation relu|leaky-relu|sigmoid\n"))
      #expect(text.contains("Usage: test [OPTION ...] [IMAGE.pgm ...]\n"))
      #expect(text.contains("\nNetwork:\n") && text.contains("\nTraining:\n"))
      #expect(!text.split(separator: "\n").contains { $0.count > 80 })
    }
  }

  @Test func `the version is one line`() throws {
    guard case .show(let text) = try arguments.parse(["--version"], defaults: Settings()) else {
      Issue.record("no version")
      return
    }
    #expect(text == "test 1.2\n")
  }

  @Test func `edit distance counts swaps as one`() {
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("abc", "") == 3)
    #expect(editDistance("hidden", "hidden") == 0)
    #expect(editDistance("hiddne", "hidden") == 1)
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(suggestion(for: "x", among: ["y"]) == nil)
    #expect(suggestion(for: "x", among: []) == nil)
  }
}
