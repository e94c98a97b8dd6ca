#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Names of files, which are bytes, as text, which is UTF-8: nothing of a name is lost on the way.
///
/// A byte that is no part of UTF-8 stands in the text as the scalar U+10FF00 and the byte, for private use
/// at the very end of Unicode; and so does each byte of such a scalar, should a name hold one. Text for
/// people and for programs shows it as `\xef`.
extension String {
  /// The text that stands for a name.
  package init(fileName bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self), !text.standsForBytes {
      self = text
      return
    }
    var scalars = String.UnicodeScalarView()
    var offset = 0
    while offset < bytes.count {
      // As many bytes as the first of them announces; one that announces nothing stands alone.
      let length = Swift.max(1, (~bytes[offset]).leadingZeroBitCount)
      let end = Swift.min(bytes.count, offset + length)
      let scalar = String(validating: bytes[offset..<end], as: UTF8.self)?.unicodeScalars
      if length <= 4, let scalar, scalar.count == 1, let only = scalar.first, only.byte == nil {
        scalars.append(only)
        offset = end
      } else {
        scalars.append(Unicode.Scalar(byte: bytes[offset]))
        offset += 1
      }
    }
    self = String(scalars)
  }

  /// The name of a file that this text stands for.
  package var fileName: [UInt8] {
    guard standsForBytes else { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in scalar.byte.map { [$0] } ?? Array(scalar.utf8) }
  }

  /// Calls `body` with the name, ended by a zero byte, as the system takes it.
  package func withFileName<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe withPath(fileName, body)
  }

  /// The value of an environment variable, whatever its bytes; nil if it is not set.
  package init?(environment name: String) {
    guard let value = unsafe getenv(name) else { return nil }
    unsafe self.init(cFileName: value)
  }

  /// The text that stands for a name ended by a zero byte.
  init(cFileName name: UnsafePointer<CChar>) {
    unsafe self.init(
      fileName: UnsafeBufferPointer(start: name, count: strlen(name)).map {
        UInt8(bitPattern: $0)
      })
  }

  /// Whether some scalar stands for a byte. In UTF-8 those begin with F4 8F, as few others do.
  private var standsForBytes: Bool {
    utf8.contains(0xF4) && unicodeScalars.contains { $0.byte != nil }
  }
}

extension Unicode.Scalar {
  /// The byte that this stands for, if it does for one.
  var byte: UInt8? { value >= 0x10_FF80 ? UInt8(truncatingIfNeeded: value) : nil }

  /// What stands for a byte from 80 on; those below stand for themselves.
  fileprivate init(byte: UInt8) {
    self = byte < 0x80 ? Unicode.Scalar(byte) : Unicode.Scalar(0x10_FF00 + UInt32(byte)) ?? "?"
  }
}

/// Calls `body` with a path, ended by a zero byte.
func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  unsafe (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
    // Never empty: it ends in a zero.
    unsafe buffer.baseAddress.map(body) ?? body("")
  }
}
