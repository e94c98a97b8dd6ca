import CommandLineSupport
import Device
import Pipeline

/// What the command line decides, with its defaults.
struct Settings: Sendable {
  var flash: String?
  var device = Profile.default
  var engine = Engine.sim
  var port: String?
  var update: String?
  var dataset: String?
  var transpose = false
  var listDevices = false
  var profile = false
  var inject: Injection?
  var faultReport = false
  var faults = 20_000
  var longRun: Int?
  var seed: UInt64 = 1
  var plot: String?
  var exports: [String] = []
  var json = false
  var quiet = false
  var pictures: [String] = []
}

let commandLine = Arguments<Settings>(
  command: "infer-sim", version: "1.0.0",
  summary: "Reads digits on a simulated microcontroller.",
  groups: [
    OptionGroup(
      "Device",
      [
        Option(
          "flash", \.flash, .text("FILE"), "The model image.",
          unset: "digits.flash if it is there, else the factory image"),
        Option(
          "device", \.device, .choice(of: Profile.all, placeholder: "NAME", name: \.name),
          "The chip."),
        Option(
          "engine", \.engine, .choice(of: Engine.allCases, name: \.rawValue),
          "What runs it: an estimate here, the firmware under QEMU, or a node on a serial line."),
        Option(
          "port", \.port, .text("PATH"), "The node's serial port or Unix socket.", unset: nil),
        Option(
          "update", \.update, .text("FILE.flash"), "Send a model image to the node first.",
          unset: nil),
        Option(
          flag: "profile", \.profile,
          "Say what each step takes: instructions, counted too with --engine qemu, bytes and cycles."
        ),
        Option(flag: "list-devices", \.listDevices, "List the chips and exit."),
      ]),
    OptionGroup(
      "Digits",
      [
        Option(
          "dataset", \.dataset, .text("DIR|FILE.csv"), "Read a data set's test digits.",
          unset: nil),
        Option(flag: "transpose", \.transpose, "Exchanges rows and columns, for EMNIST's files."),
      ]),
    OptionGroup(
      "Faults",
      [
        Option("inject", \.inject, Injection.reader, Injection.help),
        Option(
          flag: "fault-report", \.faultReport,
          "Damage flash, memory, line and power in every way and say what comes of it."),
        Option(
          "faults", \.faults, .integer(in: 1...10_000_000), "How many of each kind to report on."),
        Option(
          "long-run", \.longRun, .integer(in: 1...1_000_000_000),
          "Read so many pictures with every countermeasure on."),
        Option("seed", \.seed, .unsigned, "Where the faults are."),
        Option(
          "plot", \.plot, .text("FILE.svg"), "Draw accuracy against flipped bits.", unset: nil),
      ]),
    OptionGroup(
      "Results",
      [
        Option(
          each: "export", \.exports, Exports.reader,
          "Write the network for other programs: .tflite, .h (C99), .npz, .safetensors; may be given "
            + "several times."),
        Option(flag: "json", \.json, "One JSON object on standard output, nothing else."),
        Option(flag: "quiet", \.quiet, "No pictures and no progress."),
      ]),
  ],
  positionals: Positionals("PICTURE", \.pictures, "Pictures of one digit each, any size."),
  footer: """
    Example:
      swift run infer-sim digit.pgm
      swift run infer-sim --device stm32f030f4 --flash small.flash digit.pgm
    """)
