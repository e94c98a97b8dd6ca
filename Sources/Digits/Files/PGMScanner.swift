/// Reads the numbers and samples of a PGM file from its bytes, never past their end.
struct PGMScanner: ~Escapable {
  /// `#`, which begins a comment that runs to the end of the line.
  static let comment = UInt8(ascii: "#")

  let bytes: Span<UInt8>
  let file: String
  var position: Int

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, file: String, position: Int) {
    self.bytes = bytes
    self.file = file
    self.position = position
  }

  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Goes on to the next byte that is neither white space nor comment.
  @_lifetime(self: copy self)
  mutating func skipSpace() {
    while position < bytes.count {
      if bytes[position] == PGMScanner.comment {
        skipComment()
      } else if PGMScanner.isSpace(bytes[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  /// Goes on to the line break that ends a comment.
  @_lifetime(self: copy self)
  mutating func skipComment() {
    while position < bytes.count, bytes[position] != 10, bytes[position] != 13 { position += 1 }
  }

  /// The next word, of at most 64 bytes.
  @_lifetime(self: copy self)
  mutating func word() -> String {
    skipSpace()
    let start = position
    while position < bytes.count, position - start < 64, !PGMScanner.isSpace(bytes[position]) {
      position += 1
    }
    return String(decoding: (start..<position).map { bytes[$0] }, as: UTF8.self)
  }

  /// The next decimal number, at most nine digits long. What it means is asked for only in errors.
  @_lifetime(self: copy self)
  mutating func number(_ meaning: @autoclosure () -> String) throws(DigitsError) -> Int {
    skipSpace()
    guard position < bytes.count else {
      throw .malformed(file, "ends before \(meaning())", "the file is cut short; copy it again")
    }
    let start = position
    var value = 0
    while position < bytes.count, (48...57).contains(bytes[position]) {
      guard position - start < 9 else {
        throw .malformed(file, "\(meaning()) has more than nine digits", "give a smaller picture")
      }
      value = 10 * value + Int(bytes[position] - 48)
      position += 1
    }
    let ends =
      position == bytes.count || PGMScanner.isSpace(bytes[position])
      || bytes[position] == PGMScanner.comment
    guard position > start, ends else {
      throw .malformed(
        file, "\(meaning()) is not a number at byte \(position)", "give a valid PGM picture")
    }
    return value
  }

  /// The bytes not read yet; negative when the header's last byte is missing too.
  var rest: Int { bytes.count - position }

  /// `sample / maximum * 255`, halves rounded up.
  static func scaled(_ sample: Int, maximum: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (2 * 255 * sample + maximum) / (2 * maximum))
  }
}
