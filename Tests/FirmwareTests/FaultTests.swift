import Foundation
import TestImages
import Testing

extension UnderQEMU {
  /// What the firmware says of a fault.
  @Suite("Faults") struct FaultTests {
    @Test(
      "an instruction that there is not is said with its address, and ends with code 99",
      arguments: Firmware.processors)
    func undefinedInstruction(processor: String) throws {
      let folder = try Firmware.folder()
      let flash = folder.appendingPathComponent("digits.flash")
      try Data(try randomImage(hidden: 16, side: 10)).write(to: flash)
      let file = folder.appendingPathComponent("firmware.elf")
      let built = try Firmware.run(processor, ["--flash", flash.path, "--elf", file.path])
      #expect(built.status == 0)
      var elf = try LinkedFirmware(file)
      let address = try #require(elf.address(of: "main"))
      let code = try #require(elf.section(at: address))
      // `udf #0` in Thumb; no instruction of RISC-V is all zeros, of sixteen bits or more.
      let undefined: [UInt8] = processor.hasPrefix("rv32") ? [0, 0] : [0x00, 0xDE]
      elf.bytes.replaceSubrange(code.offset..<code.offset + undefined.count, with: undefined)
      try Data(elf.bytes).write(to: file)
      let result = try Firmware.emulate(processor, file)
      #expect(result.status == 99)
      #expect(code.name == ".text")
      #expect(result.lines == ["fault pc=\(Int32(bitPattern: address))"])
    }
  }
}

/// A linked ELF of 32 bits, little-endian ("Tool Interface Standard ELF Specification", 1.2).
private struct LinkedFirmware {
  var bytes: [UInt8]

  init(_ file: URL) throws { bytes = [UInt8](try Data(contentsOf: file)) }

  /// A section's header.
  private struct Section {
    let name: Int
    let kind: UInt32
    let address: UInt32
    let offset: Int
    let size: Int
    let link: Int
  }

  private func word(_ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
  }

  private func half(_ offset: Int) -> Int { Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 }

  private func text(_ offset: Int) -> String {
    String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }

  private var sections: [Section] {
    let (start, length, count) = (Int(word(32)), half(46), half(48))
    return (0..<count).map {
      let offset = start + length * $0
      return Section(
        name: Int(word(offset)), kind: word(offset + 4), address: word(offset + 12),
        offset: Int(word(offset + 16)), size: Int(word(offset + 20)), link: Int(word(offset + 24)))
    }
  }

  /// Where a function starts, without the bit that says Thumb.
  func address(of symbol: String) -> UInt32? {
    for table in sections where table.kind == 2 {
      let names = sections[table.link].offset
      for entry in stride(from: table.offset, to: table.offset + table.size, by: 16)
      where text(names + Int(word(entry))) == symbol {
        return word(entry + 4) & ~1
      }
    }
    return nil
  }

  /// The name of the section with an address, and where in the file that is.
  func section(at address: UInt32) -> (name: String, offset: Int)? {
    let all = sections
    let names = all[half(50)].offset
    for section in all where section.kind == 1 && section.address <= address {
      let distance = Int(address - section.address)
      if distance < section.size { return (text(names + section.name), section.offset + distance) }
    }
    return nil
  }
}
