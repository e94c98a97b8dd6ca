import DigitReader
import Foundation

/// `read-digit digits.flash picture`: the picture's last 784 bytes are its pixels, as in a binary PGM.
@main
struct ReadDigit {
  static func main() {
    let names = CommandLine.arguments.dropFirst()
    guard names.count == 2 else { fail("usage: read-digit FLASH PICTURE", 64) }
    do {
      let model = try bytes(names[1])
      let picture = try bytes(names[2])
      guard picture.count >= 784 else { fail("\(names[2]) has no 28x28 pixels", 65) }
      var memory = [UInt8](repeating: 0, count: try memoryNeeded(by: model.span.bytes))
      memory.replaceSubrange(0..<784, with: picture.suffix(784))
      var span = memory.mutableSpan
      var arena = span.mutableBytes
      print(try readDigit(model: model.span.bytes, memory: &arena))
    } catch {
      fail("\(error)", 65)
    }
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: name)))
  }

  private static func fail(_ reason: String, _ code: Int32) -> Never {
    FileHandle.standardError.write(Data("read-digit: \(reason)\n".utf8))
    exit(code)
  }
}
