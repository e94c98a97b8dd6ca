import Digits
import Foundation
import Int8Runtime
import TestImages
import Testing

extension UnderQEMU {
  /// The checks of a guarded classification on the cores whose lists are their own: on others they are the host's,
  /// where `MemoryFaultTests` try them.
  @Suite("Countermeasures") struct GuardedTests {
    @Test(
      "every picture is read as without them, and a list that was changed or cut short is noticed",
      arguments: ["m55", "rv32ec"])
    func damagedLists(processor: String) throws {
      let folder = try Firmware.folder()
      let pixels = Handwriting(seed: 12).set(count: 96).pixels
      let pictures = folder.appendingPathComponent("images")
      try imagesFile(pixels).write(to: pictures)
      // By turns one is read unharmed, one with a bit flipped of its list or features, one with an entry left out.
      let unharmed = stride(from: 0, to: pixels.count, by: 3 * pictureBytes).flatMap {
        pixels[$0..<$0 + pictureBytes]
      }
      for image in try Firmware.images(for: processor) {
        let flash = folder.appendingPathComponent("digits.flash")
        try Data(image).write(to: flash)
        let result = try Firmware.run(
          processor, ["--flash", flash.path, "--guarded", pictures.path])
        #expect(result.status == 0, "\(result.output)")
        let host = try read(unharmed, with: image)
        #expect(result.number("sure") == 32)
        #expect(result.number("digest").map { UInt32(truncatingIfNeeded: $0) } == host.digest)
        for key in ["unharmed", "flipped", "caught", "shortened", "noticed"] {
          #expect(result.number(key) == 32, "\(key)")
        }
      }
    }
  }
}
