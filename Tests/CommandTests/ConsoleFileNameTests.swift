import Foundation
import Testing

@testable import CommandLineSupport

@Suite struct ConsoleFileNameTests {
  @Test func `a name of any bytes comes back as it was`() {
    var noise: UInt64 = 1
    func next() -> Int {
      noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(noise >> 33)
    }
    // Whole scalars, cut ones, bytes that never occur, and what stands for bytes.
    let pieces = ["a", "é", "𝄞", "\u{10FF80}", "\u{10FFFF}", "\u{10FF7F}", "\u{301}"].map {
      Array($0.utf8)
    }
    for _ in 0..<20_000 {
      var name: [UInt8] = []
      for _ in 0..<next() % 8 {
        let piece = pieces[next() % pieces.count]
        switch next() % 3 {
        case 0: name += piece
        case 1: name += piece.prefix(next() % (piece.count + 1))
        default: name.append(UInt8(truncatingIfNeeded: next()))
        }
      }
      #expect(String(fileName: name).fileName == name)
    }
    for byte in UInt8.min...255 { #expect(String(fileName: [byte]).fileName == [byte]) }
  }

  @Test func `what is UTF-8 is the text that it is`() {
    #expect(String(fileName: "naïve \u{301}7.pgm".utf8) == "naïve \u{301}7.pgm")
    #expect(String(fileName: []) == "")
    #expect("é".withFileName { strlen($0) } == 2)
  }

  @Test func `bytes that are no UTF-8 are shown as such, and controls as JSON has them`() {
    #expect(String(fileName: Array("na".utf8) + [0xEF, 0x76]).escapingControls() == "na\\xefv")
    #expect(
      "\u{7F}\u{85}\u{2066}\u{E0041}\u{0}".escapingControls()
        == "\\u007f\\u0085\\u2066\\udb40\\udc41\\u0000")
    // Said twice it is the same: lines are made of pieces that were.
    let once = "a\u{1B}\\".escapingControls()
    #expect(once.escapingControls() == once)
  }

  @Test func `JSON has no control character in it and means the same`() throws {
    let name = "\u{7F}\u{85}\u{202E}\u{2028}\u{E0041}\n\u{1B}\"\\é"
    let text = try JSONOutput.text(["image": name])
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
    #expect(object?["image"] == name)
    let inner = text.dropFirst(2).dropLast(3)
    #expect(inner.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(inner.contains("\\u007f\\u0085\\u202e\\u2028\\udb40\\udc41\\n"))
    #expect(try JSONOutput.text([String(fileName: [0xFF])]).contains("\"\\\\xff\""))
  }
}

@Suite struct ConsoleDistinctFilesTests {
  private func complaint(outputs: [String], inputs: [String] = []) -> String? {
    do throws(Failure) {
      try DistinctFiles.check(
        outputs: outputs.map { NamedFile("--out", $0) },
        inputs: inputs.map { NamedFile("--in", $0) })
      return nil
    } catch {
      #expect(error.code == .usage)
      return error.message
    }
  }

  @Test func `one file by any path is one file`() throws {
    try withFolder { folder in
      #expect(mkdir(folder + "/in", 0o755) == 0 && symlink("in", folder + "/door") == 0)
      #expect(symlink("in/x", folder + "/link") == 0 && symlink("nowhere", folder + "/y") == 0)
      let one = ["/in/x", "/in/./x", "/door/x", "/link", "/in/../door/x"].map { folder + $0 }
      for a in one {
        for b in one {
          #expect(complaint(outputs: [a, folder + "/z", b])?.contains("the same file") == true)
          #expect(
            complaint(outputs: [a], inputs: [b])?.contains("would replace what is read") == true)
        }
      }
      let others = ["/x", "/in/y", "/y", "/in/X"].map { folder + $0 }
      #expect(complaint(outputs: [one[0]] + others) == nil)
      #expect(complaint(outputs: [folder + "/nowhere", folder + "/y"]) != nil)
      // What leads nowhere is told about where it is opened.
      #expect(complaint(outputs: [folder + "/none/x", folder + "/none/x"]) == nil)
    }
  }

  @Test func `a second name of a file is another place, for one may be replaced without the other`()
    throws
  {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/a")
      #expect(link(folder + "/a", folder + "/b") == 0)
      #expect(complaint(outputs: [folder + "/a"], inputs: [folder + "/b"]) == nil)
      try AtomicFile.write([2], to: folder + "/a")
      #expect(content(folder + "/b") == [1])
    }
  }

  @Test func `a file that is removed by a link leaves the link`() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/a")
      #expect(symlink("a", folder + "/link") == 0)
      AtomicFile.remove(folder + "/link")
      #expect(try entries(folder) == ["link"])
    }
  }

  @Test func `what is no longer wanted at the last moment is not written`() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/a")
      try AtomicFile.write([2], to: folder + "/a", ifStill: { false })
      #expect(content(folder + "/a") == [1])
      #expect(try entries(folder) == ["a"])
    }
  }
}
