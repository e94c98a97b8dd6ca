extension PGMScanner {
  /// The samples of a plain raster: decimal numbers, after which only white space may follow.
  @_lifetime(self: copy self)
  mutating func plainSamples(count: Int, maximum: Int) throws(DigitsError) -> [UInt8] {
    // Every sample takes a digit and a space, the last one a digit.
    guard rest >= 2 * count else {
      throw .malformed(
        file, "is too short for \(count) samples", "the file is cut short; copy it again")
    }
    let wide = Eights(maximum: maximum)
    var samples = [UInt8](repeating: 0, count: count)
    var largest = 0
    let start = position
    for i in 0..<count {
      let sample = try number("sample \(i)")
      guard sample <= maximum else { throw tooBright(sample, at: i, maximum: maximum) }
      largest = max(largest, sample)
      samples[i] = PGMScanner.scaled(sample, maximum: maximum)
    }
    try endOfPlain(count)
    guard wide.areMeant(largest) else { return samples }
    position = start
    for i in 0..<count { samples[i] = UInt8(clamping: try number("sample \(i)")) }
    return samples
  }

  /// The pixels of a plain bitmap: 1 is black, 0 white; white space between them may be missing.
  @_lifetime(self: copy self)
  mutating func plainBits(count: Int) throws(DigitsError) -> [UInt8] {
    guard rest >= count else {
      throw .malformed(
        file, "is too short for \(count) pixels", "the file is cut short; copy it again")
    }
    var pixels = [UInt8](repeating: 0, count: count)
    for i in 0..<count {
      skipSpace()
      guard position < bytes.count else {
        throw .malformed(file, "ends before pixel \(i)", "the file is cut short; copy it again")
      }
      guard bytes[position] == 48 || bytes[position] == 49 else {
        throw .malformed(
          file, "pixel \(i) is neither 0 nor 1 at byte \(position)", "give a valid PBM picture")
      }
      pixels[i] = bytes[position] == 48 ? 255 : 0
      position += 1
    }
    try endOfPlain(count)
    return pixels
  }

  @_lifetime(self: copy self)
  private mutating func endOfPlain(_ count: Int) throws(DigitsError) {
    skipSpace()
    guard position == bytes.count else {
      throw .malformed(
        file, "goes on after its \(count) samples, at byte \(position)", "give one picture a file")
    }
  }

  func tooBright(_ sample: Int, at i: Int, maximum: Int) -> DigitsError {
    .malformed(
      file, "sample \(i) is \(sample), above the maximum of \(maximum)", "give a valid PGM picture")
  }
}

/// Samples of eight bits in a file that promises more: a camera's, which would all be black.
struct Eights {
  let maximum: Int

  /// Whether samples up to `largest` are of eight bits, whatever the header says.
  func areMeant(_ largest: Int) -> Bool { maximum >= 4096 && (1...255).contains(largest) }
}
