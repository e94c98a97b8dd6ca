import Digits
import Foundation
import Testing

@Suite("PGM")
struct PGMTests {
  private func decoded(_ bytes: [UInt8]) -> Picture? { try? PGM.decode(bytes, file: "x.pgm") }

  @Test("what was encoded is decoded again")
  func roundTrip() throws {
    let pixels = (0..<35).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let picture = Picture(width: 7, height: 5, pixels: pixels)
    #expect(try PGM.decode(PGM.encode(picture), file: "x") == picture)
  }

  @Test("a raster may begin and end with bytes that look like space or comments")
  func rasterOfSpecialBytes() throws {
    for byte: UInt8 in [9, 10, 13, 32, 35] {
      let picture = Picture(width: 3, height: 2, pixels: [UInt8](repeating: byte, count: 6))
      #expect(decoded(PGM.encode(picture)) == picture)
      #expect(decoded(PGM.encode(picture) + [10]) == picture)
    }
  }

  @Test("plain samples are separated by any white space, with comments between")
  func plain() {
    let header = "P2#magic\n# a comment\n 3 # width\n2\t255#max\r\n"
    let text = header + "0 1#one\n2\n\n3 4\u{0B}\u{0C}255 # end"
    #expect(decoded(ascii(text)) == Picture(width: 3, height: 2, pixels: [0, 1, 2, 3, 4, 255]))
  }

  @Test("comments in the header of a raw picture are skipped")
  func rawComments() {
    let expected = Picture(width: 2, height: 1, pixels: [65, 66])
    for header in [
      "P5 2 1 255 ", "P5\n#a\n2#b\n#c\n1\n#d\n255\n", "P5#x\n2 1 255#y\n", "P5 2 1 255\n#z\n",
      "P5\r\n2 1\r\n255\r\n",
    ] {
      #expect(decoded(ascii(header + "AB")) == expected, "\(header.debugDescription)")
      #expect(decoded(ascii(header + "AB\n")) == expected, "\(header.debugDescription)")
    }
  }

  @Test("samples of every maximum come to 0...255, halves rounded up", arguments: [1, 3, 254, 255])
  func scaling(maximum: Int) {
    for sample in 0...maximum {
      let expected = UInt8((255 * Double(sample) / Double(maximum) + 0.5).rounded(.down))
      let header = "1 1 \(maximum)\n"
      #expect(decoded(ascii("P5 " + header) + [UInt8(sample)])?.pixels == [expected])
      #expect(decoded(ascii("P2 \(header)\(sample)"))?.pixels == [expected])
    }
  }

  @Test("samples above 255 take two bytes, the higher one first", arguments: [256, 1000, 65535])
  func wideSamples(maximum: Int) {
    for sample in [0, 1, 128, 255, 256, maximum / 2, maximum] where sample <= maximum {
      let expected = UInt8((255 * Double(sample) / Double(maximum) + 0.5).rounded(.down))
      // White beside it: a picture that is black all over would be one of eight bits.
      let all = [sample, maximum].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
      #expect(decoded(ascii("P5 2 1 \(maximum)\n") + all)?.pixels == [expected, 255])
      let plain = ascii("P2 2 1 \(maximum)\n\(sample) \(maximum)")
      #expect(decoded(plain)?.pixels == [expected, 255])
    }
  }

