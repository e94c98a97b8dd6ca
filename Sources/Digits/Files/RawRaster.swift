extension PGMScanner {
  /// The samples of a raw raster, which must fill the rest of the file.
  ///
  /// Samples of two bytes have the higher one first; they are read the other way around where that
  /// alone makes sense, and samples of one byte under a maximum of 256, or of eight bits under a
  /// larger one, are taken for what they are.
  @_lifetime(self: copy self)
  mutating func rawSamples(count: Int, maximum: Int) throws(DigitsError) -> [UInt8] {
    guard maximum > 255 else {
      try beginRaster(count)
      return try narrowSamples(count: count, maximum: maximum)
    }
    let header = position
    do throws(DigitsError) {
      try beginRaster(2 * count)
    } catch {
      // Programs that count brightness from 1 write 256.
      guard maximum == 256 else { throw error }
      position = header
      do throws(DigitsError) { try beginRaster(count) } catch _ { throw error }
      return try narrowSamples(count: count, maximum: 255)
    }
    return try wideSamples(count: count, maximum: maximum)
  }

  /// The pixels of a raw bitmap, eight a byte, rows filled up to whole bytes: 1 is black.
  @_lifetime(self: copy self)
  mutating func rawBits(width: Int, height: Int) throws(DigitsError) -> [UInt8] {
    let row = (width + 7) / 8
    try beginRaster(row * height)
    var pixels = [UInt8](repeating: 255, count: width * height)
    var output = pixels.mutableSpan
    for y in 0..<height {
      for x in 0..<width where bytes[position + y * row + x / 8] & (0x80 >> UInt8(x % 8)) != 0 {
        output[y * width + x] = 0
      }
    }
    return pixels
  }

  /// Goes on to the raster, which must be `needed` bytes long.
  ///
  /// One white-space byte stands between the header and the raster. Some habits of other programs are
  /// understood where the length leaves no doubt: a carriage return before the line feed, a comment
  /// after the last number, and line breaks at the end of the file.
  @_lifetime(self: copy self)
  private mutating func beginRaster(_ needed: Int) throws(DigitsError) {
    if position < bytes.count, bytes[position] == PGMScanner.comment { skipComment() }
    position += 1
    let isPair =
      position < bytes.count && bytes[position - 1] == 13 && bytes[position] == 10
      && rest > needed && ends(after: needed + 1)
    if isPair { position += 1 }
    if rest > needed + 1, bytes[position] == PGMScanner.comment {
      let raster = position
      skipComment()
      position += 1
      if rest != needed && !ends(after: needed) { position = raster }
    }
    guard rest >= needed else {
      throw .malformed(
        file, "ends after \(max(rest, 0)) of \(needed) bytes of samples",
        "the file is cut short; copy it again")
    }
    guard ends(after: needed) else {
      throw .malformed(
        file, "goes on for \(rest - needed) bytes after its \(needed) bytes of samples",
        "give one picture a file")
    }
  }

  /// Whether only a few line breaks and spaces follow so many bytes.
  private func ends(after needed: Int) -> Bool {
    guard needed >= 0, rest >= needed, rest <= needed + 8 else { return false }
    return (position + needed..<bytes.count).allSatisfy { PGMScanner.isSpace(bytes[$0]) }
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
    let big = ByteOrder(raster, high: 0)
    let little = ByteOrder(raster, high: 1)
    // Neighbors differ little; with the bytes of each sample exchanged they differ wildly. A few
    // pixels may do so by chance.
    let isSmoother = count >= 256 && little.variation < big.variation / 4
    let isLittle = little.largest <= maximum && (big.largest > maximum || isSmoother)
    let order = isLittle ? little : big
    let top = Eights(maximum: maximum).areMeant(order.largest) ? 255 : maximum
    var samples = [UInt8](repeating: 0, count: count)
    var output = samples.mutableSpan
    for i in 0..<count {
      let sample = order.sample(i, of: raster)
      guard sample <= maximum else { throw tooBright(sample, at: i, maximum: maximum) }
      output[i] = PGMScanner.scaled(sample, maximum: top)
    }
    return samples
  }
}

/// Samples of two bytes, one of which counts 256 times the other.
private struct ByteOrder {
  private let high: Int
  /// The largest sample.
  private(set) var largest = 0
  /// The sum of what neighbors differ by.
  private(set) var variation = 0

  init(_ raster: Span<UInt8>, high: Int) {
    self.high = high
    var last = raster.count >= 2 ? sample(0, of: raster) : 0
    for i in 0..<raster.count / 2 {
      let next = sample(i, of: raster)
      largest = max(largest, next)
      variation += abs(next - last)
      last = next
    }
  }

  func sample(_ i: Int, of raster: Span<UInt8>) -> Int {
    Int(raster[2 * i + high]) << 8 | Int(raster[2 * i + 1 - high])
  }
}
