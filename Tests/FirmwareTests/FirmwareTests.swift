import Device
import Digits
import Foundation
import Int8Runtime
import TestImages
import Testing

private let skipped: Comment =
  "QEMU (qemu-system-arm, qemu-system-riscv32) or llvm-objcopy is missing"

/// One after the other: they build in one place, and QEMU is many times the work of a test.
@Suite("Under QEMU", .enabled(if: Firmware.missing == nil, skipped), .serialized)
struct UnderQEMU {}

extension UnderQEMU {
  /// The firmware as linked.
  @Suite("Firmware") struct FirmwareTests {
    private let folder: URL

    init() throws { folder = try Firmware.folder() }

    private func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
      let file = folder.appendingPathComponent(name)
      try Data(bytes).write(to: file)
      return file.path
    }

    @Test(
      "reads a hundred generated digits with the host's logits", arguments: Firmware.processors)
    func sameLogits(processor: String) throws {
      let pixels = Handwriting(seed: 9).set(count: 100).pixels
      let pictures = try write(imagesFile(pixels), "images")
      for image in try Firmware.images(for: processor) {
        let flash = try write(image, "digits.flash")
        let result = try Firmware.run(processor, ["--flash", flash, "--dataset", pictures])
        let host = try read(pixels, with: image)
        #expect(result.status == 0)
        #expect(result.number("count") == 100)
        #expect(result.number("digest").map { UInt32(truncatingIfNeeded: $0) } == host.digest)
        let digits = result.lines.dropLast().map { Int($0.prefix(1)) }
        #expect(digits == host.digits.map(Optional.init))
      }
    }

    @Test("reads one picture and says so in one line", arguments: Firmware.processors)
    func onePicture(processor: String) throws {
      let image = try Firmware.images(for: processor)[0]
      let flash = try write(image, "digits.flash")
      let pixels = Array(Handwriting(seed: 4).set(count: 1).pixels)
      let picture = try write(Array("P5\n# a comment\n28 28\n255\n".utf8) + pixels, "digit.pgm")
      let result = try Firmware.run(processor, ["--flash", flash, picture])
      #expect(result.status == 0)
      #expect(result.lines.count == 1)
      #expect(result.number("digit") == (try read(pixels, with: image)).digits[0])
      for key in ["instructions", "preprocessing", "stack"] {
        #expect((result.number(key) ?? 0) > 0)
      }
    }

    @Test("refuses what is not a 28x28 PGM, each with its code")
    func unreadable() throws {
      let flash = try write(try factoryImage(), "digits.flash")
      let pixels = [UInt8](repeating: 9, count: pictureBytes)
      let wrong = ["P2\n28 28\n255\n", "P5\n27 28\n255\n", "P5\n28 28\n65535\n", "P5\n28 28\n", ""]
      for header in wrong {
        let picture = try write(Array(header.utf8) + pixels, "wrong.pgm")
        #expect(try Firmware.run("m4", ["--flash", flash, picture]).status == 65)
      }
      let short = try write(Array("P5\n28 28\n255\n".utf8) + pixels.dropLast(), "short.pgm")
      #expect(try Firmware.run("m4", ["--flash", flash, short]).status == 65)
      #expect(try Firmware.run("m4", ["--flash", flash, folder.path + "/none"]).status == 66)
    }

    @Test("finds a bit flipped anywhere in the linked model when it boots")
    func flippedBits() throws {
      let flash = try write(try randomImage(hidden: 32), "digits.flash")
      let result = try Firmware.run("m4", ["--flash", flash, "--flip-bits", "1000"])
      #expect(result.lines.last == "flipped=1000 caught=1000")
      #expect(result.status == 0)
    }

    @Test(
      "faults when its stack is used up, instead of overwriting something",
      arguments: Firmware.processors)
    func stackOverflow(processor: String) throws {
      let flash = try write(try Firmware.images(for: processor)[1], "digits.flash")
      let result = try Firmware.run(
        processor, ["--flash", flash, "--memory", "starved", "none"])
      #expect(result.status == 99)
      // Below the stack of a RISC-V is a window that swallows what is stored and answers with ones: the
      // next return or address made of them leads nowhere, and what goes there faults.
      if processor == "rv32ec" {
        // Here the first to go there is an instruction of the program, with such an address.
        let pc = try #require(result.number("pc"))
        #expect((0x8010_0000..<0x8010_4000).contains(Int(UInt32(truncatingIfNeeded: pc))))
      } else {
        let fault = processor == "rv32" ? "fault pc=-2" : "fault=stack-overflow"
        #expect(result.lines.last == fault)
      }
    }

    @Test("fits 16 KB of flash and 2 KB of RAM with 64 units on 10x10")
    func smallChip() throws {
      let flash = try write(try randomImage(hidden: 64, side: 10), "small.flash")
      let pixels = Handwriting(seed: 4).set(count: 1).pixels
      let picture = try write(Array("P5\n28 28\n255\n".utf8) + pixels, "digit.pgm")
      let result = try Firmware.run("m4", ["--flash", flash, "--memory", "small", picture])
      #expect(result.status == 0)
      #expect((result.number("stack") ?? .max) <= 768)
    }

    @Test("has nothing that could allocate", arguments: Firmware.processors)
    func noHeap(processor: String) throws {
      let flash = try write(try randomImage(hidden: 16, side: 10), "digits.flash")
      let elf = folder.appendingPathComponent("firmware.elf")
      #expect(try Firmware.run(processor, ["--flash", flash, "--elf", elf.path]).status == 0)
      // What is left of the names then are those of symbols.
      try Firmware.stripDebug(elf)
      let linked = try Data(contentsOf: elf)
      #expect(linked.range(of: Data("resetHandler".utf8)) != nil)
      for name in ["malloc", "memalign", "swift_slowAlloc", "swift_alloc", "swift_retain"] {
        #expect(linked.range(of: Data(name.utf8)) == nil, "\(name)")
      }
    }
  }
}
