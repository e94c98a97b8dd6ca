// swift-tools-version: 6.2
import PackageDescription

// The rooms of the package above, compiled as Embedded Swift for WebAssembly. `Rooms`, `Device`, `Page` and
// `Sources/Pipeline/Room` are links to their sources, so that nothing has to be public for a page alone. What only a
// system has (files, threads, a clock) is left out, or has a stand-in in `Sources/StandIns` and `Sources/Pipeline`.

/// Those that hold kernels also call for operations that only the compiler knows.
let bare: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .enableExperimentalFeature("BuiltinModule"),
  .enableExperimentalFeature("Extern"),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency], in path: String, _ sources: [String]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, sources: sources, swiftSettings: bare)
}

let package = Package(
  name: "Browser",
  targets: [
    .systemLibrary(name: "TargetFeatures", path: "Rooms/TargetFeatures"),
    room("CommandLineSupport", [], in: "Sources/StandIns/CommandLineSupport"),
    room("Threads", [], in: "Sources/StandIns/Threads"),
    room("SIMDMath", ["TargetFeatures"], in: "Rooms/SIMDMath"),
    .target(
      name: "Int8Runtime", dependencies: ["TargetFeatures"], path: "Rooms/Int8Runtime",
      exclude: ["Int8Runtime.docc"], swiftSettings: bare),
    .target(
      name: "Network", dependencies: ["SIMDMath", "Threads"], path: "Rooms/Network",
      exclude: ["Network.docc"], swiftSettings: bare),
    room(
      "Digits", ["SIMDMath", "Threads"], in: "Rooms/Digits",
      ["Augmentation", "Handwriting", "InkFinding"]
        + ["Picture", "Gray", "Transparency", "DigitsError", "ByteSource"].map {
          "Files/\($0).swift"
        }
        + ["DigitSet", "DigitSet+Removal", "ClassNames", "IDX", "TrainingData"].map {
          "DataSets/\($0).swift"
        }),
    room(
      "Quantizer", ["SIMDMath", "Int8Runtime", "Network"], in: "Rooms/Quantizer",
      ["Quantize", "Evaluate"]),
    room(
      "Pipeline",
      [
        "CommandLineSupport", "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer",
        "Threads",
      ],
      in: "Sources/Pipeline",
      [
        "TrainingRun", "TrainingRun+Outcome", "SteppedRun", "Distortion", "DrawnExamples", "AugmentedExamples",
        "MixedExamples", "Preprocessing", "DataChoice", "TrainingRequest", "TrainingSigns",
        "TrainingRunError", "Checkpoint", "TrainingMemory", "DigitSet+Checksum",
      ].map { "Room/\($0).swift" }
        + ["ImportedNetwork", "ChosenData", "Stopwatch"].map { "\($0).swift" }),
    room("Device", ["SIMDMath", "Int8Runtime"], in: "Device"),
    room("Page", ["SIMDMath", "Int8Runtime", "Digits", "Device"], in: "Page"),
    room("Startup", ["SIMDMath"], in: "Sources/Startup"),
    .executableTarget(
      name: "Reader", dependencies: ["Startup", "Page", "Int8Runtime", "Digits", "Device"],
      path: "Sources/Reader", swiftSettings: bare),
    .executableTarget(
      name: "Trainer",
      dependencies: [
        "Startup", "Pipeline", "Int8Runtime", "Digits", "Network", "Quantizer", "SIMDMath",
      ],
      path: "Sources/Trainer", swiftSettings: bare),
  ],
  swiftLanguageModes: [.v6]
)
