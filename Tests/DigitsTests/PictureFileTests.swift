import CommandLineSupport
import Foundation
import Testing

@testable import Digits

/// A ring on a page, as any format should show it.
private let ring: Picture = {
  var pixels = [UInt8](repeating: 255, count: 40 * 56)
  for y in 0..<56 {
    for x in 0..<40 {
      let radius = (Double((x - 20) * (x - 20)) / 100 + Double((y - 28) * (y - 28)) / 324)
      if (0.6...1.2).contains(radius) { pixels[40 * y + x] = 0 }
    }
  }
  return Picture(width: 40, height: 56, pixels: pixels)
}()

private func decoded(_ bytes: [UInt8], searchPath: String? = nil) -> Picture? {
  try? PictureFile.decode(bytes, file: "x", searchPath: searchPath)
}

private let size = "\(ring.width) \(ring.height)"

private func plain(_ magic: String, _ samples: [String]) -> [UInt8] {
  ascii(magic + "\n\(size)\n" + (magic == "P1" ? "" : "255\n") + samples.joined(separator: " "))
}

@Suite("Picture files")
struct PictureFileTests {
  @Test("bitmaps and color pictures, plain and raw, are read")
  func family() {
    let (black, white) = ("0 0 0", "255 255 255")
    #expect(decoded(plain("P1", ring.pixels.map { $0 == 0 ? "1" : "0" })) == ring)
    let dense = ring.pixels.map { $0 == 0 ? "1" : "0" }.joined()
    #expect(decoded(ascii("P1 \(size) " + dense)) == ring)
    #expect(decoded(plain("P3", ring.pixels.map { $0 == 0 ? black : white })) == ring)
    let colors = ring.pixels.flatMap { [$0, $0, $0] }
    #expect(decoded(ascii("P6 \(size) 255\n") + colors) == ring)
    var bits = [UInt8](repeating: 0, count: ring.pixels.count / 8)
    for (i, pixel) in ring.pixels.enumerated() where pixel == 0 {
      bits[i / 8] |= 0x80 >> UInt8(i % 8)
    }
    #expect(decoded(ascii("P4 \(size)\n") + bits) == ring)
    // Thirteen columns take two bytes a row, and the last three bits stand for nothing.
    let odd = decoded(ascii("P4 13 2\n") + [0xFF, 0xFF, 0, 7])
    #expect(odd?.pixels == [UInt8](repeating: 0, count: 13) + [UInt8](repeating: 255, count: 13))
    #expect(decoded(ascii("P6 1 1 255\n") + [255, 0, 0])?.pixels == [76])
  }

