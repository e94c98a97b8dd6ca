import Device
import Foundation
import Testing

/// A model image and a sample, trained once for all tests.
private struct Trained {
  let image: [UInt8]
  let sample: [UInt8]

  static let shared: Trained? = try? withFolder { folder in
    let result = try Command.train.run(quickTraining + ["--quiet"], in: folder)
    guard result.status == 0 else { return nil }
    return Trained(
      image: [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/digits.flash"))),
      sample: [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/digit.pgm"))))
  }
}

private func pgm(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite("infer-sim") struct InferCommandTests {
  @Test("reads the sample that training left, with the image that training left")
  func sample() throws {
    let trained = try #require(Trained.shared)
    try withFolder { folder in
      for (name, bytes) in [("digits.flash", trained.image), ("digit.pgm", trained.sample)] {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
      }
      let result = try Command.infer.run(["digit.pgm", "--json"], in: folder)
      #expect(result.status == 0 && result.error == "")
      let object = try result.json()
      #expect(
        object.keys.sorted() == ["core", "device", "engine", "flash_bytes", "ram_bytes", "results"])
      let results = try #require(object["results"] as? [[String: Any]])
      #expect(
        results.first?.keys.sorted() == [
          "class", "confidence", "digit", "image", "instructions", "logits", "unsure",
        ])
      let logits = try #require(results.first?["logits"] as? [Int])
      #expect(logits.count == 10)
      #expect(results.first?["digit"] as? Int == logits.firstIndex(of: try #require(logits.max())))
      let text = try Command.infer.run(["digit.pgm"], in: folder)
      #expect(text.status == 0 && text.output.contains("digit.pgm: "))
      #expect(!text.output.contains("\u{1B}"))
    }
  }

  @Test("works before any training, with the image that ships with the project")
  func factory() throws {
    let trained = try #require(Trained.shared)
    try withFolder { folder in
      try Data(trained.sample).write(to: URL(fileURLWithPath: folder + "/digit.pgm"))
      let result = try Command.infer.run(["digit.pgm"], in: folder)
      #expect(result.status == 0 && result.output.contains("factory image"), "\(result.error)")
    }
  }

  @Test("lists at least six chips with their sources")
  func devices() throws {
    try withFolder { folder in
      let result = try Command.infer.run(["--list-devices"], in: folder)
      #expect(result.status == 0 && result.output.split(separator: "\n").count >= 7)
      let object = try Command.infer.run(["--list-devices", "--json"], in: folder).json()
      let devices = try #require(object["devices"] as? [[String: Any]])
      #expect(devices.map { $0["name"] as? String } == Profile.all.map(\.name))
      for device in devices {
        #expect(device.keys.sorted() == ["core", "emulated", "flash", "mhz", "name", "ram"])
      }
      let emulated = devices.filter { $0["emulated"] as? Bool == true }.map {
        $0["core"] as? String
      }
      #expect(!emulated.contains("Cortex-M0+") && emulated.contains("RV32EC"))
    }
  }

  @Test("a profile's steps add up to the instructions it estimates")
  func profile() throws {
    let trained = try #require(Trained.shared)
    try withFolder { folder in
      try Data(trained.sample).write(to: URL(fileURLWithPath: folder + "/digit.pgm"))
      for device in ["stm32f401cc", "m55m1h2", "rp2040", "esp32c3"] {
        let arguments = ["--profile", "--device", device, "digit.pgm"]
        let object = try Command.infer.run(arguments + ["--json"], in: folder).json()
        let result = try #require((object["results"] as? [[String: Any]])?.first)
        let steps = try #require(result["profile"] as? [[String: Any]])
        #expect(
          steps.map { $0["stage"] as? String } == [
            "center", "deskew", "list", "hidden", "activation", "output",
          ])
        let sum = steps.compactMap { $0["estimated"] as? Int }.reduce(0, +)
        #expect(sum == result["instructions"] as? Int)
        #expect(
          steps.allSatisfy { ($0["cycles"] as? Int ?? 0) >= ($0["estimated"] as? Int ?? .max) })
        let text = try Command.infer.run(arguments, in: folder)
        #expect(
          text.status == 0 && text.output.contains("find ink") && text.output.contains("Cycles:"))
      }
      try expectRefusal(Command.infer, ["--profile"], status: 64)
    }
  }

  @Test("wrong options are refused in one line, with exit code 64")
  func usage() throws {
    try expectRefusal(Command.infer, [], status: 64)
    try expectRefusal(Command.infer, ["--device", "pdp11", "digit.pgm"], status: 64)
    try expectRefusal(Command.infer, ["--nonsense", "digit.pgm"], status: 64)
  }

  @Test("a picture that is not there, or is a folder, is refused with exit code 66")
  func missing() throws {
    try expectRefusal(Command.infer, ["digit.pgm"], status: 66, saying: "digit.pgm")
    try expectRefusal(Command.infer, ["."], status: 66)
    try expectRefusal(Command.infer, ["--flash", "no.flash", "digit.pgm"], status: 66)
    try expectRefusal(Command.infer, ["--dataset", "nowhere"], status: 66)
  }

  @Test(
    "a picture that is not what it says is refused with exit code 65",
    arguments: [
      "", "P5", "P5 28 28 255\n", "P6 1 1 255\n123", "P5 2 2 255\nabc", "P5 2 2 255\nabcdefg",
      "P5 100000 100000 255\n", "P5 0 1 255\n", "P5 1 1 0\na", "P5 1 1 65536\naa",
      "P2 2 1 15\n3 16\n", "P2 2 1 15\n3\n", "P2 1 1 15\n3 4\n", "P5 -1 1 255\na",
      "P5 99999999999999999999 1 255\na", "not a picture at all",
    ])
  func malformed(content: String) throws {
    try expectRefusal(
      Command.infer, ["digit.pgm"], status: 65, saying: "digit.pgm",
      with: ["digit.pgm": pgm(content)])
  }

  @Test("an empty picture has no digit, which is exit code 65 and not a guess")
  func empty() throws {
    let blank = pgm("P5 28 28 255\n") + [UInt8](repeating: 0, count: 784)
    try expectRefusal(
      Command.infer, ["digit.pgm"], status: 65, saying: "no digit", with: ["digit.pgm": blank])
  }

  @Test("a damaged model image is refused with exit code 65, wherever it is damaged")
  func damaged() throws {
    let trained = try #require(Trained.shared)
    var variants: [[UInt8]] = [
      [], Array(trained.image.dropLast()), trained.image + [0], pgm("P5 1 1 255\na"),
    ]
    for offset in stride(from: 0, to: trained.image.count, by: 997) {
      var image = trained.image
      image[offset] ^= 1 << UInt8(offset % 8)
      variants.append(image)
    }
    for image in variants {
      try expectRefusal(
        Command.infer, ["--flash", "f.flash", "digit.pgm"], status: 65, saying: "f.flash",
        with: ["f.flash": image, "digit.pgm": trained.sample])
    }
  }

  @Test("a model that the chip cannot hold is refused with the numbers")
  func tooLarge() throws {
    let trained = try #require(Trained.shared)
    try expectRefusal(
      Command.infer, ["--flash", "f.flash", "--device", "ch32v003f4", "digit.pgm"], status: 65,
      saying: "bytes of", with: ["f.flash": trained.image, "digit.pgm": trained.sample])
  }
}
