import Digits

/// The bytes of a file that was chosen.
struct ChosenBytes: ByteSource, ~Copyable {
  let file: String
  private let bytes: [UInt8]
  private let start = Cursor()

  /// How far they are read.
  private final class Cursor {
    var offset = 0
  }

  /// - Parameter bytes: readable for the length of the call.
  @unsafe init(_ file: String, _ bytes: UnsafeRawPointer, _ count: Int) {
    self.file = file
    unsafe self.bytes = Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  var size: Int? { bytes.count }

  func read(upTo count: Int, into target: inout [UInt8]) throws(DigitsError) {
    let end = start.offset + min(count, bytes.count - start.offset)
    target += bytes[start.offset..<end]
    start.offset = end
  }
}
