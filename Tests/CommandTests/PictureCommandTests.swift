import Digits
import Foundation
import Int8Runtime
import SIMDMath
import Testing

@Suite("Pictures that people bring")
struct PictureCommandTests {
  /// MNIST's test digits where there are any, else drawn ones.
  static let set: DigitSet = {
    if let folder = ProcessInfo.processInfo.environment["MNIST_DIR"],
      let set = try? DataSet(folder).read(.test)
    {
      return set
    }
    return Handwriting(seed: 21).set(count: 200)
  }()

  /// A digit's columns and rows that have ink.
  private func cropped(_ i: Int) -> [[UInt8]] {
    let rows = (0..<28).map { y in
      (0..<28).map { Self.set.pixels[784 * i + 28 * y + $0] }
    }
    let inked = rows.filter { $0.contains { $0 > 64 } }
    let columns = (0..<28).filter { x in inked.contains { $0[x] > 64 } }
    return inked.map { row in columns.map { row[$0] } }
  }

  /// A PGM of rows enlarged eight times with a margin in pixels, dark on light where asked.
  private func file(_ rows: [[UInt8]], margin: Int, isDark: Bool) -> [UInt8] {
    let width = (rows.first?.count ?? 0) * 8 + 2 * margin
    let blank = [[UInt8]](repeating: [UInt8](repeating: 0, count: width), count: margin)
    let side = [UInt8](repeating: 0, count: margin)
    let large = rows.flatMap { row in
      [[UInt8]](repeating: side + row.flatMap { [UInt8](repeating: $0, count: 8) } + side, count: 8)
    }
    let pixels = (blank + large + blank).flatMap { $0 }
    let picture = Picture(
      width: width, height: pixels.count / width,
      pixels: isDark ? pixels.map { 255 - $0 } : pixels)
    return PGM.encode(picture)
  }

  private func results(_ files: [String: [UInt8]]) throws -> [String: [String: Any]] {
    try withFolder { folder in
      for (name, bytes) in files {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
      }
      let run = try Command.infer.run(["--json"] + files.keys.sorted(), in: folder)
      let all = try #require(try run.json()["results"] as? [[String: Any]])
      return Dictionary(uniqueKeysWithValues: all.map { ($0["image"] as? String ?? "", $0) })
    }
  }

  @Test("digits cropped to their boxes are read, with hardly a margin", arguments: [0, 2, 5])
  func tight(margin: Int) throws {
    var files: [String: [UInt8]] = [:]
    for i in 0..<100 {
      files["\(i).pgm"] = file(cropped(i), margin: margin, isDark: i % 2 == 0)
    }
    let said = try results(files)
    let right = (0..<100).count { said["\($0).pgm"]?["digit"] as? Int == Int(Self.set.labels[$0]) }
    // Drawn digits are harder for an image trained on MNIST.
    #expect(right >= 95, "\(right) of 100")
    let wrong = (0..<100).count { i in
      let digit = said["\(i).pgm"]?["digit"] as? Int
      return digit != nil && digit != Int(Self.set.labels[i])
        && said["\(i).pgm"]?["unsure"] as? Bool == false
    }
    #expect(wrong <= 1, "\(wrong) sure and wrong")
  }

  @Test("two digits in a picture are never one sure digit", arguments: [0, 2, 10])
  func pairs(gap: Int) throws {
    var files: [String: [UInt8]] = [:]
    for i in 0..<60 {
      let (left, right) = (cropped(i), cropped(i + 60))
      let height = max(left.count, right.count)
      func row(_ rows: [[UInt8]], _ y: Int) -> [UInt8] {
        let top = (height - rows.count) / 2
        let isInside = y >= top && y < top + rows.count
        return isInside ? rows[y - top] : [UInt8](repeating: 0, count: rows.first?.count ?? 0)
      }
      let both = (0..<height).map { y in
        row(left, y) + [UInt8](repeating: 0, count: gap) + row(right, y)
      }
      files["\(i).pgm"] = file(both, margin: 20, isDark: i % 2 == 0)
    }
    let said = try results(files)
    #expect(said.count == 60)
    let sure = said.values.count { $0["unsure"] as? Bool == false }
    let several = said.values.compactMap { $0["error"] as? String }
      .count { $0.contains("more than one digit") }
    #expect(sure <= 1 && several >= 45, "\(sure) sure, \(several) said to be several")
  }

  @Test("a picture that cannot be read costs that picture only")
  func onlyThatPicture() throws {
    try withFolder { folder in
      let good = file(cropped(0), margin: 20, isDark: true)
      for (name, bytes) in [("a.pgm", good), ("b.pgm", Array("no".utf8)), ("c.pgm", good)] {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
      }
      let names = ["a.pgm", "b.pgm", "none.pgm", "c.pgm"]
      let text = try Command.infer.run(["--quiet"] + names, in: folder)
      // The first failure is b's, whose content is wrong.
      #expect(text.status == 65)
      #expect(text.error.split(separator: "\n").count == 2 && text.error.contains("none.pgm"))
      #expect(text.output.contains("a.pgm: ") && text.output.contains("c.pgm: "))
      let json = try Command.infer.run(["--json", "none.pgm", "b.pgm", "a.pgm"], in: folder)
      #expect(json.status == 66)
      let all = try #require(try json.json()["results"] as? [[String: Any]])
      #expect(all.map { $0["image"] as? String } == ["none.pgm", "b.pgm", "a.pgm"])
      #expect(all.map { $0["error"] != nil } == [true, true, false])
      #expect(all.last?["digit"] is Int)
    }
  }

  @Test("a picture is read from standard input, whatever its format")
  func standardInput() throws {
    try withFolder { folder in
      let path = folder + "/a.pgm"
      try Data(file(cropped(0), margin: 20, isDark: true)).write(to: URL(fileURLWithPath: path))
      let named = try Command.infer.run(["--quiet", "a.pgm"], in: folder)
      let piped = try Command.infer.run(["--quiet", "-"], in: folder, input: path)
      #expect(piped.status == 0 && piped.error == "")
      #expect(piped.output == named.output.replacingOccurrences(of: "a.pgm: ", with: "-: "))
      let empty = try Command.infer.run(["-"], in: folder)
      #expect(empty.status == 65 && empty.error.contains("is empty"))
    }
  }

  @Test("a name that looks like an option, a format or a command is only a name")
  func names() throws {
    try withFolder { folder in
      for name in ["-resize.png", "msl:x.png", "a;touch b;$(touch c).png"] {
        try Data([0x89, 0x50, 0x4E, 0x47]).write(to: URL(fileURLWithPath: folder + "/" + name))
        let run = try Command.infer.run(["--", name], in: folder)
        #expect(run.status == 65 && run.error.contains("a PNG"), "\(run.error)")
        #expect(!(try files(folder)).contains { ["b", "c"].contains($0) })
      }
    }
  }
}
