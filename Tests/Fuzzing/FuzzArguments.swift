import CommandLineSupport

/// A command line, its words separated by zero bytes, read by a table with an option of every kind.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let names = bytes.split(separator: 0, omittingEmptySubsequences: false)
  let words = names.map { String(fileName: $0) }
  for (name, word) in zip(names, words) {
    precondition(word.fileName.elementsEqual(name))
    precondition(!word.escapingControls().unicodeScalars.contains { $0.value < 32 })
  }
  do throws(Failure) {
    if case .run(let settings) = try arguments.parse(words, defaults: Settings()) {
      precondition((16...1024).contains(settings.hidden) && settings.hidden % 16 == 0)
      precondition(settings.rate.map { $0 > 0 && $0 <= 10 } ?? true)
      precondition(settings.images.count <= 4)
    }
  } catch {
    precondition(error.code == .usage)
    precondition(!error.description.contains { $0.isNewline })
  }
  return 0
}

private struct Settings: Sendable {
  var hidden = 128
  var rate: Float?
  var seed: UInt64 = 1
  var deskew = true
  var optimizer = Choice.adamw
  var output = "digits.flash"
  var quiet = false
  var images: [String] = []
}

private enum Choice: String, CaseIterable { case sgd, momentum, adamw }

private let arguments = Arguments<Settings>(
  command: "fuzz", version: "1", summary: "Reads any command line.",
  groups: [
    OptionGroup(
      "All",
      [
        Option("hidden", \.hidden, .integer(in: 16...1024, multipleOf: 16), "Units."),
        Option("learning-rate", \.rate, .number(over: 0, upTo: 10), "Step."),
        Option("seed", \.seed, .unsigned, "Seed."),
        Option("deskew", \.deskew, .onOff, "Whether digits are deskewed."),
        Option("optimizer", \.optimizer, .choice, "Rule."),
        Option("output", \.output, .text("FILE"), "Image."),
        Option(flag: "quiet", \.quiet, "Silence."),
      ])
  ],
  positionals: Positionals("IMAGE.pgm", \.images, count: 0...4, "Pictures."))
