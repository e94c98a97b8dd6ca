import Foundation
import Testing

@testable import Digits

/// Bytes that come at most `step` at a time, of nobody knows how many.
private final class Bytes: ByteSource {
  let file = "t.csv"
  let size: Int? = nil
  private var rest: ArraySlice<UInt8>
  private let step: Int

  init(_ bytes: [UInt8], step: Int = .max) { (rest, self.step) = (bytes[...], step) }

  func read(upTo count: Int, into bytes: inout [UInt8]) {
    let taken = rest.prefix(min(count, step))
    bytes += taken
    rest = rest.dropFirst(taken.count)
  }
}

@Suite("Tables") struct CSVTests {
  private func table(_ text: String, step: Int = .max) throws -> CSV.Table {
    try CSV.table(in: Bytes(ascii(text), step: step))
  }

  private func refusal(_ text: String) -> String {
    error { () throws(DigitsError) in _ = try CSV.table(in: Bytes(ascii(text))) }?.description ?? ""
  }

  /// A line with a label and pixels that are all alike but for some.
  private func line(_ label: String, _ pixel: String = "0", _ others: [Int: String] = [:]) -> String
  {
    ([label] + (0..<784).map { others[$0] ?? pixel }).joined(separator: ",")
  }

  @Test("label first, then pixels by rows, however the bytes come")
  func plain() throws {
    let text = line("3", "0", [0: "255", 783: "7"]) + "\n" + line("1", "9") + "\n"
    for step in [1, 7, 4096] {
      let table = try table(text, step: step)
      #expect(table.labels == ["3", "1"] && table.rows == [0, 1])
      #expect(table.pixels.count == 1568 && table.pixels[0] == 255 && table.pixels[783] == 7)
      #expect(table.pixels[784...].allSatisfy { $0 == 9 })
    }
  }

  @Test("names of columns are told from numbers, and words for labels from names of columns")
  func header() throws {
    #expect(try table(Layouts.names + "\n" + line("4")).labels == ["4"])
    #expect(try table(line("cat") + "\n" + line("dog") + "\n" + line("cat")).rows == [0, 1, 0])
    #expect(refusal(Layouts.names + "\n").contains("has no pictures"))
  }

  @Test("where the names of columns say so, the label is the last")
  func labelLast() throws {
    let names = (1...784).map { "pixel\($0)" }.joined(separator: ",") + ",class"
    let pixels = [String](repeating: "8", count: 784).joined(separator: ",")
    let table = try table(names + "\n" + pixels + ",5\n" + pixels + ",6\n")
    #expect(table.labels == ["5", "6"] && table.pixels.allSatisfy { $0 == 8 })
  }

  @Test("quotes, CR LF, a byte order mark, empty lines, spaces, other separators")
  func dialects() throws {
    let text =
      "\u{FEFF}\"a \"\"b\"\", c\",\(line("", "1").dropFirst())\r\n\r\n \(line(" 05.0 ", " 12 "))\r\n\r\n"
    let result = try table(text)
    #expect(result.labels == ["a \"b\", c", "5"] && result.rows == [0, 1])
    #expect(result.pixels[0] == 1 && result.pixels[784] == 12)
    for separator in [";", "\t"] {
      let other = line("x", "3.0").replacing(",", with: separator)
      #expect(try table(other).pixels == [UInt8](repeating: 3, count: 784))
    }
    #expect(try table(line("1") + "\r" + line("2")).labels == ["1", "2"])
  }

  @Test("what is wrong is told by line and column")
  func broken() {
    let good = line("1") + "\n"
    #expect(refusal("") == "t.csv: has no pictures; give a table with a line for each picture")
    let short = line("1").dropLast(4)
    #expect(refusal(good + "\n" + short).contains("line 3 has 783 values, 785 are needed"))
    #expect(refusal(good + line("1") + ",0,0").contains("line 2 has 787 values"))
    #expect(
      refusal(good + line("1").dropFirst(2)).contains("line 2 has 784 values: pixels and no l"))
    #expect(
      refusal(good + line("1", "0", [4: "256"])).contains("line 2, column 6 is \"256\"; pixels"))
    #expect(refusal(good + line("1", "0", [4: "-1"])).contains("column 6 is \"-1\""))
    #expect(refusal(good + line("1", "0", [4: ""])).contains("column 6 is \"\""))
    #expect(
      refusal(line("1", "0.5")).contains(
        "column 2 is \"0.5\"; pixels must be whole numbers of 0 ... 255: mult"))
    #expect(refusal(good + line("")).contains("line 2 has no label"))
    #expect(refusal(good + "\"1,0\n0").contains("line 2 has quotes that are not closed"))
    #expect(refusal(good + "\"1,0").contains("line 2 has quotes that are not closed"))
    let long = String(repeating: "x", count: 257)
    #expect(refusal(good + long).contains("line 2 has more than 256 bytes in column 1"))
    #expect(refusal(long).contains("is no table of numbers"))
    let many = (0...256).map { line("c\($0)") }.joined(separator: "\n")
    #expect(refusal(many).contains("line 257 has the label c256 beside 256 others"))
  }

  @Test("what is no text at all is called by its name")
  func otherKinds() {
    func refusal(_ bytes: [UInt8]) -> String {
      error { () throws(DigitsError) in _ = try CSV.table(in: Bytes(bytes)) }?.problem ?? ""
    }
    #expect(refusal(ascii("<html>")) == "is a web page, not CSV")
    #expect(refusal(ascii("version https://git-lfs.github.com/spec/v1")).contains("Git LFS"))
    #expect(refusal(ascii("PK") + [3, 4]) == "is a zip archive, not CSV")
    #expect(refusal([0, 0, 8, 1, 0]) == "is an IDX file")
    #expect(refusal([0x89, 0x50, 0x4E, 0x47]) == "is a PNG, not a data set")
    #expect(refusal([0xFF, 0xFE, 0x31, 0]) == "is no table of text")
  }
}
