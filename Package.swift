// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The processor that numeric code for x86-64 is compiled for. `SIMDIGIT_MARCH=x86-64 swift build` makes a
/// binary that runs on every x86-64; without it, the code is for the machine it is built on. Compilers for
/// another architecture pass over it. What they know of the processor, sources ask of `TargetFeatures`.
let architecture: [String] = {
  var name = Context.environment["SIMDIGIT_MARCH"]
  #if arch(x86_64)
    name = name ?? "native"
  #endif
  guard let name else { return [] }
  return ["-Xarch_x86_64", "-march=\(name)", "-Qunused-arguments"].flatMap { ["-Xcc", $0] }
}()

/// Every unsafe step is marked as such.
let safe: [SwiftSetting] = [.strictMemorySafety()]

/// `swift run` and `swift test` build without optimization, where a numeric loop is 70 to 200 times
/// slower: these targets are optimized in every configuration. Safety checks stay on.
let numeric: [SwiftSetting] =
  safe + [
    .unsafeFlags(["-O", "-disable-batch-mode", "-wmo", "-num-threads", "2"] + architecture),
    .enableExperimentalFeature("Lifetimes"),
  ]

/// Kernels call for operations that only the compiler knows.
let kernels: [SwiftSetting] = numeric + [.enableExperimentalFeature("BuiltinModule")]

/// Gives the allocation probe's functions the names of the C library's, which Swift does not let it
/// define.
let countedMemory: [LinkerSetting] = {
  let names = ["malloc", "calloc", "realloc", "memalign", "aligned_alloc", "posix_memalign"]
  let flags = names.flatMap { ["-Xlinker", "--defsym=\($0)=counted_\($0)"] }
  return [
    .unsafeFlags(flags + ["-Xlinker", "--export-dynamic"], .when(platforms: [.linux]))
  ]
}()

let package = Package(
  name: "SIMDigit",
  platforms: [.macOS(.v26)],  // Span and InlineArray.
  products: [
    .library(name: "Int8Runtime", targets: ["Int8Runtime"])
  ],
  targets: [
    .systemLibrary(name: "TargetFeatures"),
    .target(name: "Threads", swiftSettings: safe),
    .target(name: "SIMDMath", dependencies: ["TargetFeatures"], swiftSettings: kernels),
    .target(name: "Int8Runtime", dependencies: ["TargetFeatures"], swiftSettings: kernels),
    .target(name: "Network", dependencies: ["SIMDMath", "Threads"], swiftSettings: kernels),
    .target(name: "CommandLineSupport", swiftSettings: safe),
    .target(
      name: "Digits", dependencies: ["CommandLineSupport", "SIMDMath", "Threads"],
      swiftSettings: numeric),
    .target(
      name: "Quantizer", dependencies: ["SIMDMath", "Int8Runtime", "Network"],
      swiftSettings: numeric),
    .target(
      name: "Pipeline",
      dependencies: [
        "CommandLineSupport", "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer",
        "Threads",
      ],
      swiftSettings: numeric),
    .target(
      name: "ReportPage", dependencies: ["CommandLineSupport", "Int8Runtime"], swiftSettings: safe),
    .target(
      name: "Device", dependencies: ["Int8Runtime"], path: "Firmware-sim/Device",
      swiftSettings: numeric),
    .target(
      name: "FaultLab", dependencies: ["SIMDMath", "Int8Runtime", "Device"],
      path: "Firmware-sim/FaultLab", swiftSettings: numeric),
    .target(
      name: "Page",
      dependencies: ["SIMDMath", "Int8Runtime", "Digits", "Device"], path: "Firmware-sim/Page",
      swiftSettings: numeric),
    .executableTarget(
      name: "train-and-quantize",
      dependencies: [
        "CommandLineSupport", "SIMDMath", "Int8Runtime", "Digits", "Network", "Quantizer",
        "Pipeline", "Device",
        "ReportPage",
      ],
      swiftSettings: safe),
    .executableTarget(
      name: "infer-sim",
      dependencies: [
        "CommandLineSupport", "Int8Runtime", "Digits", "Device", "FaultLab", "Page", "Pipeline",
        "ReportPage",
      ],
      path: "Firmware-sim/infer-sim", resources: [.copy("factory.flash")], swiftSettings: safe),
    // What a host can do with a model image's integers: a yardstick, not used by the commands.
    .target(
      name: "HostInt8", dependencies: ["SIMDMath", "Int8Runtime", "Network"],
      path: "Tools/host-int8", swiftSettings: kernels),
    .executableTarget(
      name: "measure-speed",
      dependencies: [
        "HostInt8", "SIMDMath", "Int8Runtime", "Digits", "Network", "Quantizer", "Pipeline",
      ],
      path: "Tools/measure-speed", exclude: ["accuracy.py", "compare.py", "peers.py"],
      swiftSettings: numeric),
    .testTarget(
      name: "KernelTests",
      dependencies: ["HostInt8", "SIMDMath", "Int8Runtime", "Network", "Quantizer"]),
    .testTarget(name: "DigitsTests", dependencies: ["CommandLineSupport", "Digits"]),
    .testTarget(
      name: "Int8RuntimeTests",
      dependencies: ["HostInt8", "SIMDMath", "Int8Runtime", "Network", "Quantizer"]),
    .testTarget(name: "NetworkTests", dependencies: ["SIMDMath", "Network"]),
    .testTarget(
      name: "QuantizerTests",
      dependencies: [
        "HostInt8", "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer", "Pipeline",
      ]),
    // Run by QuantizerTests, and not linked into them: it replaces malloc.
    .executableTarget(
      name: "AllocationProbe",
      dependencies: ["SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer", "Pipeline"],
      path: "Tests/AllocationProbe", swiftSettings: numeric, linkerSettings: countedMemory),
    .target(
      name: "TestImages",
      dependencies: ["SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer"],
      path: "Tests/TestImages", swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(
      name: "DeviceTests",
      dependencies: [
        "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer", "Device", "FaultLab",
        "TestImages",
      ], swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    // What is computed here and, as bare metal, on an emulated processor.
    .target(
      name: "Checksums", dependencies: ["SIMDMath", "Int8Runtime", "Network", "Digits"],
      path: "Tests/Checksums", swiftSettings: numeric),
    .testTarget(name: "ARMTests", dependencies: ["Checksums"], exclude: ["BareMetal"]),
    .testTarget(name: "ReportPageTests", dependencies: ["ReportPage"]),
    .testTarget(
      name: "PageTests",
      dependencies: [
        "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer", "Pipeline", "Device", "Page",
        "TestImages",
      ]),
    .testTarget(
      name: "FirmwareTests",
      dependencies: [
        "SIMDMath", "Int8Runtime", "Network", "Digits", "Quantizer", "Device", "FaultLab",
        "TestImages",
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CommandLineSupport", "Device", "Digits", "Int8Runtime", "Pipeline", "Threads",
        "train-and-quantize",
        "infer-sim",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
