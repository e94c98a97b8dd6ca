// swift-tools-version: 6.2
import PackageDescription

/// `Tools/run-firmware` sets it: cortex-m0, cortex-m3, cortex-m4 or rv32.
let processor = Context.environment["SIMDIGIT_PROCESSOR"] ?? "cortex-m4"

/// Two kinds of Cortex-M boards, whose timers tick differently.
let otherTicks =
  processor == "cortex-m0" ? "CortexM/TicksMPS2.swift" : "CortexM/TicksMicrobit.swift"

/// What starts other processors.
let startupLeftOut: [String] =
  switch processor {
  case "rv32": ["CortexM", "CortexM0"]
  case "cortex-m0": ["RISCV"]
  default: ["RISCV", "CortexM0"]
  }

let bare: [SwiftSetting] = [
  .enableExperimentalFeature("Extern"),
  .enableExperimentalFeature("Volatile"),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "Firmware",
  dependencies: [.package(name: "SIMDigit", path: "../..")],
  targets: [
    .target(
      name: "Board",
      exclude: processor == "rv32" ? ["CortexM"] : ["RISCV", otherTicks],
      swiftSettings: bare),
    // Linked, but imported by nobody: what stands in a named section may be compiled only once.
    .target(
      name: "Startup", dependencies: ["Board"], exclude: startupLeftOut, swiftSettings: bare),
    .executableTarget(
      name: "Reader",
      dependencies: ["Board", "Startup", .product(name: "Int8Runtime", package: "SIMDigit")],
      swiftSettings: bare),
    .executableTarget(
      name: "Batch",
      dependencies: ["Board", "Startup", .product(name: "Int8Runtime", package: "SIMDigit")],
      swiftSettings: bare),
  ],
  swiftLanguageModes: [.v6]
)
