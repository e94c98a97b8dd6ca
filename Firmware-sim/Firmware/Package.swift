// swift-tools-version: 6.2
import PackageDescription

/// `Tools/run-firmware` sets it: cortex-m4, cortex-m0 or rv32.
let processor = Context.environment["SIMDIGIT_PROCESSOR"] ?? "cortex-m4"

/// Two Cortex-M boards, whose timers tick differently.
let otherTicks =
  processor == "cortex-m4" ? "CortexM/TicksMicrobit.swift" : "CortexM/TicksAN386.swift"

/// What starts other processors.
let startupLeftOut: [String] =
  switch processor {
  case "cortex-m4": ["RISCV", "CortexM0"]
  case "cortex-m0": ["RISCV"]
  default: ["CortexM", "CortexM0"]
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
