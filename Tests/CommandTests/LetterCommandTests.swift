import Foundation
import Testing

@testable import Digits

/// Classes that are not the ten digits: folders of letters, from the pictures to the answers' names.
@Suite("Letters", .serialized) struct LetterCommandTests {
  /// Letters of strokes, as pairs of points in a square of 20 pixels: x, y, x, y.
  private static let strokes: [String: [[Int]]] = [
    "L": [[3, 0, 3, 19], [3, 19, 16, 19]],
    "T": [[0, 0, 19, 0], [9, 0, 9, 19]],
    "X": [[0, 0, 19, 19], [19, 0, 0, 19]],
  ]
  private static let training = [
    "--hidden", "16", "--batch", "4", "--epochs", "30", "--threads", "2", "--quiet",
  ]

  /// A letter in the middle of 28x28, moved and as thick as `number` says: 3 x 3 places, three widths.
  private func drawn(_ letter: String, _ number: Int) throws -> [UInt8] {
    var picture = Picture(width: 28, height: 28, pixels: Array(repeating: 0, count: 784))
    let left = 3 + number % 3
    let top = 3 + number / 3 % 3
    let thickness = 1 + number / 9 % 3
    for stroke in try #require(LetterCommandTests.strokes[letter]) {
      for step in 0...19 {
        let x = left + (stroke[0] * (19 - step) + stroke[2] * step) / 19
        let y = top + (stroke[1] * (19 - step) + stroke[3] * step) / 19
        for i in 0..<thickness * thickness {
          picture.pixels[28 * (y + i / thickness) + x + i % thickness] = 255
        }
      }
    }
    return PGM.encode(picture)
  }

  /// Folders of 27 pictures a letter, of which every fourth is for the test.
  private func letters(in folder: String) throws {
    for letter in LetterCommandTests.strokes.keys {
      for number in 0..<27 {
        let part = number % 4 == 3 ? "test" : "train"
        let place = "\(folder)/letters/\(part)/\(letter)"
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: true)
        try Data(drawn(letter, number)).write(to: URL(fileURLWithPath: "\(place)/\(number).pgm"))
      }
    }
  }

  private func run(
    _ command: Command, _ arguments: [String], in folder: String
  ) throws -> Command.Result {
    let result = try command.run(arguments, in: folder)
    try #require(result.status == 0, "\(arguments): \(result.error)")
    return result
  }

  @Test("train to an image that answers with their names, and reads those held out")
  func names() throws {
    try withFolder { folder in
      try letters(in: folder)
      let trained = try run(
        .train, ["--data", "letters", "--json"] + LetterCommandTests.training, in: folder)
      let summary = try trained.json()
      #expect(summary["classes"] as? Int == 3)
      #expect(summary["class_names"] as? [String] == ["L", "T", "X"])
      #expect(summary["test_count"] as? Int == 18)
      #expect(try #require(summary["int8_accuracy"] as? Double) == 1)
      let pictures = ["L", "T", "X"].map { "letters/test/\($0)/3.pgm" }
      let read = try run(.infer, ["--json"] + pictures, in: folder)
      #expect(try answers(read) == ["L", "T", "X"])
      let results = try #require(read.json()["results"] as? [[String: Any]])
      #expect(results.allSatisfy { ($0["logits"] as? [Int])?.count == 3 })
      let text = try run(.infer, [pictures[2]], in: folder)
      #expect(text.output.contains("letters/test/X/3.pgm: X ("), "\(text.output)")
      let all = try run(.infer, ["--dataset", "letters", "--quiet"], in: folder)
      #expect(all.output.contains("18 of 18 pictures read right: 100.00 %"), "\(all.output)")
    }
  }

  @Test("are trained on in the order of --classes, and those left out are not known")
  func order() throws {
    try withFolder { folder in
      try letters(in: folder)
      let trained = try run(
        .train, ["--data", "letters", "--classes", "X,L", "--json"] + LetterCommandTests.training,
        in: folder)
      #expect(try trained.json()["class_names"] as? [String] == ["X", "L"])
      #expect(try trained.json()["test_count"] as? Int == 12)
      let read = try run(
        .infer, ["--json", "letters/test/L/3.pgm", "letters/test/X/3.pgm"], in: folder)
      let results = try #require(read.json()["results"] as? [[String: Any]])
      #expect(try answers(read) == ["L", "X"])
      #expect(results.map { $0["digit"] as? Int } == [1, 0])
      let single = try Command.train.run(["--data", "letters", "--classes", "X"], in: folder)
      #expect(single.status == 64 && oneLine(single.error), "\(single.error)")
      let strange = try Command.train.run(["--data", "letters", "--classes", "X,B"], in: folder)
      #expect(strange.status == 65 && oneLine(strange.error), "\(strange.error)")
      #expect(strange.error.contains("has no class B"), "\(strange.error)")
    }
  }

  @Test("are to be given for a report of faults, which draws only digits itself")
  func faults() throws {
    try withFolder { folder in
      try letters(in: folder)
      _ = try run(.train, ["--data", "letters"] + LetterCommandTests.training, in: folder)
      let report = ["--fault-report", "--faults", "20", "--quiet"]
      let refused = try Command.infer.run(report, in: folder)
      #expect(refused.status == 64 && oneLine(refused.error), "\(refused.error)")
      #expect(refused.error.contains("give pictures of them with --dataset"), "\(refused.error)")
      let given = try run(.infer, report + ["--dataset", "letters", "--json"], in: folder)
      #expect(try !given.json().isEmpty)
    }
  }

  /// The class of each picture that was read.
  private func answers(_ result: Command.Result) throws -> [String] {
    let results = try #require(result.json()["results"] as? [[String: Any]])
    return try results.map { try #require($0["class"] as? String) }
  }
}