  @Test(
    "a broken picture is refused with one line that says what is wrong",
    arguments: [
      ("", "is empty"), ("P", "something else"), ("P5", "ends before the width"),
      ("P2\n3", "ends before the height"), ("P2\n3 3", "ends before the largest"),
      ("P5\n3 3\n255", "ends after 0 of 9"), ("P5\n3 3\n255\n", "ends after 0 of 9"),
      ("P5\n3 3\n255\nABCDEFGH", "ends after 8 of 9"),
      ("P5\n3 3\n255\nABCDEFGHIJ", "goes on for 1 bytes"),
      ("P5\n3 3\n255\nABCDEFGHI\nJ", "goes on for 2 bytes"),
      ("P5\n2 1\n256\nA", "ends after 1 of 4"),
      ("P2\n2 1\n255\n1", "too short"), ("P2\n2 1\n255\n1    ", "ends before sample 1"),
      ("P2\n1 1\n255\n1 2", "goes on after its 1 samples"),
      ("P2\n1 1\n255\n1x", "is not a number"), ("P2\n1 1\n255\n-1", "is not a number"),
      ("P2\n1.5 1\n255\n1", "is not a number"), ("P2\nx 1\n255\n1", "is not a number"),
      ("P2\n0 1\n255\n1", "claims 0 x 1"), ("P5\n1 0\n255\n", "claims 1 x 0"),
      ("P2\n1 1\n0\n0", "largest sample value is 0"),
      ("P5\n1 1\n65536\nAB", "largest sample value is 65536"),
      ("P2\n1 1\n15\n16 ", "sample 0 is 16, above"), ("P5\n1 1\n15\nA", "sample 0 is 65, above"),
      ("P5\n1 1\n256\n\u{7F}A", "above the maximum"),
      ("P6\n1 1\n255\nAB", "ends after 2 of 3"), ("P4\n9 1\nA", "ends after 1 of 2"),
      ("P3\n1 1\n255\n1 2", "too short"), ("P1\n2 1\n1", "ends before pixel 1"),
      ("P1\n2 1\n12", "neither 0 nor 1"), ("P7\n", "no PAM header"),
      ("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nENDHDR\nABCDE", "5 samples a pixel"),
      ("GIF89a", "a GIF"), ("P55 1 1 255 A", "text"), ("hello", "something else"),
      ("<!DOCTYPE html>\n<html>", "web page"), ("%PDF-1.7", "a PDF"), ("<svg width='9'>", "SVG"),
      ("version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
      ("P5 100000 100000 255", "claims 100000 x 100000"),
      ("P5 999999999 999999999 255\n", "claims 999999999"),
      ("P5 1 9999999999999999999999 255\n", "more than nine digits"),
      ("P5 8192 8192 65535\n", "ends after 0 of 134217728"), ("P2 8192 8192 255\n", "too short"),
    ])
  func refused(text: String, problem: String) {
    let error = error { () throws(DigitsError) in
      _ = try PGM.decode(ascii(text), file: "bad.pgm")
    }
    #expect(error?.kind == .malformed)
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "accepted")")
    #expect(error?.description.hasPrefix("bad.pgm: ") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test("a picture cut short anywhere is refused, and never read beyond its end")
  func everyPrefix() {
    let wide = ascii("P5 #c\n2 2 300\n") + [0, 1, 0, 2, 1, 0, 1, 1]
    let plain = ascii("P2 # c\n2 2 9\n1 2 3 4")
    for whole in [wide, plain] {
      #expect(decoded(whole) != nil)
      for length in 0..<whole.count { #expect(decoded(Array(whole[..<length])) == nil) }
    }
  }

  @Test("random changes to a picture never bring the reader down")
  func mutations() {
    var random = SystemRandomNumberGenerator()
    let originals = [ascii("P2\n3 2\n255\n1 2 3 4 5 6\n"), ascii("P5 # x\n3 2 256\nABCDEFGHIJKL")]
    for original in originals {
      for _ in 0..<5000 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        if let picture = decoded(bytes) {
          #expect(picture.pixels.count == picture.width * picture.height)
        }
      }
    }
  }
}

extension PGM {
  /// The picture in a file.
  fileprivate static func read(_ path: String) throws(DigitsError) -> Picture {
    try decode(FileBytes.read(path, limit: maximumBytes), file: path)
  }
}

@Suite("Files")
struct FileTests {
  @Test("a picture is read from a file")
  func read() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("a.pgm", ascii("P2 1 1 255 7"))
    #expect(try PGM.read(path).pixels == [7])
  }

  @Test("a missing file and a folder are told apart")
  func kinds() throws {
    let folder = try ScratchFolder()
    #expect(error { () throws(DigitsError) in _ = try PGM.read("/none/x") }?.kind == .notFound)
    #expect(error { () throws(DigitsError) in _ = try PGM.read("") }?.kind == .notFound)
    let path = folder.path
    #expect(error { () throws(DigitsError) in _ = try PGM.read(path) }?.kind == .isDirectory)
  }

  @Test("an unreadable file is said to be one", .enabled(if: getuid() != 0, "root reads all files"))
  func unreadable() throws {
    let folder = try ScratchFolder()
    let secret = try folder.write("s.pgm", [1])
    chmod(secret, 0)
    #expect(error { () throws(DigitsError) in _ = try PGM.read(secret) }?.kind == .unreadable)
  }

  @Test("a device without end is refused", .timeLimit(.minutes(1)))
  func endless() {
    let error = error { () throws(DigitsError) in _ = try PGM.read("/dev/zero") }
    #expect(error?.description.contains("larger than") == true)
  }

  @Test("a huge file is refused before it is read", .timeLimit(.minutes(1)))
  func huge() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("sparse.pgm", ascii("P5 1 1 255\n"))
    truncate(path, 1 << 40)
    let error = error { () throws(DigitsError) in _ = try PGM.read(path) }
    #expect(error?.description.contains("larger than") == true)
  }

  @Test("a pipe is read to its end", .timeLimit(.minutes(1)))
  func pipe() throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/pipe.pgm"
    mkfifo(path, 0o600)
    let writer = Thread {
      try? Data(ascii("P2 1 1 255 9")).write(to: URL(fileURLWithPath: path), options: [])
    }
    writer.start()
    #expect(try PGM.read(path).pixels == [9])
  }

  @Test("a name with line breaks still makes one line")
  func oneLine() {
    let error = error { () throws(DigitsError) in _ = try PGM.read("/none/a\nb\u{1B}[31m") }
    #expect(error?.description == "/none/a\\nb\\u001b[31m: no such file; check the path")
  }
}
