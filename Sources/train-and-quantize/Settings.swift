import CommandLineSupport
import Device
import Digits
import Foundation
import Int8Runtime
import Network
import Pipeline
import SIMDMath

/// What the command line decides, with its defaults.
struct Settings: Sendable {
  var data: String?
  var testData: String?
  var classes: [String]?
  var transpose = false
  var hidden: Int?
  var input: Int?
  var activation = ActivationFunction.relu
  var optimizer = Optimizer.adamw
  var schedule = Schedule.cosine
  var batch: Int?
  var learningRate: Float?
  var epochs: Int?
  var teacher: Int?
  var augment = Augmentation.Kind.elastic
  var deskew: Bool?
  var device: Profile?
  var seed: UInt64 = 1
  var threads = min(8, ProcessInfo.processInfo.activeProcessorCount)
  var importFile: String?
  var exports: [String] = []
  var output = "digits.flash"
  var sample = "digit.pgm"
  var checkpoint: String?
  var checkpointEvery = 5
  var resume = false
  var report: String?
  var json = false
  var quiet = false
}

let commandLine = Arguments<Settings>(
  command: "train-and-quantize", version: "1.0.0",
  summary: "Learns handwritten digits from scratch and packs the network for a microcontroller.",
  groups: [
    OptionGroup(
      "Digits",
      [
        Option(
          "data", \.data, .text("DIR|FILE.csv|built-in|DIR,built-in"),
          "A data set: IDX files, CSV, a folder of pictures a class; or the built-in handwriting.",
          unset: "MNIST if found, else built-in"),
        Option(
          "test-data", \.testData, .text("DIR|FILE.csv"), "A data set to test on.",
          unset: "test digits of --data"),
        Option(
          "classes", \.classes, .names, "The classes to learn, in this order.",
          unset: "all that --data has"),
        Option(flag: "transpose", \.transpose, "Exchanges rows and columns, for EMNIST's files."),
        Option(
          "augment", \.augment, .choice,
          "How pictures are distorted in training; none where a bent or turned one is of another class."
        ),
        Option(
          "deskew", \.deskew, .onOff,
          "Sets strokes upright before the network sees them; off where a slant tells classes apart.",
          unset: "on; with --import as its file says, or off"),
      ]),
    OptionGroup(
      "Network",
      [
        Option(
          "hidden", \.hidden, .integer(in: 16...1024, multipleOf: 16), "Hidden units.",
          unset: "128, or what fits --device"),
        Option(
          "input", \.input, .choice(of: Settings.sides) { "\($0)" },
          "Side of the square the network sees.", unset: "28, or what fits --device"),
        Option(
          "activation", \.activation, .choice(of: activations, name: \.name),
          "Nonlinearity of the hidden units."),
        Option(
          "import", \.importFile, .text("FILE"),
          "A network instead of training: .tflite, .npz, .safetensors, .flash; with --epochs it is "
            + "trained on.", unset: nil),
        Option(
          "device", \.device, .choice(of: Profile.all, placeholder: "NAME", name: \.name),
          "Chip that the model must fit; infer-sim --list-devices lists them."),
      ]),
    OptionGroup(
      "Training",
      [
        Option("optimizer", \.optimizer, .choice, "How weights follow gradients."),
        Option(
          "batch", \.batch, .integer(in: 1...1024),
          "Digits a step; 1 with sgd and a constant schedule is the textbook's algorithm.",
          unset: "64"),
        Option(
          "learning-rate", \.learningRate, .number(over: 0, upTo: 1e30),
          "Step size at its highest.",
          unset: "by optimizer and batch"),
        Option(
          "schedule", \.schedule, .choice,
          "How the step size changes: warm-up and a cosine to 0, or not at all."),
        Option(
          "epochs", \.epochs, .integer(in: 1...10000), "Passes over the digits at most.",
          unset: "30, or 12 with --augment none"),
        Option(
          "teacher", \.teacher, .integer(in: 16...1024, multipleOf: 16),
          "Hidden units of a wider network, trained first, whose answers are learned too.",
          unset: "none"),
        Option("seed", \.seed, .unsigned, "Where all random numbers come from."),
        Option(
          "threads", \.threads, .integer(in: 1...64), "Threads; results do not depend on them."),
      ]),
    OptionGroup(
      "Interruptions",
      [
        Option(
          "checkpoint", \.checkpoint, .text("FILE"),
          "Keeps training here while it runs; removed when the model image is written.",
          unset: "beside --output, with .checkpoint added"),
        Option(
          "checkpoint-every", \.checkpointEvery, .integer(in: 0...10000),
          "Epochs between two checkpoints; 0 for none."),
        Option(flag: "resume", \.resume, "Goes on from the checkpoint, to the same model image."),
      ]),
    OptionGroup(
      "Results",
      [
        Option("output", \.output, .text("FILE"), "The model image."),
        Option(
          each: "export", \.exports, Exports.reader,
          "The network for other programs: .tflite, .h (C99), .npz, .safetensors; may be given several "
            + "times."),
        Option(
          "sample", \.sample, .text("FILE"), "A test digit as a picture, to try infer-sim with."),
        Option(
          "report", \.report, .text("FILE.html"), "The run in pictures, for a browser.", unset: nil),
        Option(flag: "json", \.json, "One JSON object on standard output, nothing else."),
        Option(flag: "quiet", \.quiet, "No progress on standard error."),
      ]),
  ],
  footer: """
    Example:
      swift run train-and-quantize
      swift run infer-sim digit.pgm
    """)

private let activations: [ActivationFunction] = [.relu, .leakyReLU, .sigmoid, .tanh]

extension ActivationFunction {
  /// As it is typed.
  var name: String {
    switch self {
    case .relu: "relu"
    case .leakyReLU: "leaky-relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    }
  }
}
