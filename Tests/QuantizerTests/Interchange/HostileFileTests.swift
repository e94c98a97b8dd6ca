import Network
import Quantizer
import SIMDMath
import Testing

/// Files of every format, damaged: each is refused or read, and nothing traps.
@Suite("Hostile networks of other programs")
struct HostileFileTests {
  private func files() throws -> [(InterchangeFormat, [UInt8])] {
    let image = try randomImage(smallInputSpec, .relu, hidden: 16).image
    return [
      (.tflite, try Keras.file("int8.tflite")), (.tflite, try Keras.file("float.tflite")),
      (.tflite, try InterchangeFormat.tflite.file(image: image)),
      (.npz, try Keras.file("keras.npz")), (.npz, try InterchangeFormat.npz.file(image: image)),
      (.safetensors, try InterchangeFormat.safetensors.file(image: image)), (.flash, image),
    ]
  }

  @Test("a file cut off anywhere is refused")
  func truncated() throws {
    for (format, bytes) in try files() {
      for length in stride(from: 0, to: bytes.count - 1, by: 37) {
        let said = refusal(format, Array(bytes[..<length]))
        // What stands behind a TensorFlow Lite model's last number does not matter.
        #expect(said != nil || format == .tflite && length > bytes.count - 4096)
      }
    }
  }

  @Test("any byte may be any other")
  func changedBytes() throws {
    var random = Random(seed: 3)
    for (format, bytes) in try files() {
      for offset in bytes.indices where bytes.count < 6000 || offset % 5 == 0 {
        var damaged = bytes
        damaged[offset] = UInt8(random.below(256))
        try use(format, damaged)
      }
    }
  }

  @Test("and many of them at once")
  func manyChangedBytes() throws {
    var random = Random(seed: 4)
    for (format, bytes) in try files() {
      for _ in 0..<2000 {
        var damaged = bytes
        for _ in 0...random.below(12) {
          let offset = random.below(bytes.count)
          damaged[offset] = random.below(2) == 0 ? UInt8(random.below(256)) : 255
        }
        try use(format, damaged)
      }
    }
  }

  /// Does with what was read all that is done with networks that were read.
  private func use(_ format: InterchangeFormat, _ bytes: [UInt8]) throws {
    guard let model = try? format.model(bytes) else { return }
    switch model {
    case .float(let float): _ = try? FloatNetwork(float)
    case .int8(let int8, let output):
      guard int8.inputs == smallInputSpec.inputs else { return }
      let quantized = try? QuantizedNetwork(int8, inputSpec: smallInputSpec)
      _ = try? quantized?.modelImage(
        metadata: Metadata(), selfTestPicture: [UInt8](repeating: 9, count: 784))
      let picture = [UInt8](repeating: 200, count: int8.inputs)
      _ = output.answer(int8.activations(picture.span))
      _ = FloatModel(dequantizing: int8)
    }
  }

  @Test("sizes that say more than the file has take no memory")
  func largeClaims() throws {
    let header =
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,4]}}"
    #expect(refusal(.safetensors, safetensors(header, [0, 0, 0, 0])) != nil)
    let shared = (0..<2000).map {
      "\"w\($0)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}"
    }
    let many = "{" + shared.joined(separator: ",") + "}"
    #expect(refusal(.safetensors, safetensors(many, [0, 0, 0, 0])) != nil)
    let few = "{" + shared[..<100].joined(separator: ",") + "}"
    #expect(
      refusal(.safetensors, safetensors(few, [0, 0, 0, 0]))?.contains("100 tensors") == true)
    #expect(refusal(.safetensors, [255, 255, 255, 255, 255, 255, 255, 255, 0]) != nil)
    let deep = String(repeating: "[", count: 60_000)
    #expect(refusal(.safetensors, safetensors(deep, [])) != nil)
  }
}
