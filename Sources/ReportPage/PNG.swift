import Int8Runtime

/// Small pictures as files that a browser shows (W3C, Portable Network Graphics, third edition).
enum PNG {
  /// A gray picture, row-major, 0 black ... 255 white.
  static func gray(_ pixels: [UInt8], width: Int) -> [UInt8] {
    file(pixels, width: width, colorType: 0, extra: [])
  }

  /// A picture whose values are indices into a palette of 256 colors.
  static func indexed(_ pixels: [UInt8], width: Int, palette: [Color]) -> [UInt8] {
    let colors = palette.flatMap { [$0.red, $0.green, $0.blue] }
    let extra = chunk("PLTE", colors) + chunk("tRNS", palette.map(\.opacity))
    return file(pixels, width: width, colorType: 3, extra: extra)
  }

  /// A color, more or less opaque.
  struct Color {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
    var opacity: UInt8
  }

  private static func file(
    _ pixels: [UInt8], width: Int, colorType: UInt8, extra: [UInt8]
  ) -> [UInt8] {
    let height = pixels.count / width
    var rows: [UInt8] = []
    rows.reserveCapacity(pixels.count + height)
    for row in 0..<height {
      // Each row begins with its filter: none.
      rows.append(0)
      rows += pixels[row * width..<(row + 1) * width]
    }
    // Eight bits a sample; deflate, the standard filters, not interlaced.
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, colorType, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + extra
      + chunk("IDAT", stored(rows)) + chunk("IEND", [])
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return unsafe bigEndian(UInt32(data.count)) + body + bigEndian(crc32(body.span.bytes))
  }

  /// A zlib stream (RFC 1950) whose blocks are stored as they are (RFC 1951, 3.2.4).
  static func stored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(data.count, start + 65535)
      let length = UInt16(end - start)
      stream.append(end == data.count ? 1 : 0)
      for half in [length, ~length] { stream.append(littleEndian: half) }
      stream += data[start..<end]
      start = end
    } while start < data.count
    return stream + bigEndian(adler32(data))
  }

  /// The checksum of zlib streams.
  static func adler32(_ data: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in data {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return high << 16 | low
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
