import Foundation
import Testing

@testable import Digits

/// Training on data of layouts that people bring, and reading it again, by both commands.
@Suite("Data of one's own", .serialized) struct DataCommandTests {
  private let training = [
    "--hidden", "16", "--augment", "none", "--epochs", "8", "--threads", "2", "--quiet",
  ]

  /// Handwriting as a table, the label as `label` says of a digit.
  private func table(_ set: DigitSet, label: (Int) -> String = { "\($0)" }) -> [UInt8] {
    let lines = (0..<set.count).map { i in
      ([label(Int(set.labels[i]))] + set.pixels[784 * i..<784 * (i + 1)].map { "\($0)" })
        .joined(separator: ",") + "\n"
    }
    return Array(lines.joined().utf8)
  }

  private func save(_ bytes: [UInt8], _ path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  private func succeed(
    _ command: Command, _ arguments: [String], in folder: String
  ) throws -> Command.Result {
    let result = try command.run(arguments, in: folder)
    #expect(result.status == 0, "\(arguments): \(result.error)")
    return result
  }

  @Test("a table is trained on, with one picture in seven held out, and read by infer-sim")
  func csv() throws {
    try withFolder { folder in
      try save(table(Handwriting(seed: 1).set(count: 700)), folder + "/digits.csv")
      let result = try succeed(
        .train, ["--data", "digits.csv", "--json"] + training, in: folder)
      let count = try #require(result.json()["test_count"] as? Int)
      #expect((90...110).contains(count) && result.error == "")
      let read = try succeed(
        .infer, ["--dataset", "digits.csv", "--json", "--quiet"], in: folder)
      #expect(try read.json()["count"] as? Int == 700)
      #expect(try #require(read.json()["accuracy"] as? Double) > 0.5)
    }
  }

  @Test("words are classes, which --classes picks and orders; others are not trained on")
  func classes() throws {
    try withFolder { folder in
      let words = (0..<12).map { "class-\($0)" }
      var set = Handwriting(seed: 1).set(count: 600)
      set.classNames = words
      for i in set.labels.indices where i % 7 == 0 { set.labels[i] = 10 + UInt8(i % 2) }
      let test = Handwriting(seed: 2).set(count: 100)
      try save(table(set) { words[$0] }, folder + "/d/train.csv")
      try save(table(test) { words[$0] }, folder + "/d/test.csv")
      let ten = words[..<10].reversed().joined(separator: ",")
      let result = try succeed(
        .train, ["--data", "d", "--classes", ten, "--json"] + training, in: folder)
      let trained = try #require(result.json()["train_count"] as? Int)
      let known = set.labels.count { $0 < 10 }
      #expect(trained == known - known / 12)
      #expect(try result.json()["test_count"] as? Int == 100)
      for (names, words) in [
        ("class-1,shoe", "has no class shoe; it has class-0, class-1"), ("a", "expected different"),
        ("a,a", "expected different"), ("a,,b", "expected different"),
      ] {
        let refused = try Command.train.run(["--data", "d", "--classes", names], in: folder)
        #expect(refused.status == (words.hasPrefix("has") ? 65 : 64) && oneLine(refused.error))
        #expect(refused.error.contains(words), "\(refused.error)")
      }
    }
  }

  @Test("transposed digits are said to be, and read upright with --transpose")
  func transposed() throws {
    try withFolder { folder in
      var set = Handwriting(seed: 1).set(count: 600)
      set.transpose()
      try save(table(set), folder + "/train.csv")
      let told = try succeed(.train, ["--data", "train.csv"] + training, in: folder)
      #expect(oneLine(told.error) && told.error.contains("give --transpose"), "\(told.error)")
      let quiet = try succeed(
        .train, ["--data", "train.csv", "--transpose"] + training, in: folder)
      #expect(quiet.error == "")
      let read = try succeed(.infer, ["--dataset", "train.csv", "--quiet"], in: folder)
      #expect(read.error.contains("give --transpose"))
      try save(table(Handwriting(seed: 1).set(count: 600)), folder + "/upright.csv")
      let wrong = try succeed(
        .train, ["--data", "upright.csv", "--transpose"] + training, in: folder)
      #expect(wrong.error.contains("leave --transpose out"))
    }
  }

  @Test("a folder a class, with the folders' names for classes, and an output among the pictures")
  func folders() throws {
    try withFolder { folder in
      let set = Handwriting(seed: 1).set(count: 300)
      for i in 0..<set.count {
        let picture = Picture(
          width: 28, height: 28, pixels: Array(set.pixels[784 * i..<784 * (i + 1)]))
        try save(PGM.encode(picture), folder + "/mine/d\(set.labels[i])/\(i).pgm")
      }
      _ = try succeed(.train, ["--data", "mine"] + training, in: folder)
      let read = try succeed(.infer, ["--dataset", "mine", "--quiet"], in: folder)
      #expect(oneLine(read.error) && read.error.contains("keeps no test pictures apart"))
      let refused = try Command.train.run(
        ["--data", "mine", "--sample", "mine/d\(set.labels[7])/7.pgm"] + training, in: folder)
      #expect(refused.status == 64 && refused.error.contains("would replace what is read"))
    }
  }

  @Test("what goes with data only is refused without, and other classes beside the handwriting")
  func usage() throws {
    let set = Handwriting(seed: 1).set(count: 60)
    let alone = ["--data", "built-in"]
    try expectRefusal(.train, alone + ["--classes", "1,2"], status: 64, saying: "with --data")
    try expectRefusal(.train, alone + ["--transpose"], status: 64, saying: "with --data")
    try expectRefusal(
      .train, ["--data", "t.csv,built-in"], status: 65,
      saying: "leave the built-in handwriting out",
      with: ["t.csv": table(set) { "d\($0)" }])
    try expectRefusal(
      .train, ["--data", "t.csv"], status: 65, saying: "has a single class",
      with: ["t.csv": table(set) { _ in "d" }])
  }
}
