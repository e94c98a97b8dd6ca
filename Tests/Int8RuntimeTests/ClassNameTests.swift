import Int8Runtime
import Quantizer
import Testing

@Suite("Names of classes in a model image")
struct ClassNameTests {
  private func image(_ names: [String], classes: Int? = nil) throws -> [UInt8] {
    var metadata = Metadata()
    metadata.classNames = names
    return try quantized(side: 10, classes: classes ?? names.count)
      .modelImage(metadata: metadata, selfTestPicture: picture(1))
  }

  @Test(
    "are read as they were written",
    arguments: [
      ["A", "B"], ["yes", "no", "perhaps"], ["é", "ß", "日本", "T-shirt/top"],
      ["0", "1", "2", "4"], [String(repeating: "x", count: 32), "y"],
      (0..<64).map { "class \($0)" },
    ])
  func roundTrip(names: [String]) throws {
    let image = try image(names)
    let flash = try ModelImage(image.span.bytes)
    #expect(flash.classNames == names && flash.shape.classes == names.count)
    #expect(image.count % 4 == 0 && selfTestFailure(image) == nil)
  }

  @Test("take no bytes where classes are called 0, 1, 2, …", arguments: [2, 10, 26])
  func numbers(classes: Int) throws {
    let plain = try image([], classes: classes)
    let named = try image((0..<classes).map(String.init))
    #expect(plain == named)
    #expect(try ModelImage(plain.span.bytes).classNames == (0..<classes).map(String.init))
  }

  @Test("that no class can have are refused")
  func hostile() throws {
    let image = try image(["ab", "cd"])
    let start = image.count - 8
    #expect(Array(image[start...]) == [0x61, 0x62, 0, 0x63, 0x64, 0, 0, 0])
    // A control, a lone continuation byte, a name of nothing, one too many, two alike, no end.
    let wrong: [[UInt8]] = [
      [7, 0x62, 0, 0x63, 0x64, 0, 0, 0], [0x80, 0x62, 0, 0x63, 0x64, 0, 0, 0],
      [0, 0x61, 0, 0x63, 0x64, 0, 0, 0], [0x61, 0, 0x62, 0, 0x63, 0, 0, 0],
      [0x61, 0x62, 0, 0x61, 0x62, 0, 0, 0], [0x61, 0x62, 0, 0x63, 0x64, 0x65, 0x66, 0x67],
      [0xC2, 0x85, 0, 0x63, 0x64, 0, 0, 0], [0x61, 0x62, 0x63, 0x64, 0, 0, 0, 0],
    ]
    for bytes in wrong {
      let changed = image.resealed { $0.replaceSubrange(start..., with: bytes) }
      #expect(refusal(changed) == .malformedField, "\(bytes)")
    }
  }

  @Test("are refused by the writer's own check as well")
  func check() {
    for name in ["", "\u{1B}", "a\nb", "\u{202E}x", String(repeating: "ä", count: 17)] {
      #expect(!ModelImage.isName(name))
    }
    for name in ["a", "T-shirt/top", "日本"] { #expect(ModelImage.isName(name)) }
  }

  @Test("fewer than two classes or more than 64 are refused")
  func counts() throws {
    let image = try image(["0", "1"])
    for count: UInt16 in [0, 1, 65, .max] {
      let changed = image.resealed { $0.put(count, at: Header.classes) }
      #expect(refusal(changed) == .unsupportedShape)
    }
  }
}
