/// Portable pictures of the netpbm family: graymaps (P2, P5), bitmaps (P1, P4), color pictures (P3, P6)
/// and arbitrary maps (P7), as <https://netpbm.sourceforge.net/doc/> defines them.
///
/// Samples run to any maximum from 1 to 65535 and are brought to 0...255 with rounding: of a
/// maximum of 3, the sample 1 becomes 85; of 1000, the sample 500 becomes 127.5, rounded up to 128.
/// Colors become the gray they look like: 0.299 red, 0.587 green, 0.114 blue.
package enum PGM {
  /// The most pixels a picture may have: 64 megapixels.
  package static let maximumPixels = 1 << 26

  /// The most bytes a file may have.
  package static let maximumBytes = 1 << 28

  /// The picture in the bytes of a file; `file` is its name in errors.
  ///
  /// - Throws: ``DigitsError`` of kind `malformed`.
  package static func decode(_ bytes: [UInt8], file: String) throws(DigitsError) -> Picture {
    if let text = try TextEncoding.plain(bytes, file: file) {
      return try decode(text.span, file: file)
    }
    return try decode(bytes.span, file: file)
  }

  /// The picture in the bytes of a file; `file` is its name in errors.
  ///
  /// No memory is taken before the header's promise is checked against the bytes that are there.
  ///
  /// - Throws: ``DigitsError`` of kind `malformed`.
  package static func decode(_ bytes: Span<UInt8>, file: String) throws(DigitsError) -> Picture {
    guard let start = magic(bytes) else {
      throw FileKind(bytes).failure(file)
    }
    var scanner = PGMScanner(bytes, file: file, position: start + 2)
    let type = bytes[start + 1] - 48
    if type == 7 { return try PAM.decode(&scanner) }
    let width = try scanner.number("the width")
    let height = try scanner.number("the height")
    let isBitmap = type == 1 || type == 4
    let maximum = isBitmap ? 1 : try scanner.number("the largest sample value")
    let count = try pixelCount(width, height, file: file)
    guard (1...65535).contains(maximum) else {
      throw .malformed(
        file, "the largest sample value is \(maximum)", "it must be 1 ... 65535")
    }
    let samples: [UInt8]
    switch type {
    case 1: samples = try scanner.plainBits(count: count)
    case 4: samples = try scanner.rawBits(width: width, height: height)
    case 2: samples = try scanner.plainSamples(count: count, maximum: maximum)
    case 3: samples = Gray.of(try scanner.plainSamples(count: 3 * count, maximum: maximum))
    case 6: samples = Gray.of(try scanner.rawSamples(count: 3 * count, maximum: maximum))
    default: samples = try scanner.rawSamples(count: count, maximum: maximum)
    }
    return Picture(width: width, height: height, pixels: samples)
  }

  /// A raw (P5) file of a picture.
  package static func encode(_ picture: Picture) -> [UInt8] {
    Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8) + picture.pixels
  }

  /// The pixels that a header claims, if they are some and not too many.
  static func pixelCount(
    _ width: Int, _ height: Int, file: String
  ) throws(DigitsError) -> Int {
    guard width > 0, height > 0 else {
      throw .malformed(file, "claims \(width) x \(height) pixels", "give a picture with pixels")
    }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= maximumPixels else {
      throw .malformed(
        file, "claims \(width) x \(height) pixels, more than \(maximumPixels)",
        "give a smaller picture")
    }
    return count
  }

  /// Where the magic number is: at the start, or behind comments and white space that someone put
  /// before it.
  static func magic(_ bytes: Span<UInt8>) -> Int? {
    var i = 0
    while i < bytes.count, PGMScanner.isSpace(bytes[i]) || bytes[i] == PGMScanner.comment {
      if bytes[i] == PGMScanner.comment {
        while i < bytes.count, bytes[i] != 10, bytes[i] != 13 { i += 1 }
      } else {
        i += 1
      }
    }
    guard i + 1 < bytes.count, bytes[i] == UInt8(ascii: "P"), (49...55).contains(bytes[i + 1])
    else { return nil }
    // "P55 3 255" is no P5; the digit must end there.
    let ends =
      i + 2 == bytes.count || PGMScanner.isSpace(bytes[i + 2])
      || bytes[i + 2] == PGMScanner.comment
    return ends ? i : nil
  }
}
