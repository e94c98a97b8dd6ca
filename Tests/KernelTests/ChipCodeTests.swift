import Foundation
import Testing

/// What the compiler makes of the rows of chips, with the flags of `Firmware-sim/Firmware/Toolsets`, on whatever
/// machine this runs.
@Suite(
  "Machine code of rows on chips",
  .enabled(
    if: CompiledKernels.canCompile, "this toolchain has no library for bare metal to compile for"))
struct ChipCodeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The runtime's assembly for a toolset.
  private func assembly(_ toolset: String, _ triple: String) throws -> [Substring] {
    let file = ChipCodeTests.root.appendingPathComponent(
      "Firmware-sim/Firmware/Toolsets/\(toolset).json")
    let object = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    let compiler = try #require((object as? [String: Any])?["swiftCompiler"] as? [String: Any])
    let options = try #require(compiler["extraCLIOptions"] as? [String])
    let sources = ChipCodeTests.root.appendingPathComponent("Sources")
    let files = try #require(
      FileManager.default.enumerator(atPath: sources.path + "/Int8Runtime"))
    var arguments = [
      "swiftc", "-emit-assembly", "-target", triple, "-module-name", "Int8Runtime", "-package-name",
      "SIMDigit", "-Xcc", "-fmodule-map-file=\(sources.path)/TargetFeatures/module.modulemap",
      "-enable-experimental-feature", "Lifetimes", "-enable-experimental-feature", "BuiltinModule",
    ]
    // What is for the linker has no place here.
    arguments += options.filter { !["-use-ld=lld", "-Xclang-linker", "-nostdlib"].contains($0) }
    for case let name as String in files where name.hasSuffix(".swift") {
      arguments.append("\(sources.path)/Int8Runtime/\(name)")
    }
    let output = FileManager.default.temporaryDirectory.appendingPathComponent(
      "chip-\(UUID().uuidString).s")
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments + ["-o", output.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
  }

  /// The instructions of the one loop of a function, without directives and remarks.
  private func loop(of name: String, in lines: [Substring]) throws -> [[Substring]] {
    let start = try #require(lines.firstIndex { $0.hasPrefix("$e") && $0.contains(name) })
    let function = lines[start...].prefix { !$0.hasPrefix(".Lfunc_end") }
    var labels: [Substring: Int] = [:]
    for (index, line) in zip(function.indices, function) where line.hasPrefix(".L") {
      labels[line.prefix { $0 != ":" }] = index
    }
    for (index, line) in zip(function.indices, function) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if let target = words.dropFirst().lazy.compactMap({ labels[$0] }).first, target < index {
        return lines[target...index].map { $0.split(whereSeparator: \.isWhitespace) }
          .filter { $0.first?.first?.isLetter == true }
      }
    }
    return []
  }

  @Test(
    "a Cortex-M55 gathers weights and sums products by vectors, and keeps every sum in a register")
  func helium() throws {
    let lines = try assembly("cortex-m55", "armv7em-none-none-eabi")
    let names = try loop(of: "8addBlock", in: lines).map { String($0[0]) }
    // Sixteen inputs and eight units: two gathers and three sums of products for each two units.
    #expect(names.count { $0 == "vldrh.u16" } == 8)
    #expect(names.count { $0 == "vmlava.s16" } == 8)
    #expect(names.count { $0 == "vmlava.u8" } == 4)
    #expect(names.count <= 40)
    #expect(!names.contains { $0.hasPrefix("vstr") || $0.hasPrefix("str") || $0.hasPrefix("bl") })
    let rectifying = try loop(of: "7rectify", in: lines).map { String($0[0]) }
    #expect(rectifying.contains("vqrdmulh.s32") && rectifying.contains("vrshl.s32"))
    #expect(rectifying.count <= 11)
  }

  @Test("an RV32EC adds and never multiplies where it sums, and calls nothing there")
  func withoutMultiplication() throws {
    let lines = try assembly("rv32ec", "riscv32-none-none-eabi")
    for name in ["8addBlock", "12outputRowSum"] {
      let start = try #require(lines.firstIndex { $0.hasPrefix("$e") && $0.contains(name) })
      let function = lines[start...].prefix { !$0.hasPrefix(".Lfunc_end") }
      #expect(!function.contains { $0.contains("\tcall\t") || $0.contains("\tmul\t") }, "\(name)")
      #expect(function.contains { $0.contains("\tadd\t") })
    }
    #expect(!lines.contains { $0.contains("\tmul\t") || $0.contains("\tdiv") })
  }
}
