// swift-tools-version: 6.2
import PackageDescription

// Modules of the package above, compiled as Embedded Swift for WebAssembly. `Product`, `Device`, `Page` and
// `Sources/Pipeline/Product` are links to their sources, so that nothing has to be public for a page alone. What only a
// system has (files, threads, a clock) is left out, or has a stand-in in `Sources/StandIns` and `Sources/Pipeline`.

/// Those that hold kernels also call for operations that only the compiler knows.
let bare: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .enableExperimentalFeature("BuiltinModule"),
  .enableExperimentalFeature("Extern"),
]

func module(
  _ name: String, _ dependencies: [Target.Dependency], in path: String, _ sources: [String]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, sources: sources, swiftSettings: bare)
}

let package = Package(
  name: "Browser",
  targets: [
    .systemLibrary(name: "TargetFeatures", path: "Product/TargetFeatures"),
    module("CommandLineSupport", [], in: "Sources/StandIns/CommandLineSupport"),
    module("Threads", [], in: "Sources/StandIns/Threads"),
    module("SIMDMath", ["TargetFeatures"], in: "Product/SIMDMath"),
    .target(
      name: "Int8Runtime", dependencies: ["TargetFeatures"], path: "Product/Int8Runtime",
      exclude: ["Int8Runtime.docc"], swiftSettings: bare),
    .target(
      name: "Network", dependencies: ["SIMDMath", "Threads"], path: "Product/Network",
      exclude: ["Network.docc"], swiftSettings: bare),
    module(
      "Digits", ["SIMDMath", "Threads"], in: "Product/Digits",
      ["Augmentation", "Handwriting", "InkFinding"]
        + ["Picture", "Gray", "Transparency", "DigitsError", "ByteSource"].map {
          "Files/\($0).swift"
        }
        + ["DigitSet", "DigitSet+Removal", "ClassNames", "IDX", "TrainingData"].map {
          "DataSets/\($0).swift"
        }),
    module(
      "Quantizer", ["SIMDMath", "Int8Runtime", "Network"], in: "Product/Quantizer",
      ["Quantize", "Evaluate"]),
    module(
      "Pipeline",
      [
        "CommandLineSupport", "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer",
        "Threads",
      ],
      in: "Sources/Pipeline",
      [
        "TrainingRun", "TrainingRun+Outcome", "SteppedRun", "Distortion", "DrawnExamples",
        "AugmentedExamples",
        "MixedExamples", "Preprocessing", "DataChoice", "TrainingRequest", "TrainingSigns",
        "TrainingRunError", "Checkpoint", "TrainingMemory", "DigitSet+Checksum",
      ].map { "Product/\($0).swift" }
        + ["ImportedNetwork", "ChosenData", "Stopwatch"].map { "\($0).swift" }),
    module("Device", ["SIMDMath", "Int8Runtime"], in: "Device"),
    module("Page", ["SIMDMath", "Int8Runtime", "Digits", "Device"], in: "Page"),
    module("Startup", ["SIMDMath"], in: "Sources/Startup"),
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
