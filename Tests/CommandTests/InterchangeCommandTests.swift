import Foundation
import Testing

/// `--export` and `--import` of both commands.
@Suite("Networks to and from other programs", .serialized)
struct InterchangeCommandTests {
  private func bytes(_ folder: String, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
  }

  private func ran(_ command: Command, _ arguments: [String], in folder: String) throws
    -> Command.Result
  {
    let result = try command.run(arguments, in: folder)
    #expect(result.status == 0, "\(result.error)")
    return result
  }

  @Test("what was exported is imported as the same network, byte for byte")
  func roundTrip() throws {
    try withFolder { folder in
      let names = ["a.npz", "a.safetensors", "a.tflite", "a.h", "A.NPZ"]
      let trained = try ran(
        .train,
        quickTraining + ["--quiet", "--output", "a.flash"]
          + names.flatMap { ["--export", $0] }, in: folder)
      for name in names { #expect(trained.output.contains("Exported \(name) (")) }
      #expect(try bytes(folder, "a.npz") == bytes(folder, "A.NPZ"))
      for source in ["a.npz", "a.safetensors", "a.tflite", "a.flash"] {
        let result = try ran(
          .train,
          ["--data", "built-in", "--import", source, "--quiet", "--output", "b.flash"]
            + ["--export", "b.tflite", "--export", "b.npz"], in: folder)
        #expect(result.output.contains("Imported from \(source)."))
        #expect(try bytes(folder, "b.flash") == bytes(folder, "a.flash"), "\(source)")
        #expect(try bytes(folder, "b.tflite") == bytes(folder, "a.tflite"), "\(source)")
        let isFloat = source.hasSuffix(".npz") || source.hasSuffix(".safetensors")
        #expect(try (bytes(folder, "b.npz") == bytes(folder, "a.npz")) == isFloat, "\(source)")
      }
      // The same files come of the image alone, but for floats, which are those of its integers.
      let said = try ran(
        .infer,
        ["--flash", "a.flash", "--export", "c.h", "--export", "c.tflite", "--json"]
          + ["--export", "c.npz"], in: folder)
      #expect((try said.json()["exports"] as? [Any])?.count == 3)
      #expect(try bytes(folder, "c.h") == bytes(folder, "a.h"))
      #expect(try bytes(folder, "c.tflite") == bytes(folder, "a.tflite"))
      #expect(try bytes(folder, "c.npz") == bytes(folder, "b.npz"))
    }
  }

  @Test("an imported network is trained on, and the answers that rounding changed are told")
  func goesOn() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let keras = root.appendingPathComponent("Keras/int8.tflite").path
    try withFolder { folder in
      let options = ["--data", "built-in", "--quiet", "--json", "--import", keras]
      let plain = try ran(.train, options, in: folder).json()
      #expect(plain["hidden"] as? Int == 16 && plain["inputs"] as? Int == 100)
      #expect(plain["epochs"] as? Int == 0)
      #expect(try #require(plain["changed_by_rounding"] as? Int) < 100)
      let training = try ran(.train, options + ["--epochs", "1", "--augment", "none"], in: folder)
        .json()
      #expect(training["epochs"] as? Int == 1 && training["changed_by_rounding"] == nil)
      let before = try #require(plain["int8_accuracy"] as? Double)
      #expect(try #require(training["int8_accuracy"] as? Double) > before)
      let scratch = try ran(
        .train,
        ["--data", "built-in", "--quiet", "--json", "--hidden", "16", "--input", "10"]
          + ["--deskew", "off", "--epochs", "1", "--augment", "none"], in: folder
      ).json()
      let accuracy = try #require(scratch["int8_accuracy"] as? Double)
      #expect(try #require(training["int8_accuracy"] as? Double) > accuracy)
    }
  }

  @Test("what cannot be is refused in a line before anything is trained")
  func refusals() throws {
    try expectRefusal(.train, ["--export", "net.onnx"], status: 64)
    try expectRefusal(.train, ["--export", "h"], status: 64)
    try expectRefusal(.train, ["--export", "a.h", "--export", "./a.h"], status: 64)
    try expectRefusal(.train, ["--export", "digits.flash"], status: 64)
    try expectRefusal(.train, ["--export", "nowhere/a.h"], status: 73)
    try expectRefusal(.train, ["--export", "a.tflite", "--activation", "tanh"], status: 64)
    try expectRefusal(.train, ["--import", "a.onnx"], status: 64)
    try expectRefusal(.train, ["--import", "a.h"], status: 64)
    try expectRefusal(.train, ["--import", "nowhere.npz"], status: 66)
    try expectRefusal(.infer, ["--export", "net.flash"], status: 64)
    try expectRefusal(.infer, ["--export", "nowhere/net.h"], status: 73)
  }

  @Test("a network that no integers can hold is refused by the file's name")
  func largeBias() throws {
    let tensors = [("b", [16]), ("c", [10]), ("v", [16, 10]), ("w", [100, 16])]
    var offset = 0
    var content = Data()
    let fields = tensors.map { name, shape in
      let count = shape.reduce(1, *)
      for _ in 0..<count {
        withUnsafeBytes(of: (name == "b" ? 1e37 : 0.5 as Float).bitPattern.littleEndian) {
          content += $0
        }
      }
      offset += 4 * count
      return "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),"
        + "\"data_offsets\":[\(offset - 4 * count),\(offset)]}"
    }
    let header = "{" + fields.joined(separator: ",") + "}"
    try withFolder { folder in
      var file = Data((0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) })
      file += Data(header.utf8) + content
      try file.write(to: URL(fileURLWithPath: folder + "/w.safetensors"))
      let result = try Command.train.run(
        ["--data", "built-in", "--quiet", "--json", "--import", "w.safetensors"], in: folder)
      #expect(result.status == 65)
      #expect(result.error.contains("w.safetensors: has no Int8 form: a bias is too large"))
      #expect(try files(folder) == ["w.safetensors"])
    }
  }

  @Test("an imported file's sizes may not be contradicted, nor may the file be replaced")
  func contradictions() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let arrays = try Data(contentsOf: root.appendingPathComponent("Keras/keras.npz"))
    try withFolder { folder in
      try arrays.write(to: URL(fileURLWithPath: folder + "/k.npz"))
      for (options, status, words) in [
        (["--hidden", "32"], 64, "has 16 hidden units"), (["--input", "28"], 64, "has 10 pixels"),
        (["--resume"], 64, "trains nothing"), (["--teacher", "32"], 64, "trains nothing"),
        (["--export", "k.npz"], 64, "would replace"),
        (["--output", "./k.npz"], 64, "would replace"),
      ] as [([String], Int32, String)] {
        let result = try Command.train.run(
          ["--data", "built-in", "--import", "k.npz"] + options, in: folder)
        #expect(result.status == status && result.error.contains(words), "\(result.error)")
        #expect(result.error.filter { $0 == "\n" }.count == 1)
      }
      try Data("PK".utf8).write(to: URL(fileURLWithPath: folder + "/k.npz"))
      let result = try Command.train.run(["--import", "k.npz"], in: folder)
      #expect(result.status == 65 && result.error.contains("k.npz: is not a ZIP archive"))
    }
  }
}
