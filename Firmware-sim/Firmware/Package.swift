// swift-tools-version: 6.2
import PackageDescription

/// `Tools/run-firmware` sets it: cortex-m0, cortex-m3, cortex-m4, cortex-m55, rv32 or rv32ec.
let processor = Context.environment["SIMDIGIT_PROCESSOR"] ?? "cortex-m4"

let isRISCV = processor.hasPrefix("rv32")

/// Three kinds of Cortex-M boards, whose timers tick differently.
let ticks =
  switch processor {
  case "cortex-m0": "Microbit"
  case "cortex-m55": "MPS3"
  default: "MPS2"
  }
let otherTicks = ["Microbit", "MPS2", "MPS3"].filter { $0 != ticks }
  .map { "CortexM/Ticks\($0).swift" }

/// What starts other processors.
let startupLeftOut: [String] =
  switch processor {
  case "rv32": ["CortexM", "CortexM0", "CortexM55", "RV32EC"]
  case "rv32ec": ["CortexM", "CortexM0", "CortexM55"]
  case "cortex-m0": ["RISCV", "CortexM55", "RV32EC"]
  case "cortex-m55": ["RISCV", "CortexM0", "CortexM/NoVectors.swift", "RV32EC"]
  default: ["RISCV", "CortexM0", "CortexM55", "RV32EC"]
  }

/// `Tools/make-firmware` sets it: a folder of `Boards`, for whose hardware `Node` is built.
let board = Context.environment["SIMDIGIT_BOARD"]

/// A fault is told to a debugger, or starts a board again.
let faultsLeftOut: [String] =
  startupLeftOut.contains("CortexM")
  ? [] : [board == nil ? "CortexM/FaultRestart.swift" : "CortexM/FaultReport.swift"]

let bare: [SwiftSetting] = [
  .enableExperimentalFeature("BuiltinModule"),
  .enableExperimentalFeature("Extern"),
  .enableExperimentalFeature("Volatile"),
  .enableExperimentalFeature("Lifetimes"),
]

let runtime: Target.Dependency = .product(name: "Int8Runtime", package: "SIMDigit")

/// A program that a debugger's host starts.
func hosted(_ name: String) -> Target {
  .executableTarget(name: name, dependencies: ["Board", "Startup", runtime], swiftSettings: bare)
}

/// The firmware at the end of a wire, and what it knows of chips and of its board.
func node(on board: String) -> [Target] {
  return [
    .target(name: "Drivers", dependencies: ["Board", runtime], swiftSettings: bare),
    .target(
      name: "NodeHardware", dependencies: ["Board", "Drivers", runtime], path: "Boards/\(board)",
      exclude: ["memory.ld", "board.conf"], swiftSettings: bare),
    .executableTarget(
      name: "Node", dependencies: ["Board", "Startup", "Drivers", "NodeHardware", runtime],
      swiftSettings: bare),
  ]
}

let package = Package(
  name: "Firmware",
  dependencies: [.package(name: "SIMDigit", path: "../..")],
  targets: [
    .target(
      name: "Board", dependencies: [runtime],
      exclude: isRISCV ? ["CortexM"] : ["RISCV"] + otherTicks,
      swiftSettings: bare),
    // Linked, but imported by nobody: what stands in a named section may be compiled only once.
    .target(
      name: "Startup", dependencies: ["Board"], exclude: startupLeftOut + faultsLeftOut,
      swiftSettings: bare),
    hosted("Reader"), hosted("Profiler"), hosted("Guarded"), hosted("Batch"),
  ] + (board.map(node) ?? []),
  swiftLanguageModes: [.v6]
)
