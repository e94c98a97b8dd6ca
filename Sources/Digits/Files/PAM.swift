/// Portable arbitrary maps (P7): gray or color, with or without transparency.
enum PAM {
  /// The numbers of a header.
  private struct Header {
    var width = 0
    var height = 0
    var depth = 0
    var maximum = 0
  }

  /// The picture behind a magic number.
  static func decode(_ scanner: inout PGMScanner) throws(DigitsError) -> Picture {
    let file = scanner.file
    let header = try header(&scanner)
    let count = try PGM.pixelCount(header.width, header.height, file: file)
    guard (1...4).contains(header.depth), (1...65535).contains(header.maximum) else {
      throw .malformed(
        file, "has \(header.depth) samples a pixel up to \(header.maximum)",
        "give a picture in gray or color")
    }
    let samples = try scanner.rawSamples(count: count * header.depth, maximum: header.maximum)
    let pixels =
      switch header.depth {
      case 1: samples
      case 3: Gray.of(samples)
      default: Transparency.flattened(samples, depth: header.depth)
      }
    return Picture(width: header.width, height: header.height, pixels: pixels)
  }

  /// Lines of a name and a value, up to ENDHDR.
  private static func header(_ scanner: inout PGMScanner) throws(DigitsError) -> Header {
    var header = Header()
    // A header that goes on and on is none.
    for _ in 0..<32 {
      let name = scanner.word()
      switch name {
      case "WIDTH": header.width = try scanner.number("the width")
      case "HEIGHT": header.height = try scanner.number("the height")
      case "DEPTH": header.depth = try scanner.number("the depth")
      case "MAXVAL": header.maximum = try scanner.number("the largest sample value")
      case "TUPLTYPE": _ = scanner.word()
      case "ENDHDR": return header
      default:
        throw .malformed(
          scanner.file, "has no PAM header at byte \(scanner.position)", "give a valid PAM picture")
      }
    }
    throw .malformed(scanner.file, "has a header without end", "give a valid PAM picture")
  }
}
