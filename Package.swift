// swift-tools-version: 6.2
import PackageDescription

/// The processor the numeric code is compiled for. `SIMDIGIT_MARCH=x86-64 swift build` makes a binary
/// that runs on every x86-64; without it, the code is for the machine it is built on.
let architecture: [String] = {
  if let name = Context.environment["SIMDIGIT_MARCH"] { return ["-Xcc", "-march=\(name)"] }
  #if arch(x86_64)
    return ["-Xcc", "-march=native"]
  #else
    // Compilers for ARM assume NEON anyway, and Apple's the first of its own processors.
    return []
  #endif
}()

/// `swift run` and `swift test` build without optimization, where a numeric loop is 70 to 200 times
/// slower: these targets are optimized in every configuration. Safety checks stay on.
let numeric: [SwiftSetting] = [
  .unsafeFlags(["-O", "-disable-batch-mode", "-wmo", "-num-threads", "2"] + architecture),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "SIMDigit",
  platforms: [.macOS(.v26)],  // Span and InlineArray.
  products: [
    .library(name: "Int8Runtime", targets: ["Int8Runtime"])
  ],
  targets: [
    .target(name: "Kernels", swiftSettings: numeric),
    .target(name: "Console"),
    .target(name: "Int8Runtime", dependencies: ["Kernels"], swiftSettings: numeric),
    .target(name: "Network", dependencies: ["Kernels"], swiftSettings: numeric),
    .target(name: "Digits", dependencies: ["Console", "Kernels"], swiftSettings: numeric),
    .target(
      name: "Quantizer", dependencies: ["Kernels", "Int8Runtime", "Network"],
      swiftSettings: numeric),
    .target(
      name: "Recipe",
      dependencies: ["Kernels", "Int8Runtime", "Network", "Digits", "Quantizer"],
      swiftSettings: numeric),
    .target(name: "ReportPage", dependencies: ["Console", "Int8Runtime"]),
    .target(
      name: "Device", dependencies: ["Kernels", "Int8Runtime"], path: "Firmware-sim/Device",
      swiftSettings: numeric),
    .executableTarget(
      name: "train-and-quantize",
      dependencies: [
        "Console", "Kernels", "Int8Runtime", "Digits", "Network", "Quantizer", "Recipe", "Device",
        "ReportPage",
      ]),
    .executableTarget(
      name: "infer-sim", dependencies: ["Console", "Int8Runtime", "Digits", "Device"],
      path: "Firmware-sim/infer-sim", resources: [.copy("factory.flash")]),
    .testTarget(name: "KernelTests", dependencies: ["Kernels"]),
    .testTarget(name: "DigitsTests", dependencies: ["Digits"]),
    .testTarget(name: "Int8RuntimeTests", dependencies: ["Int8Runtime"]),
    .testTarget(name: "NetworkTests", dependencies: ["Network"]),
    .testTarget(name: "QuantizerTests", dependencies: ["Quantizer", "Recipe"]),
    .testTarget(name: "DeviceTests", dependencies: ["Device"]),
    .testTarget(name: "ReportPageTests", dependencies: ["ReportPage"]),
    .testTarget(
      name: "CommandTests", dependencies: ["Console", "train-and-quantize", "infer-sim"]),
  ],
  swiftLanguageModes: [.v6]
)
