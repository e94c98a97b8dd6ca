import Foundation
import Testing

/// Where machine code stands as numbers, and for which processors.
private let sources = [
  ("Firmware-sim/Firmware/Sources/Startup/CortexM/Startup.swift", "thumbv6m-none-eabi", 2),
  ("Firmware-sim/Firmware/Sources/Startup/RISCV/Startup.swift", "riscv32", 4),
  ("Tests/ARMTests/BareMetal/Startup.swift", "aarch64", 3),
]

@Suite(
  "Machine code that stands as numbers",
  .enabled(if: Firmware.isInstalled("llvm-mc"), "llvm-mc is missing"))
struct StartupCodeTests {
  @Test("is what its comment says, instruction by instruction", arguments: sources)
  func agrees(path: String, triple: String, count: Int) throws {
    let file = Firmware.root.appendingPathComponent(path)
    let codes = StartupCode.all(in: try String(contentsOf: file, encoding: .utf8))
    #expect(codes.count == count)
    for code in codes {
      #expect(!code.comment.isEmpty)
      #expect(try code.disassembled(triple) == code.comment, "\(code.name)")
    }
  }

  @Test("is all compared: no other file of the firmware has any")
  func complete() throws {
    let firmware = Firmware.root.appendingPathComponent("Firmware-sim/Firmware/Sources").path
    let files = try #require(FileManager.default.enumerator(atPath: firmware))
    var found: [String] = []
    for case let file as String in files where file.hasSuffix(".swift") {
      let source = try String(contentsOfFile: "\(firmware)/\(file)", encoding: .utf8)
      if !StartupCode.all(in: source).isEmpty {
        found.append("Firmware-sim/Firmware/Sources/" + file)
      }
    }
    #expect(Set(found) == Set(sources.map(\.0).filter { $0.hasPrefix("Firmware-sim") }))
  }

  @Test(
    "a wrong comment, a wrong word, and one too many or too few are noticed",
    arguments: [
      ("csrr a0, mepc; ret", "0xB020_2573, 0x0000_8067"),
      ("csrr a0, minstret; ret", "0xB020_2573, 0x0000_8027"),
      ("csrr a0, minstret", "0xB020_2573, 0x0000_8067"),
      ("csrr a0, minstret; ret", "0xB020_2573"),
    ])
  func differs(comment: String, words: String) throws {
    func code(_ comment: String, _ words: String) throws -> StartupCode {
      let source =
        "/// `\(comment)`.\n@section(\".text.x\") @used\nlet x: (UInt32, UInt32) = (\(words))\n"
      return try #require(StartupCode.all(in: source).first)
    }
    let wrong = try code(comment, words)
    #expect(try wrong.disassembled("riscv32") != wrong.comment)
    let right = try code("csrr a0, minstret; ret", "0xB020_2573, 0x0000_8067")
    #expect(try right.disassembled("riscv32") == right.comment)
  }
}
