import Foundation
import Testing

@testable import Digits

@Suite("Folders of pictures, one a class") struct ClassFoldersTests {
  private static let words = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]

  /// Pictures in folders below `inner`, called as `name` says of a label.
  private func write(
    _ set: DigitSet, to layouts: Layouts, _ inner: String, _ name: (Int) -> String,
    _ change: (UInt8) -> UInt8 = { $0 }
  ) throws {
    for i in 0..<set.count {
      let pixels = set.pixels[784 * i..<784 * (i + 1)].map(change)
      try layouts.write(
        "\(inner)\(name(Int(set.labels[i])))/\(String(1000 + i)).pgm",
        PGM.encode(Picture(width: 28, height: 28, pixels: pixels)))
    }
  }

  @Test("the folder's name is the class's; classes are in the order of their names")
  func words() throws {
    let layouts = try Layouts()
    try write(layouts.training, to: layouts, "train/") { ClassFoldersTests.words[$0] }
    try write(layouts.test, to: layouts, "test/") { ClassFoldersTests.words[$0] }
    try layouts.write("train/one/Thumbs.db", [1, 2, 3])
    try layouts.write("train/.DS_Store", [1])
    let data = try layouts.read { $0.threads = 2 }
    #expect(data.training.classNames == ClassFoldersTests.words.sorted())
    #expect(data.training.count == 40 && data.test.count == 20)
    let first = try #require(
      layouts.training.labels.indices.filter { layouts.training.labels[$0] == 8 }.first)
    #expect(data.training.pixels(0) == layouts.training.pixels(first), "eight comes first")
    for index in 0..<10 {
      let digit = ClassFoldersTests.words.firstIndex(of: data.training.classNames[index])
      #expect(
        data.training.labels.count { Int($0) == index }
          == layouts.training.labels.count { Int($0) == digit })
    }
    #expect(DataSet.files(at: layouts.path).count == 60, "Thumbs.db is none of them")
  }

  @Test("numbers are in rising order, one in seven is held out, and threads make no difference")
  func numbers() throws {
    let layouts = try Layouts(120)
    try write(layouts.training, to: layouts, "x/") { "\($0 + 5)" }
    let data = try layouts.read()
    #expect(data.training.classNames == (5...14).map { "\($0)" })
    let held = (0..<10).map { digit in
      let count = layouts.training.labels.count { $0 == digit }
      return (count + 3) / 7
    }
    #expect(data.test.count == held.reduce(0, +) && data.test.count + data.training.count == 120)
    let other = try layouts.read { $0.threads = 3 }
    #expect(other.training.pixels == data.training.pixels && other.test.labels == data.test.labels)
  }

  @Test("dark ink on a light page is brought to what the networks know")
  func dark() throws {
    let layouts = try Layouts()
    try write(layouts.training, to: layouts, "", { "\($0)" }, { 255 - $0 })
    let set = try DataSet(layouts.path).read(.training)
    #expect(set.count == 40)
    for i in 0..<set.count {
      #expect(set.pixels(i)[0] == 0 && set.pixels(i).contains { $0 > 200 })
    }
  }

  @Test("a file that is no picture, or has nothing on it, is refused by its name")
  func broken() throws {
    let layouts = try Layouts()
    try write(layouts.training, to: layouts, "") { "\($0)" }
    let path = layouts.path
    func refusal() -> String {
      error { () throws(DigitsError) in _ = try DataSet(path).read(.training, threads: 2) }?
        .description ?? ""
    }
    let late = try layouts.write("9/notes.txt", ascii("seven of nine"))
    #expect(refusal().hasPrefix(late + ": is no picture"))
    let early = try layouts.write("0/z.pgm", ascii("P5 9 9 255\n"))
    #expect(refusal().hasPrefix(early))
    let white = Picture(width: 40, height: 40, pixels: [UInt8](repeating: 255, count: 1600))
    try layouts.write("0/z.pgm", PGM.encode(white))
    #expect(refusal().hasPrefix(early + ": no digit found"))
  }
}

extension DigitSet {
  /// A picture's 784 pixels.
  func pixels(_ index: Int) -> [UInt8] { Array(pixels[784 * index..<784 * (index + 1)]) }
}
