import Device
import Foundation
import TestImages

/// `Tools/run-firmware`, and what it needs.
enum Firmware {
  /// The processors, by the tool's names.
  static let processors = ["m0", "m3", "m4", "m55", "rv32", "rv32ec"]

  /// The core of each, as the device knows it.
  static let cores: [String: Core] = [
    "m0": .cortexM0, "m3": .cortexM3, "m4": .cortexM4, "m55": .cortexM55, "rv32": .rv32,
    "rv32ec": .rv32ec,
  ]

  /// Two images to read with; on the one chip of 16 KB of flash and 2 KB of RAM such as fit.
  static func images(for processor: String) throws -> [[UInt8]] {
    processor == "rv32ec"
      ? [try randomImage(hidden: 48, side: 10), try randomImage(hidden: 16, side: 12)]
      : [try factoryImage(), try randomImage(hidden: 32)]
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The first program that is not installed.
  static let missing: String? = ["qemu-system-arm", "qemu-system-riscv32", "llvm-objcopy"].first {
    !isInstalled($0)
  }

  /// Whether a program is in one of `$PATH`'s folders.
  static func isInstalled(_ name: String) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  /// What came of a run.
  struct Result {
    let status: Int32
    let output: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The number behind `key=` in the last line.
    func number(_ key: String) -> Int? { number(key, in: lines.last) }

    /// The number behind `key=` in a line.
    func number(_ key: String, in line: String?) -> Int? {
      for word in (line ?? "").split(separator: " ") where word.hasPrefix(key + "=") {
        return Int(word.dropFirst(key.count + 1))
      }
      return nil
    }
  }

  /// A folder for one test's files.
  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("firmware-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Takes the information for debuggers out of an ELF.
  static func stripDebug(_ elf: URL) throws {
    let process = try Process.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      arguments: ["llvm-objcopy", "--strip-debug", elf.path])
    process.waitUntilExit()
  }

  /// Builds, links and runs; output and errors together.
  static func run(_ processor: String, _ arguments: [String]) throws -> Result {
    try tool("run-firmware", ["--processor", processor] + arguments)
  }

  /// Runs one of the tools; output and errors together.
  ///
  /// - Parameter commands: the folder of commands that it calls; nil leaves it to the tool.
  static func tool(
    _ name: String, _ arguments: [String], commands: URL? = nil
  ) throws -> Result {
    let variables = commands.map { ["SIMDIGIT_BIN=\($0.path)"] } ?? []
    let path = root.appendingPathComponent("Tools/" + name).path
    return try start(URL(fileURLWithPath: "/usr/bin/env"), variables + [path] + arguments)
  }

  /// Runs linked firmware without a picture.
  static func emulate(_ processor: String, _ elf: URL) throws -> Result {
    let machine =
      switch processor {
      case "m0": ["qemu-system-arm", "-M", "microbit"]
      case "m3": ["qemu-system-arm", "-M", "mps2-an385"]
      case "m4": ["qemu-system-arm", "-M", "mps2-an386"]
      case "m55": ["qemu-system-arm", "-M", "mps3-an547"]
      case "rv32ec":
        [
          "qemu-system-riscv32", "-M", "virt", "-bios", "none", "-cpu",
          "rv32,e=true,i=false,m=false,a=false,f=false,d=false,h=false",
        ]
      default:
        [
          "qemu-system-riscv32", "-M", "virt", "-bios", "none", "-cpu",
          "rv32,a=false,f=false,d=false,h=false",
        ]
      }
    // A fault that leads to no exit would otherwise hold the tests up.
    return try start(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["timeout", "60"] + machine + [
        "-nographic", "-monitor", "none", "-serial", "none", "-semihosting-config",
        "enable=on,target=native,arg=firmware", "-kernel", elf.path,
      ])
  }

  private static func start(_ program: URL, _ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }
}
