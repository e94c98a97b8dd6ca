/// How a camera was held, 1 ... 8, as a JPEG's Exif segment says; 1 where it says nothing.
struct ExifOrientation: Equatable {
  let value: Int

  init(_ value: Int) { self.value = (1...8).contains(value) ? value : 1 }

  /// Looks through the segments before the picture.
  init(jpeg bytes: Span<UInt8>) {
    func number(_ i: Int) -> Int { Int(bytes[i]) << 8 | Int(bytes[i + 1]) }
    var i = 2
    while i + 10 <= bytes.count, bytes[i] == 0xFF, bytes[i + 1] != 0xDA {
      let length = number(i + 2)
      guard length >= 2, i + 2 + length <= bytes.count else { break }
      let isExif = length >= 16 && number(i + 4) == 0x4578 && number(i + 6) == 0x6966
      if bytes[i + 1] == 0xE1, isExif {
        let found = ExifOrientation.orientation(bytes.extracting(i + 10..<i + 2 + length))
        self.init(found)
        return
      }
      i += 2 + length
    }
    self.init(1)
  }

  /// The value of tag 0x112 in the first directory of a TIFF header.
  private static func orientation(_ tiff: Span<UInt8>) -> Int {
    guard tiff.count >= 14 else { return 1 }
    let isLittle = tiff[0] == 0x49
    func short(_ i: Int) -> Int {
      guard i >= 0, i + 2 <= tiff.count else { return 0 }
      return isLittle ? Int(tiff[i]) | Int(tiff[i + 1]) << 8 : Int(tiff[i]) << 8 | Int(tiff[i + 1])
    }
    let directory = isLittle ? short(4) | short(6) << 16 : short(4) << 16 | short(6)
    guard directory >= 8, directory < tiff.count else { return 1 }
    for entry in 0..<min(short(directory), 256) {
      let start = directory + 2 + 12 * entry
      if short(start) == 0x112 { return short(start + 8) }
    }
    return 1
  }

  /// The picture turned and mirrored so that it stands as the camera's owner saw it.
  func upright(_ picture: Picture) -> Picture {
    guard value > 1 else { return picture }
    let (w, h) = (picture.width, picture.height)
    let isOnItsSide = value >= 5
    let (width, height) = isOnItsSide ? (h, w) : (w, h)
    var pixels = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = source(x, y, w, h)
        pixels[y * width + x] = picture.pixels[row * w + column]
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// Where a pixel of the upright picture is in the sensor's, of w x h pixels.
  private func source(_ x: Int, _ y: Int, _ w: Int, _ h: Int) -> (Int, Int) {
    switch value {
    case 2: (w - 1 - x, y)
    case 3: (w - 1 - x, h - 1 - y)
    case 4: (x, h - 1 - y)
    case 5: (y, x)
    case 6: (y, h - 1 - x)
    case 7: (w - 1 - y, h - 1 - x)
    case 8: (w - 1 - y, x)
    default: (x, y)
    }
  }
}
