import CommandLineSupport
import Foundation
import Testing

private let training =
  Array(Bars.training.dropLast(4)) + ["--batch", "16", "--epochs", "4", "--quiet"]

private func put(_ bytes: [UInt8], _ path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Messages that misled, and numbers that were not what they said.
@Suite("Both commands, what they say", .serialized) struct HostileMessageTests {
  private func withBars(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data")
      try body(folder)
    }
  }

  private func refuse(
    _ arguments: [String], _ status: Int32, _ words: String..., in folder: String
  ) throws {
    let result = try Command.train.run(training + arguments, in: folder)
    #expect(result.status == status && oneLine(result.error), "\(arguments): \(result.error)")
    for word in words { #expect(result.error.contains(word), "\(result.error)") }
  }

  /// The same on other data.
  private func refuse(
    data: String, _ status: Int32, _ words: String..., in folder: String
  ) throws {
    let result = try Command.train.run(
      ["--data", data] + training.dropFirst(2), in: folder)
    #expect(result.status == status && oneLine(result.error), "\(data): \(result.error)")
    for word in words { #expect(result.error.contains(word), "\(result.error)") }
  }

  @Test("a learning rate too low is told to be higher", arguments: ["1e-7", "1e-45"])
  func lowRate(rate: String) throws {
    try withBars { folder in
      try refuse(
        ["--learning-rate", rate], 65, "the loss did not move from 2.",
        "try --learning-rate 0.001\n", in: folder)
      #expect(try files(folder) == ["data"])
    }
  }

  @Test("a learning rate too high is told to be lower")
  func highRate() throws {
    try withBars { folder in
      try refuse(
        ["--learning-rate", "1e30", "--optimizer", "sgd"], 65, "diverged in epoch",
        "try --learning-rate 0.04\n", in: folder)
    }
  }

  @Test("pictures that are all the same, and labels of other pictures, are not blamed on the rate")
  func badData() throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/black", pixel: { _ in 0 })
      try refuse(data: "black", 65, "all training pictures are the same", "--data", in: folder)
      try Bars.write(
        to: folder + "/shuffled", label: { offset, _ in UInt8(offset * 7_919 / 13 % 10) })
      try refuse(data: "shuffled", 65, "check that the labels", in: folder)
      #expect(try files(folder) == ["black", "shuffled"])
    }
  }

  @Test("a handful of digits is trained on; one is told how many it needs", arguments: 1...12)
  func fewDigits(count: Int) throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data", trained: count)
      if count == 1 {
        try refuse([], 65, "has a single training digit; give two at least", in: folder)
      } else {
        let result = try Command.train.run(training + ["--json"], in: folder)
        #expect(result.status == 0, "\(result.error)")
        #expect(try result.json()["train_count"] as? Int == count - 1)
      }
    }
  }

  @Test("digits that a teacher read count as well as its time")
  func teacherCounts() throws {
    try withBars { folder in
      let result = try Command.train.run(training + ["--teacher", "32", "--json"], in: folder)
      let object = try result.json()
      let speed = try #require(object["samples_per_second"] as? Double)
      let seconds = try #require(object["train_seconds"] as? Double)
      let count = try #require(object["train_count"] as? Int)
      #expect(abs(speed * seconds - Double(8 * count)) < 1)
    }
  }

  @Test("a checkpoint of another version, or damaged, says what helps and does not mislead")
  func badCheckpoint() throws {
    try withBars { folder in
      let path = folder + "/digits.flash.checkpoint"
      for (bytes, word) in [
        (Array("SDCP".utf8) + [9, 0, 0, 0], "of another version"),
        (Array("SDCP".utf8) + [2, 0, 0, 0, 7], "is damaged"),
      ] {
        try put(bytes, path)
        try refuse(["--resume"], 65, word, "leave --resume out and remove it", in: folder)
        try refuse([], 73, "is there and", word, "remove it or name another", in: folder)
      }
      try put(Array("a letter".utf8), path)
      try refuse([], 73, "is there and is not a checkpoint; remove it", in: folder)
      try FileManager.default.removeItem(atPath: path)
      #expect(try Command.train.run(training, in: folder).status == 0)
    }
  }

  @Test("names that are slips, in capitals, or of folders that are not there")
  func names() throws {
    try withBars { folder in
      let capitals = ["--device", "STM32F401CC", "--activation", "RELU", "--optimizer", "AdamW"]
      let result = try Command.train.run(training + capitals, in: folder)
      #expect(result.status == 0, "\(result.error)")
      let read = try Command.infer.run(["--device", "RP2040", "digit.pgm"], in: folder)
      #expect(read.status == 0, "\(read.error)")
      try refuse(["--device", "f401"], 64, "did you mean stm32f401cc?", in: folder)
      try refuse(["--output", "nonexist/"], 73, "names a folder, and there is none", in: folder)
      try refuse(data: "builtin", 66, "no such file or folder; did you mean built-in?", in: folder)
      try refuse(data: "nowhere", 66, "no such file or folder; check the path", in: folder)
    }
  }

  @Test("controls in a name are spelled out, in text as in JSON, which means the name")
  func controls() throws {
    try withBars { folder in
      let wild = "a\u{7F}\u{85}\u{202E}\u{2066}\u{1B}[2J\nb.pgm"
      let shown = "a\\u007f\\u0085\\u202e\\u2066\\u001b[2J\\nb.pgm"
      #expect(try Command.train.run(training + ["--sample", wild], in: folder).status == 0)
      let json = try Command.infer.run(["--json", wild], in: folder)
      let results = try json.json()["results"] as? [[String: Any]]
      #expect(results?.first?["image"] as? String == wild)
      let texts = [
        json.output, try Command.infer.run(["--quiet", wild], in: folder).output,
        try Command.infer.run(["--flash", wild, wild], in: folder).error,
        try Command.infer.run(["x" + wild], in: folder).error,
      ]
      for text in texts {
        #expect(text.contains(shown), "\(text)")
        #expect(
          !text.unicodeScalars.contains {
            $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
          })
      }
    }
  }

  @Test("an image whose scales are finite one by one but not together is refused, in JSON too")
  func hostileScales() throws {
    try withBars { folder in
      #expect(try Command.train.run(training, in: folder).status == 0)
      let path = folder + "/digits.flash"
      let good = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      for (scale, temperature) in [(3e38, 1.2e-38), (3e38, 1), (1, 1.2e-38)] as [(Float, Float)] {
        var image = good
        for (value, offset) in [(scale, 32), (temperature, 36)] {
          for i in 0..<4 { image[offset + i] = UInt8(value.bitPattern >> (8 * UInt32(i)) & 255) }
        }
        let check = crc32(Array(image[..<164]))
        for i in 0..<4 { image[164 + i] = UInt8(check >> (8 * UInt32(i)) & 255) }
        try put(image, path)
        for more in [[], ["--json"]] {
          let result = try Command.infer.run(more + ["digit.pgm"], in: folder)
          #expect(result.status == 65 && oneLine(result.error) && result.output.isEmpty)
          #expect(result.error.contains("a field of its header has a value it cannot have"))
        }
      }
    }
  }

  /// As zlib has it, bit by bit.
  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
    return ~rest
  }
}
