import Console
import Device

/// What the command line decides, with its defaults.
struct Settings: Sendable {
  var flash: String?
  var device = Profile.default
  var dataset: String?
  var listDevices = false
  var json = false
  var quiet = false
  var images: [String] = []
}

let commandLine = Arguments<Settings>(
  command: "infer-sim", version: "1.0.0",
  summary: "Reads digits on a simulated microcontroller.",
  groups: [
    OptionGroup(
      "Device",
      [
        Option(
          "flash", \.flash, .text("FILE"), "The flash image.",
          unset: "digits.flash if it is there, else the factory image"),
        Option(
          "device", \.device, .choice(of: Profile.all, placeholder: "NAME", name: \.name),
          "The chip."),
        Option(flag: "list-devices", \.listDevices, "List the chips and exit."),
      ]),
    OptionGroup(
      "Digits",
      [
        Option(
          "dataset", \.dataset, .text("DIR"), "Read MNIST's test digits from a folder.", unset: nil)
      ]),
    OptionGroup(
      "Results",
      [
        Option(flag: "json", \.json, "One JSON object on standard output, nothing else."),
        Option(flag: "quiet", \.quiet, "No pictures and no progress."),
      ]),
  ],
  positionals: Positionals("IMAGE.pgm", \.images, "Pictures of one digit each, any size."),
  footer: """
    Example:
      swift run infer-sim digit.pgm
      swift run infer-sim --device stm32f030f4 --flash small.flash digit.pgm
    """)
