import Device
import Digits
import Foundation
import Int8Runtime
import TestImages
import Testing

extension UnderQEMU {
  /// What ``Footprint`` tells those who ask whether a model fits a chip.
  @Suite("Footprint") struct FootprintTests {
    @Test(
      "is what is linked and what the stack comes to",
      arguments: Firmware.processors)
    func footprint(processor: String) throws {
      let core = try #require(Firmware.cores[processor])
      let folder = try Firmware.folder()
      let budget = Footprint.of(core)
      var deepest = 0
      // The sides that are read as they are, and pooled.
      let images = try Firmware.images(for: processor)
      for image in [images[0], try randomImage(hidden: 32, side: 10)] {
        let flash = folder.appendingPathComponent("digits.flash")
        try Data(image).write(to: flash)
        let picture = folder.appendingPathComponent("digit.pgm")
        let pixels = Array(Handwriting(seed: 4).set(count: 1).pixels)
        try Data(Array("P5\n28 28\n255\n".utf8) + pixels).write(to: picture)
        let result = try Firmware.run(
          processor, ["--flash", flash.path, "--footprint", picture.path])
        #expect(result.status == 0)
        let text = try #require(result.number("text", in: result.lines.first))
        let rodata = try #require(result.number("rodata", in: result.lines.first))
        #expect((budget.codeBytes - 256...budget.codeBytes).contains(text + rodata))
        #expect(result.number("data", in: result.lines.first) == 0)
        #expect(result.number("bss", in: result.lines.first) == 0)
        deepest = max(deepest, try #require(result.number("stack")))
      }
      #expect((budget.stackBytes - 64...budget.stackBytes).contains(deepest))
    }
  }
}
