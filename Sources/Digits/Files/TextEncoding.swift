/// Plain pictures that an editor or a shell saved as Unicode.
enum TextEncoding {
  /// The same text in ASCII, where it is UTF-8 with a byte order mark or UTF-16; nil where nothing needs
  /// to be done.
  static func plain(_ bytes: [UInt8], file: String) throws(DigitsError) -> [UInt8]? {
    guard bytes.count >= 4 else { return nil }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
    let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let letter = UInt8(ascii: "P")
    let isLittle = isMarked ? bytes[0] == 0xFF : bytes[0] == letter && bytes[1] == 0
    guard isMarked || isLittle || (bytes[0] == 0 && bytes[1] == letter) else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2)
    for i in stride(from: isMarked ? 2 : 0, to: bytes.count - 1, by: 2) {
      let (high, low) = isLittle ? (bytes[i + 1], bytes[i]) : (bytes[i], bytes[i + 1])
      guard high == 0, low < 128 else {
        throw .malformed(
          file, "is UTF-16 text with something else than numbers at byte \(i)",
          "save it as a raw (P5) picture")
      }
      text.append(low)
    }
    return text
  }
}
