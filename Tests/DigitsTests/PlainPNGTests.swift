import Foundation
import Testing

@testable import Digits

@Suite("Plain PNG") struct PlainPNGTests {
  private func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    // The checksum of a chunk is not looked at: that of the pixels is.
    number(data.count) + ascii(type) + data + [0, 0, 0, 0]
  }

  private func adler(_ bytes: [UInt8]) -> [UInt8] {
    var (a, b) = (1, 0)
    for byte in bytes { (a, b) = ((a + Int(byte)) % 65521, (b + a + Int(byte)) % 65521) }
    return number(b << 16 | a)
  }

  /// A PNG of rows that are filtered already, packed by `deflate`.
  private func png(
    _ rows: [UInt8], _ width: Int, _ height: Int, color: UInt8 = 0, more: [UInt8] = [],
    deflate: ([UInt8]) throws -> [UInt8]
  ) rethrows -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]
      + chunk("IHDR", number(width) + number(height) + [8, color, 0, 0, 0]) + more
      + chunk("IDAT", [0x78, 0x9C] + (try deflate(rows)) + adler(rows)) + chunk("IEND", [])
  }

  /// Blocks that are not packed, of at most 100 bytes.
  private func stored(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 100).flatMap { start -> [UInt8] in
      let part = bytes[start..<min(bytes.count, start + 100)]
      let length = UInt8(part.count)
      return [start + 100 >= bytes.count ? 1 : 0, length, 0, ~length, 0xFF] + part
    }
  }

  /// What gzip's deflate makes of bytes: short ones by the fixed code, others by one of their own.
  private func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
    let folder = try ScratchFolder()
    let file = try folder.write("a", bytes)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-9", "-n", file]
    try process.run()
    process.waitUntilExit()
    let packed = try Data(contentsOf: URL(fileURLWithPath: file + ".gz"))
    return Array(packed.dropFirst(10).dropLast(8))
  }

  private func decode(_ bytes: [UInt8]) -> Picture? { PlainPNG.decode(bytes.span) }

  @Test("pictures come back as they are, by codes of their own and by the fixed one")
  func packed() throws {
    let set = Handwriting(seed: 2).set(count: 20)
    for i in 0..<set.count {
      let pixels = Array(set.pixels[784 * i..<784 * (i + 1)])
      let rows = (0..<28).flatMap { [0] + pixels[28 * $0..<28 * ($0 + 1)] }
      let picture = Picture(width: 28, height: 28, pixels: pixels)
      #expect(decode(try png(rows, 28, 28, deflate: gzipped)) == picture)
      #expect(decode(png(rows, 28, 28, deflate: stored)) == picture)
    }
    let short: [UInt8] = [0, 7, 7, 7, 7, 7, 7, 7, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    let picture = decode(try png(short, 8, 2, deflate: gzipped))
    #expect(picture?.pixels == [7, 7, 7, 7, 7, 7, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test("rows are what they and those above them say")
  func filters() {
    let rows: [UInt8] = [
      0, 10, 20, 250,  // as they are
      1, 5, 5, 5,  // less what is left
      2, 1, 2, 3,  // less what is above
      3, 4, 4, 4,  // less the mean of both
      4, 1, 1, 1,  // less Paeth's
    ]
    let pixels: [UInt8] = [10, 20, 250, 5, 10, 15, 6, 12, 18, 7, 13, 19, 8, 14, 20]
    #expect(decode(png(rows, 3, 5, deflate: stored))?.pixels == pixels)
    let colors = decode(png([1, 9, 0, 0, 0, 9, 9], 2, 1, color: 2, deflate: stored))
    #expect(colors?.pixels == [Gray.of(9, 0, 0), 9])
  }

  @Test("other kinds are left to a converter, and broken ones too")
  func others() throws {
    let rows = [UInt8](repeating: 0, count: 29 * 28)
    let good = try png(rows, 28, 28, deflate: gzipped)
    #expect(decode(good) != nil)
    for end in 0..<good.count { #expect(decode(Array(good[..<end])) == nil) }
    #expect(decode(png(rows, 28, 28, color: 3, deflate: stored)) == nil)
    #expect(decode(png(rows, 28, 27, deflate: stored)) == nil)
    #expect(decode(png(rows, 27, 28, deflate: stored)) == nil)
    #expect(decode(png(rows, 1 << 20, 1 << 20, deflate: stored)) == nil)
    #expect(decode(png([5] + rows.dropFirst(), 28, 28, deflate: stored)) == nil)
    #expect(decode(png(rows, 28, 28, more: chunk("tRNS", [0, 0]), deflate: stored)) == nil)
    // Every bit of the packed rows turned: none traps, and none passes for the picture.
    for place in 43..<good.count - 16 {
      for bit in 0..<8 {
        var bytes = good
        bytes[place] ^= 1 << UInt8(bit)
        let picture = decode(bytes)
        #expect(picture == nil || picture?.pixels == [UInt8](repeating: 0, count: 784))
      }
    }
  }
}
