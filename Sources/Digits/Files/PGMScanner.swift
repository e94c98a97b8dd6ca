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
  private mutating func skipComment() {
    while position < bytes.count, bytes[position] != 10, bytes[position] != 13 { position += 1 }
  }

  /// The next decimal number, at most nine digits long.
  @_lifetime(self: copy self)
  mutating func number(_ meaning: String) throws(DigitsError) -> Int {
    skipSpace()
    guard position < bytes.count else {
      throw .malformed(file, "ends before \(meaning)", "the file is cut short; copy it again")
    }
    let start = position
    var value = 0
    while position < bytes.count, (48...57).contains(bytes[position]) {
      guard position - start < 9 else {
        throw .malformed(file, "\(meaning) has more than nine digits", "give a smaller picture")
      }
      value = 10 * value + Int(bytes[position] - 48)
      position += 1
    }
    let ends =
      position == bytes.count || PGMScanner.isSpace(bytes[position])
      || bytes[position] == PGMScanner.comment
    guard position > start, ends else {
      throw .malformed(
        file, "\(meaning) is not a number at byte \(position)", "give a valid PGM picture")
    }
    return value
  }

  /// The samples of a raw raster, which must fill the rest of the file.
  ///
  /// One white-space byte stands between the header and the raster. Two habits of other programs are
  /// understood where the length leaves no doubt: a carriage return before the line feed, and a
  /// comment after the last number.
  @_lifetime(self: copy self)
  mutating func rawSamples(count: Int, maximum: Int) throws(DigitsError) -> [UInt8] {
    let needed = maximum > 255 ? 2 * count : count
    if position < bytes.count, bytes[position] == PGMScanner.comment { skipComment() }
    position += 1
    let isPair =
      position < bytes.count && bytes[position - 1] == 13 && bytes[position] == 10
      && (rest == needed + 1 || rest == needed + 2)
    if isPair { position += 1 }
    if rest > needed + 1, bytes[position] == PGMScanner.comment {
      let raster = position
      skipComment()
      position += 1
      if rest != needed && !isNewlineAfter(needed) { position = raster }
    }
    guard rest >= needed else {
      throw .malformed(
        file, "ends after \(max(rest, 0)) of \(needed) bytes of samples",
        "the file is cut short; copy it again")
    }
    guard rest == needed || isNewlineAfter(needed) else {
      throw .malformed(
        file, "goes on for \(rest - needed) bytes after its \(needed) bytes of samples",
        "give one picture a file")
    }
    return maximum > 255
      ? try wideSamples(count: count, maximum: maximum)
      : try narrowSamples(count: count, maximum: maximum)
  }

  /// The bytes not read yet; negative when the header's last byte is missing too.
  private var rest: Int { bytes.count - position }

  private func isNewlineAfter(_ needed: Int) -> Bool {
    rest == needed + 1 && bytes[bytes.count - 1] == 10
  }

  private func narrowSamples(count: Int, maximum: Int) throws(DigitsError) -> [UInt8] {
    let raster = bytes.extracting(position..<position + count)
    var samples = [UInt8](repeating: 0, count: count)
    var output = samples.mutableSpan
    for i in 0..<count {
      let sample = Int(raster[i])
      guard sample <= maximum else { throw tooBright(sample, at: i, maximum: maximum) }
      output[i] = PGMScanner.scaled(sample, maximum: maximum)
    }
    return samples
  }

  private func wideSamples(count: Int, maximum: Int) throws(DigitsError) -> [UInt8] {
    let raster = bytes.extracting(position..<position + 2 * count)
    var samples = [UInt8](repeating: 0, count: count)
    var output = samples.mutableSpan
    for i in 0..<count {
      let sample = Int(raster[2 * i]) << 8 | Int(raster[2 * i + 1])
      guard sample <= maximum else { throw tooBright(sample, at: i, maximum: maximum) }
      output[i] = PGMScanner.scaled(sample, maximum: maximum)
    }
    return samples
  }

  /// The samples of a plain raster: decimal numbers, after which only white space may follow.
  @_lifetime(self: copy self)
  mutating func plainSamples(count: Int, maximum: Int) throws(DigitsError) -> [UInt8] {
    // Every sample takes a digit and a space, the last one a digit.
    guard rest >= 2 * count else {
      throw .malformed(
        file, "is too short for \(count) samples", "the file is cut short; copy it again")
    }
    var samples = [UInt8](repeating: 0, count: count)
    for i in 0..<count {
      let sample = try number("sample \(i)")
      guard sample <= maximum else { throw tooBright(sample, at: i, maximum: maximum) }
      samples[i] = PGMScanner.scaled(sample, maximum: maximum)
    }
    skipSpace()
    guard position == bytes.count else {
      throw .malformed(
        file, "goes on after its \(count) samples, at byte \(position)", "give one picture a file")
    }
    return samples
  }

  private func tooBright(_ sample: Int, at i: Int, maximum: Int) -> DigitsError {
    .malformed(
      file, "sample \(i) is \(sample), above the maximum of \(maximum)", "give a valid PGM picture")
  }

  /// `sample / maximum * 255`, halves rounded up.
  static func scaled(_ sample: Int, maximum: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (2 * 255 * sample + maximum) / (2 * maximum))
  }
}
