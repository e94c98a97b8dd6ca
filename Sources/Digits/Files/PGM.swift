/// Portable graymap files, plain (P2) and raw (P5), as <https://netpbm.sourceforge.net/doc/pgm.html>
/// defines them.
///
/// Samples run to any maximum from 1 to 65535 and are brought to 0...255 with rounding: of a
/// maximum of 3, the sample 1 becomes 85; of 1000, the sample 500 becomes 127.5, rounded up to 128.
public enum PGM {
  /// The most pixels a picture may have: 64 megapixels.
  public static let maximumPixels = 1 << 26

  /// The most bytes a file may have.
  public static let maximumBytes = 1 << 28

  /// The picture in a file.
  ///
  /// - Throws: ``DigitsError`` if there is no such file, if it cannot be read, or if it is no PGM.
  public static func read(_ path: String) throws(DigitsError) -> Picture {
    try decode(FileBytes.read(path, limit: maximumBytes), file: path)
  }

  /// The picture in the bytes of a file; `file` is its name in errors.
  ///
  /// - Throws: ``DigitsError`` of kind `malformed`.
  public static func decode(_ bytes: [UInt8], file: String) throws(DigitsError) -> Picture {
    try decode(bytes.span, file: file)
  }

  /// The picture in the bytes of a file; `file` is its name in errors.
  ///
  /// No memory is taken before the header's promise is checked against the bytes that are there.
  ///
  /// - Throws: ``DigitsError`` of kind `malformed`.
  public static func decode(_ bytes: Span<UInt8>, file: String) throws(DigitsError) -> Picture {
    try checkMagic(bytes, file: file)
    var scanner = PGMScanner(bytes, file: file, position: 2)
    let width = try scanner.number("the width")
    let height = try scanner.number("the height")
    let maximum = try scanner.number("the largest sample value")
    guard width > 0, height > 0 else {
      throw .malformed(file, "claims \(width) x \(height) pixels", "give a picture with pixels")
    }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= maximumPixels else {
      throw .malformed(
        file, "claims \(width) x \(height) pixels, more than \(maximumPixels)",
        "give a smaller picture")
    }
    guard (1...65535).contains(maximum) else {
      throw .malformed(
        file, "the largest sample value is \(maximum)", "it must be 1 ... 65535")
    }
    let pixels =
      bytes[1] == UInt8(ascii: "5")
      ? try scanner.rawSamples(count: count, maximum: maximum)
      : try scanner.plainSamples(count: count, maximum: maximum)
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// A raw (P5) file of a picture.
  public static func encode(_ picture: Picture) -> [UInt8] {
    Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8) + picture.pixels
  }

  private static func checkMagic(_ bytes: Span<UInt8>, file: String) throws(DigitsError) {
    guard bytes.count > 0 else {
      throw .malformed(file, "is empty", "give a PGM picture (P2 or P5)")
    }
    let isGraymap =
      bytes.count >= 2 && bytes[0] == UInt8(ascii: "P")
      && (bytes[1] == UInt8(ascii: "2") || bytes[1] == UInt8(ascii: "5"))
    // "P55 3 255" is no P5; the digit must end there.
    let ends = bytes.count < 3 || PGMScanner.isSpace(bytes[2]) || bytes[2] == PGMScanner.comment
    guard isGraymap, ends else {
      throw .malformed(
        file, "is not a PGM picture but \(kind(of: bytes))",
        "convert it, for example with: magick PICTURE -colorspace gray digit.pgm")
    }
  }

  /// A name for what a stranger's file begins with.
  private static func kind(of bytes: Span<UInt8>) -> String {
    guard bytes.count >= 3 else { return "something else" }
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0x89, 0x50, 0x4E): return "a PNG"
    case (0xFF, 0xD8, 0xFF): return "a JPEG"
    case (0x47, 0x49, 0x46): return "a GIF"
    case (0x42, 0x4D, _): return "a BMP"
    case (0x1F, 0x8B, _): return "compressed with gzip"
    case (0x50, 0x31, _), (0x50, 0x34, _): return "a bitmap (PBM)"
    case (0x50, 0x33, _), (0x50, 0x36, _): return "a color picture (PPM)"
    case (0x50, 0x37, _): return "a PAM"
    default: return "something else"
    }
  }
}
