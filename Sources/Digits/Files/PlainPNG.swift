/// PNG of the plainest kind, gray or red, green and blue, in eight bits, as whole data sets are saved in
/// (<https://www.w3.org/TR/png-3/>). A converter, which takes milliseconds to start, is left to the others.
package enum PlainPNG {
  /// The most pixels.
  private static let mostPixels = 1 << 20
  /// Chunks that change nothing of what a person sees.
  private static let harmless = [
    "IHDR", "IDAT", "IEND", "tEXt", "zTXt", "iTXt", "tIME", "pHYs", "sRGB",
  ]

  /// The picture in the bytes of a file; nil if it is of another kind, or broken.
  package static func decode(_ bytes: Span<UInt8>) -> Picture? {
    guard let (width, height, depth, data) = parts(bytes), data.count > 6,
      // A stream of zlib (RFC 1950), without a dictionary.
      data[0] & 15 == 8, data[1] & 32 == 0, (256 * Int(data[0]) + Int(data[1])) % 31 == 0
    else { return nil }
    let rowBytes = 1 + width * depth
    let stream = data.span.extracting(2..<data.count)
    guard let unpacked = Inflate.unpacked(stream, count: height * rowBytes),
      stream.count >= unpacked.length + 4,
      number(stream, unpacked.length) == checksum(unpacked.bytes)
    else { return nil }
    var rows = unpacked.bytes
    guard unfilter(&rows, rowBytes: rowBytes, depth: depth) else { return nil }
    var samples: [UInt8] = []
    samples.reserveCapacity(height * (rowBytes - 1))
    for row in 0..<height { samples += rows[(row * rowBytes + 1)..<((row + 1) * rowBytes)] }
    return Picture(
      width: width, height: height, pixels: depth == 1 ? samples : Gray.of(samples))
  }

  /// The header's facts, and all that is packed.
  private static func parts(_ bytes: Span<UInt8>) -> (Int, Int, Int, data: [UInt8])? {
    guard PictureFormat(bytes) == .png else { return nil }
    var (width, height, depth) = (0, 0, 0)
    var data: [UInt8] = []
    var position = 8
    while bytes.count - position >= 12 {
      let length = number(bytes, position)
      guard length <= bytes.count - position - 12 else { return nil }
      let start = position + 8
      let type = String(decoding: (position + 4..<start).map { bytes[$0] }, as: UTF8.self)
      guard harmless.contains(type), (position == 8) == (type == "IHDR") else { return nil }
      if type == "IHDR" {
        guard length == 13, bytes[start + 8] == 8, [0, 2].contains(bytes[start + 9]),
          (10...12).allSatisfy({ bytes[start + $0] == 0 })
        else { return nil }
        (width, height) = (number(bytes, start), number(bytes, start + 4))
        depth = bytes[start + 9] == 0 ? 1 : 3
        guard width > 0, height > 0, width <= mostPixels, height <= mostPixels / width
        else { return nil }
      }
      if type == "IDAT" { for i in start..<start + length { data.append(bytes[i]) } }
      position = start + length + 4
      if type == "IEND" { return (width, height, depth, data) }
    }
    return nil
  }

  /// Four bytes, the highest first.
  private static func number(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[start + $1]) }
  }

  /// Adler's, RFC 1950.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var (a, b) = (1, 0)
    for byte in bytes {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  /// Makes samples of what stands for them by those left of them and above.
  private static func unfilter(_ rows: inout [UInt8], rowBytes: Int, depth: Int) -> Bool {
    for start in stride(from: 0, to: rows.count, by: rowBytes) {
      let filter = rows[start]
      guard filter <= 4 else { return false }
      for i in start + 1..<start + rowBytes {
        let hasLeft = i - depth > start
        let left = hasLeft ? Int(rows[i - depth]) : 0
        let above = start > 0 ? Int(rows[i - rowBytes]) : 0
        let corner = hasLeft && start > 0 ? Int(rows[i - rowBytes - depth]) : 0
        let guess =
          switch filter {
          case 0: 0
          case 1: left
          case 2: above
          case 3: (left + above) / 2
          default: nearest(left, above, corner)
          }
        rows[i] &+= UInt8(guess)
      }
    }
    return true
  }

  /// Paeth's: whichever of three is nearest to the first two together less the third.
  private static func nearest(_ left: Int, _ above: Int, _ corner: Int) -> Int {
    let sum = left + above - corner
    let (a, b, c) = (abs(sum - left), abs(sum - above), abs(sum - corner))
    if a <= b && a <= c { return left }
    return b <= c ? above : corner
  }
}
