import Foundation
import Int8Runtime
import Network
import Quantizer
import Testing

/// A safetensors file of a header and numbers.
func safetensors(_ header: String, _ content: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
  bytes += header.utf8
  return bytes + content
}

@Suite("Networks in .npz and .safetensors")
struct FloatFileTests {
  private let formats: [InterchangeFormat] = [.npz, .safetensors]

  private func float(_ format: InterchangeFormat, _ bytes: [UInt8]) throws -> FloatModel {
    guard case .float(let model) = try format.model(bytes) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return model
  }

  @Test(
    "what is written is read again as the same numbers and notes",
    arguments: [InterchangeFormat.npz, .safetensors], everyActivation)
  func roundTrip(format: InterchangeFormat, activation: ActivationFunction) throws {
    let (image, network) = try randomImage(smallInputSpec, activation)
    var notes = ModelNotes()
    notes.classNames = (0..<10).map { "class \"\($0)\" é" }
    notes.recipe = "adamw batch=64"
    notes.seed = .max
    notes.epochs = 30
    let model = FloatModel(network, inputSpec: smallInputSpec, notes: notes)
    let bytes = try format.file(image: image, network: model)
    #expect(bytes == (try format.file(image: image, network: model)))
    let again = try float(format, bytes)
    #expect(again == model)
    // As a network it has the same logits, and becomes the same image byte for byte.
    let copy = try FloatNetwork(again)
    #expect(copy.parameters == network.parameters)
    let (digits, calibration) = examples(100, smallInputSpec)
    let known = Array(digits.pixels[..<pictureBytes])
    let images = try [network, copy].map {
      try QuantizedNetwork($0, inputSpec: smallInputSpec, calibration: calibration)
        .modelImage(metadata: Metadata(), selfTestPicture: known)
    }
    #expect(images[0] == images[1])
  }

  @Test("46 classes and 100 hidden units are read, as other programs have them")
  func otherSizes() throws {
    let arrays = floatModel(inputs: 784, hidden: 100, classes: 46)
    let image = try randomImage(smallInputSpec, .relu).image
    for format in formats {
      #expect(try float(format, format.file(image: image, network: arrays)) == arrays)
    }
  }

  @Test("NumPy's own file of Keras' arrays is read: arr_0 ... arr_3")
  func kerasArrays() throws {
    let model = try float(.npz, Keras.file("keras.npz"))
    #expect(model.inputs == 100 && model.hidden == 16 && model.classes == 10)
    guard case .float(let other) = try InterchangeFormat.tflite.model(Keras.file("float.tflite"))
    else {
      Issue.record("not float")
      return
    }
    #expect(model.hiddenWeights == other.hiddenWeights && model.hiddenBias == other.hiddenBias)
    #expect(model.outputWeights == other.outputWeights && model.outputBias == other.outputBias)
  }

