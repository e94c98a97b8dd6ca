// swift-tools-version: 6.2
import Foundation
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
/// On bare metal the toolset says how: `Tools/run-firmware` names its processor in the environment.
let processor = Context.environment["SIMDIGIT_PROCESSOR"]
let numeric: [SwiftSetting] =
  (processor != nil
    ? []
    : [.unsafeFlags(["-O", "-disable-batch-mode", "-wmo", "-num-threads", "2"] + architecture)])
  + [.enableExperimentalFeature("Lifetimes")]

/// What the processor that is compiled for has, as `KernelShape` and the kernels ask for it: FMA for fused
/// multiplications of 256 bits, AVX512 for 32 registers of 512 bits, VNNI for products of bytes summed in
/// one instruction. Processors other than x86-64 tell by their architecture.
let hostDefines: [SwiftSetting] = {
  let levels = ["x86-64-v3": ["FMA"], "x86-64-v4": ["FMA", "AVX512"]]
  if let name = Context.environment["SIMDIGIT_MARCH"] {
    return levels[name, default: []].map { .define($0) }
  }
  #if os(Linux)
    let features = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let defines = [("FMA", " fma "), ("AVX512", " avx512bw "), ("VNNI", " avx512_vnni ")]
    return defines.filter { features.contains($0.1) }.map { .define($0.0) }
  #else
    return [.define("FMA")]  // Macs with Intel's processors have it.
  #endif
}()

/// The files of which bare metal compiles one.
func rowsLeftOut(but one: String) -> [String] {
  let rows = ["CortexM0", "CortexM4", "RV32"].map { "Firmware/" + $0 + "Rows.swift" }
  return ["Host", "WordAccess.swift"] + (rows + ["PortableRows.swift"]).filter { $0 != one }
}

/// What has a variant for bare metal is one file in `Kernels` and one in `Kernels/Firmware`; what only
/// hosts need is in `Kernels/Host`.
let kernelsLeftOut: [String] =
  switch processor {
  case nil: ["Firmware"]
  case "cortex-m0": rowsLeftOut(but: "Firmware/CortexM0Rows.swift")
  case "cortex-m4": rowsLeftOut(but: "Firmware/CortexM4Rows.swift")
  case "rv32": rowsLeftOut(but: "Firmware/RV32Rows.swift")
  default: rowsLeftOut(but: "PortableRows.swift")
  }

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
    .target(
      name: "Kernels", exclude: kernelsLeftOut,
      swiftSettings: numeric + (processor == nil ? hostDefines : [])
        + [.enableExperimentalFeature("BuiltinModule")]),
    .target(name: "Console"),
    .target(name: "Threads"),
    .target(
      name: "Int8Runtime", dependencies: ["Kernels"],
      exclude: [processor == nil ? "Firmware" : "Host"], swiftSettings: numeric),
    .target(name: "Network", dependencies: ["Kernels", "Threads"], swiftSettings: numeric),
    .target(
      name: "Digits", dependencies: ["Console", "Kernels", "Threads"], swiftSettings: numeric),
    .target(
      name: "Quantizer", dependencies: ["Kernels", "Int8Runtime", "Network"],
      swiftSettings: numeric),
    .target(
      name: "Recipe",
      dependencies: [
        "Console", "Kernels", "Int8Runtime", "Network", "Digits", "Quantizer", "Threads",
      ],
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
    .executableTarget(
      name: "measure-speed",
      dependencies: ["Kernels", "Int8Runtime", "Digits", "Network", "Quantizer", "Recipe"],
      path: "Tools/measure-speed", exclude: ["accuracy.py", "compare.py", "peers.py"],
      swiftSettings: numeric),
    .testTarget(name: "KernelTests", dependencies: ["Kernels"]),
    .testTarget(name: "DigitsTests", dependencies: ["Console", "Digits"]),
    .testTarget(
      name: "Int8RuntimeTests", dependencies: ["Kernels", "Int8Runtime", "Network", "Quantizer"]),
    .testTarget(name: "NetworkTests", dependencies: ["Kernels", "Network"]),
    .testTarget(
      name: "QuantizerTests",
      dependencies: ["Kernels", "Int8Runtime", "Network", "Digits", "Quantizer", "Recipe"]),
    // Run by QuantizerTests, and not linked into them: it replaces malloc.
    .executableTarget(
      name: "AllocationProbe",
      dependencies: ["Kernels", "Int8Runtime", "Network", "Digits", "Quantizer", "Recipe"],
      path: "Tests/AllocationProbe", swiftSettings: numeric, linkerSettings: countedMemory),
    .target(
      name: "TestImages",
      dependencies: ["Kernels", "Int8Runtime", "Network", "Digits", "Quantizer"],
      path: "Tests/TestImages", swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(
      name: "DeviceTests",
      dependencies: [
        "Kernels", "Int8Runtime", "Network", "Digits", "Quantizer", "Device", "TestImages",
      ]),
    // What is computed here and, as bare metal, on an emulated processor.
    .target(
      name: "Checksums", dependencies: ["Kernels", "Int8Runtime", "Digits"],
      path: "Tests/Checksums", swiftSettings: numeric),
    .testTarget(name: "ARMTests", dependencies: ["Checksums"], exclude: ["BareMetal"]),
    .testTarget(name: "ReportPageTests", dependencies: ["ReportPage"]),
    .testTarget(
      name: "FirmwareTests",
      dependencies: [
        "Kernels", "Int8Runtime", "Network", "Digits", "Quantizer", "Device", "TestImages",
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Console", "Device", "Digits", "Kernels", "Recipe", "Threads", "train-and-quantize",
        "infer-sim",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