  @Test("what editors and shells do to a file does no harm")
  func habits() {
    let text = plain("P2", ring.pixels.map(String.init))
    let raw = PGM.encode(ring)
    #expect(decoded([0xEF, 0xBB, 0xBF] + text) == ring)
    #expect(decoded([0xFF, 0xFE] + text.flatMap { [$0, 0] }) == ring)
    #expect(decoded([0xFE, 0xFF] + text.flatMap { [0, $0] }) == ring)
    #expect(decoded(text.flatMap { [$0, 0] }) == ring)
    #expect(decoded(ascii("# drawn by hand\n") + raw) == ring)
    for end in ["\n", "\n\n", "\r\n"] { #expect(decoded(raw + ascii(end)) == ring) }
    #expect(decoded(ascii("P5 \(size) 256\n") + ring.pixels) == ring)
  }

  @Test("samples of a camera are taken for what they are")
  func samples() {
    let header = ascii("P5 \(size) 65535\n")
    let little = ring.pixels.indices.flatMap { i in
      [UInt8(truncatingIfNeeded: 37 * i), ring.pixels[i] == 0 ? 1 : 0xF0]
    }
    #expect(decoded(header + little)?.pixels.map { $0 > 128 } == ring.pixels.map { $0 > 128 })
    #expect(decoded(header + ring.pixels.flatMap { [0, $0] }) == ring)
    // Twelve bits in the wrong order exceed the maximum in the right one.
    let twelve = ring.pixels.flatMap { $0 == 0 ? [UInt8(0), 0] : [0xFF, 0x0F] }
    #expect(decoded(ascii("P5 \(size) 4095\n") + twelve) == ring)
    let text = "P2 \(size) 65535 " + ring.pixels.map(String.init).joined(separator: " ")
    #expect(decoded(ascii(text)) == ring)
  }

  @Test("transparent parts are a page, and white ink on them is light on dark")
  func transparency() {
    let header = ascii(
      "P7\nWIDTH 40\nHEIGHT 56\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n")
    let dark = decoded(header + ring.pixels.flatMap { [0, 0, 0, 255 - $0] })
    #expect(dark == ring)
    let light = decoded(header + ring.pixels.flatMap { [255, 255, 255, 255 - $0] })
    #expect(light?.pixels == ring.pixels.map { 255 - $0 })
  }

  @Test("a compressed picture is unpacked, and a broken one is refused")
  func gzip() throws {
    let gzip = ExternalProgram(
      path: try #require(ChildProcess.find("gzip")), arguments: ["-c"])
    let packed = try #require(try gzip.output(of: PGM.encode(ring), limit: 1 << 20, file: "x"))
    #expect(decoded(packed) == ring)
    #expect(decoded(Array(packed.prefix(40))) == nil)
    #expect(decoded(packed, searchPath: "/nowhere") == nil)
  }

  @Test("a photograph stands upright however the camera was held", arguments: 1...8)
  func orientation(value: Int) {
    let sensor = Picture(width: 3, height: 2, pixels: [1, 2, 3, 4, 5, 6])
    // What each orientation makes of it, from the Exif standard's table of row 0 and column 0.
    let seen: [(Int, [UInt8])] = [
      (3, [1, 2, 3, 4, 5, 6]), (3, [3, 2, 1, 6, 5, 4]), (3, [6, 5, 4, 3, 2, 1]),
      (3, [4, 5, 6, 1, 2, 3]), (2, [1, 4, 2, 5, 3, 6]), (2, [4, 1, 5, 2, 6, 3]),
      (2, [6, 3, 5, 2, 4, 1]), (2, [3, 6, 2, 5, 1, 4]),
    ]
    let upright = ExifOrientation(value).upright(sensor)
    #expect(upright.width == seen[value - 1].0 && upright.pixels == seen[value - 1].1)
    for isLittle in [true, false] {
      #expect(ExifOrientation(jpeg: exif(value, isLittle).span).value == value)
    }
    for length in 0..<exif(value, true).count {
      _ = ExifOrientation(jpeg: Array(exif(value, true).prefix(length)).span)
    }
  }

  @Test("without a converter, the line names the package")
  func noConverter() {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]
    let error = error { () throws(DigitsError) in
      _ = try PictureFile.decode(png, file: "x.png", searchPath: "/nowhere")
    }
    #expect(error?.description.contains("ImageMagick") == true)
    #expect(error?.kind == .malformed)
  }

  @Test(
    "other formats are read through a converter",
    .enabled(if: imageMagick != nil, "ImageMagick is not installed"),
    arguments: ["png", "gif", "bmp", "tiff"])
  func converted(format: String) throws {
    let file = try made(format, from: PGM.encode(ring))
    #expect(decoded(file) == ring)
  }

  @Test(
    "a photograph is turned by the converter, too",
    .enabled(if: imageMagick != nil, "ImageMagick is not installed"), arguments: [3, 6, 8])
  func photograph(value: Int) throws {
    let plain = try made("jpeg", from: PGM.encode(ring))
    let file = exif(value, false) + plain.dropFirst(2)
    let expected = ExifOrientation(value).upright(ring)
    let picture = try #require(decoded(file))
    #expect(picture.width == expected.width && picture.height == expected.height)
    let wrong = zip(picture.pixels, expected.pixels).count { abs(Int($0) - Int($1)) > 100 }
    #expect(wrong == 0)
  }

  @Test(
    "a broken file of another format is refused in one line",
    .enabled(if: imageMagick != nil, "ImageMagick is not installed"))
  func brokenPicture() throws {
    let file = try made("png", from: PGM.encode(ring))
    for length in [8, 20, 40] {
      let error = error { () throws(DigitsError) in
        _ = try PictureFile.decode(Array(file.prefix(length)), file: "x.png")
      }
      #expect(error?.kind == .malformed && error?.description.contains("a PNG") == true)
    }
  }

  /// The start of a JPEG up to the end of its Exif segment.
  private func exif(_ orientation: Int, _ isLittle: Bool) -> [UInt8] {
    func number(_ value: Int, _ bytes: Int) -> [UInt8] {
      let big = (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * (bytes - 1 - $0))) }
      return isLittle ? big.reversed() : big
    }
    let tiff =
      ascii(isLittle ? "II" : "MM") + number(42, 2) + number(8, 4) + number(1, 2)
      + number(0x112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + number(0, 2)
      + number(0, 4)
    let segment = ascii("Exif") + [0, 0] + tiff
    return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(segment.count + 2)] + segment
  }

  private func made(_ format: String, from pgm: [UInt8]) throws -> [UInt8] {
    let program = ExternalProgram(
      path: try #require(imageMagick), arguments: ["pgm:-", "\(format):-"])
    return try #require(try program.output(of: pgm, limit: 1 << 20, file: "x"))
  }
}

private let imageMagick = ChildProcess.find("magick") ?? ChildProcess.find("convert")