  /// Two layers of 100-16-16 in which shapes leave every choice but the first layer's inputs.
  private func tensors(_ type: String, width: Int, extra: String = "") -> String {
    let sizes = [("b1", [16]), ("w1", [16, 100]), ("b2", [16]), ("w2", [16, 16])]
    var offset = 0
    var fields: [String] = []
    for (name, shape) in sizes {
      let end = offset + shape.reduce(width, *)
      fields.append(
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(offset),\(end)]}"
      )
      offset = end
    }
    return "{" + fields.joined(separator: ",") + extra + "}"
  }

  @Test("PyTorch's order of sides and of biases decides where shapes do not")
  func conventions() throws {
    var content: [UInt8] = []
    for value in 0..<(16 + 1600 + 16 + 256) {
      withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { content += $0 }
    }
    let model = try float(.safetensors, safetensors(tensors("F32", width: 4), content))
    #expect(model.hiddenBias == (0..<16).map { Float($0) })
    // w1 is [hidden][inputs]: the weight of input 3 to unit 2 is the 203rd.
    #expect(model.hiddenWeights[3 * 16 + 2] == 16 + 203)
    #expect(model.outputBias == (0..<16).map { Float(1616 + $0) })
    #expect(model.outputWeights[3 * 16 + 2] == 1632 + 2 * 16 + 3)
  }

  @Test("numbers of 16 and 64 bits are read", arguments: ["F16", "BF16", "F64"])
  func types(type: String) throws {
    let value: [UInt8]
    switch type {
    case "F16": value = [0x00, 0xC1]  // -2.5
    case "BF16": value = [0x20, 0xC0]
    default: value = [0, 0, 0, 0, 0, 0, 0x04, 0xC0]
    }
    let content = (0..<1888).flatMap { _ in value }
    let bytes = safetensors(tensors(type, width: value.count), content)
    #expect(try float(.safetensors, bytes).outputWeights.allSatisfy { $0 == -2.5 })
  }

  @Test("mean and deviation are folded: the network gives the same for inputs of 0 ... 1")
  func folding() throws {
    let plain = safetensors(tensors("F32", width: 4), floats { Float($0 % 13) / 8 - 0.5 })
    let scaled = safetensors(
      tensors("F32", width: 4, extra: ",\"__metadata__\":{\"mean\":\"0.25\",\"std\":\"0.5\"}"),
      floats { Float($0 % 13) / 8 - 0.5 })
    let (model, folded) = (try float(.safetensors, plain), try float(.safetensors, scaled))
    let x = (0..<100).map { Float($0 % 7) / 6 }
    for unit in 0..<16 {
      var (expected, sum) = (Double(model.hiddenBias[unit]), Double(folded.hiddenBias[unit]))
      for input in 0..<100 {
        let normal = (Double(x[input]) - 0.25) / 0.5
        expected += normal * Double(model.hiddenWeights[input * 16 + unit])
        sum += Double(x[input]) * Double(folded.hiddenWeights[input * 16 + unit])
      }
      #expect(abs(expected - sum) < 1e-4)
    }
  }

  private func floats(_ value: (Int) -> Float) -> [UInt8] {
    (0..<1888).flatMap { index in
      (0..<4).map { UInt8(truncatingIfNeeded: value(index).bitPattern >> UInt32(8 * $0)) }
    }
  }

  @Test("what is no network of one hidden layer is refused by name and shape")
  func refusals() throws {
    let zeros = [UInt8](repeating: 0, count: 4096)
    func entry(_ name: String, _ shape: [Int]) -> String {
      let count = shape.reduce(4, *)
      return "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[0,\(count)]}"
    }
    func said(_ entries: String...) -> String {
      refusal(.safetensors, safetensors("{" + entries.joined(separator: ",") + "}", zeros)) ?? ""
    }
    let layers = [entry("w", [100, 5]), entry("v", [5, 3])]
    #expect(refusal(.safetensors, safetensors("{\(layers[0]),\(layers[1])}", zeros)) == nil)
    #expect(said(layers[0], layers[1], entry("conv", [4, 1, 3, 3])).contains("conv (4x1x3x3)"))
    #expect(said(layers[0], layers[1], entry("third", [3, 3])).contains("third (3x3)"))
    #expect(said(entry("w", [99, 5]), entry("v", [5, 3])).contains("v (5x3) and w (99x5)"))
    #expect(said(layers[0], layers[1], entry("odd", [7])).contains("odd (7)"))
    #expect(said(entry("w", [100, 5]), entry("v", [5, 1])).contains("v (5x1)"))
    #expect(said(layers[0], layers[1], entry("std", [])).contains("std of zero"))
    let whole = "\"w\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}"
    #expect(said(whole).contains("w as I64"))
  }

  @Test("notes that contradict the numbers, or mean nothing, are refused")
  func notes() throws {
    for (pairs, words) in [
      ("\"activation\":\"gelu\"", "activation 'gelu'"), ("\"side\":\"28\"", "28 pixels square"),
      ("\"class_names\":\"[\\\"a\\\"]\"", "names 1 classes and has 16"),
      ("\"class_names\":\"a, b\"", "class_names"), ("\"deskew\":\"yes\"", "deskew 'yes'"),
      ("\"class_names\":\"[\\\"a\\\\u001b\\\"]\"", "class_names"),
      ("\"std\":\"0\"", "std of zero"), ("\"mean\":\"nan\"", "not a finite number"),
      ("\"epochs\":\"many\"", "epochs 'many'"), ("\"side\":28", "object of strings"),
    ] {
      let header = tensors("F32", width: 4, extra: ",\"__metadata__\":{\(pairs)}")
      let said = refusal(.safetensors, safetensors(header, floats { Float($0 % 13) }))
      #expect(said?.contains(words) == true, "\(said ?? "nothing") for \(pairs)")
    }
  }

  @Test("compressed archives are refused with what to do")
  func compressed() throws {
    var bytes = try Keras.file("keras.npz")
    // The method, in the directory's first entry.
    let start = try #require(
      bytes.indices.dropLast(4).first {
        bytes[$0..<$0 + 4].elementsEqual([0x50, 0x4B, 1, 2])
      })
    bytes[start + 10] = 8
    #expect(refusal(.npz, bytes)?.contains("savez, not savez_compressed") == true)
  }
}
