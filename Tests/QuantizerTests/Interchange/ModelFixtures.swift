import Foundation
import Int8Runtime
import Network
import Quantizer
import SIMDMath

/// The small networks that Keras trained and converted: `Tools/interchange/make-keras.py` writes them.
enum Keras {
  /// The bytes of a file.
  static func file(_ name: String) throws -> [UInt8] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appendingPathComponent("Keras/\(name)")))
  }

  /// The bytes that the script shows to engines: the same recurrence.
  static func pictures(_ count: Int, inputs: Int) -> [[UInt8]] {
    var state = 1
    return (0..<count).map { _ in
      (0..<inputs).map { _ in
        state = (state * 1_103_515_245 + 12345) % (1 << 31)
        return state >> 24 & 1 == 1 ? UInt8(state >> 16 & 255) : 0
      }
    }
  }
}

/// A network of random weights with a number for every class.
func floatModel(
  inputs: Int = 100, hidden: Int = 16, classes: Int = 10, activation: ActivationFunction? = nil
) -> FloatModel {
  var notes = ModelNotes()
  notes.activation = activation
  var model = FloatModel(inputs: inputs, hidden: hidden, classes: classes, notes: notes)
  var random = Random(seed: 11)
  for i in model.hiddenWeights.indices { model.hiddenWeights[i] = random.symmetric() }
  for i in model.hiddenBias.indices { model.hiddenBias[i] = random.symmetric() }
  for i in model.outputWeights.indices { model.outputWeights[i] = random.symmetric() }
  for i in model.outputBias.indices { model.outputBias[i] = random.symmetric() }
  return model
}

/// Random integers for any number of classes, on 10x10 pixels, with names that need care.
func int8Model(classes: Int) -> Int8Model {
  var random = Random(seed: 12)
  var model = Int8Model(inputs: 100)
  model.hiddenWeights = (0..<16 * 100).map { _ in Int8(random.below(255) - 127) }
  model.hiddenBias = (0..<16).map { _ in Int32(random.below(20_000)) - 10_000 }
  // A factor from scales, as TensorFlow Lite computes it: 1/255 · 0.02 / 0.05.
  let factor = Double(1 / 255 as Float) * Double(0.02 as Float) / Double(0.05 as Float)
  model.hiddenMultiplier = (0..<16).map { _ in QuantizedMultiplier(factor) }
  model.activationScale = 0.05
  model.outputWeights = (0..<16 * classes).map { _ in Int8(random.below(255) - 127) }
  model.outputBias = (0..<classes).map { _ in Int32(random.below(20_000)) - 10_000 }
  model.logitScale = 0.01
  model.notes.activation = .relu
  model.notes.side = 10
  model.notes.deskew = false
  model.notes.classNames = (0..<classes).map { "\"\($0)\" \\ ?\u{e9}??/ \u{3042}" }
  return model
}

/// An image of a random network, and the network.
func randomImage(
  _ inputSpec: InputSpec, _ activation: ActivationFunction, hidden: Int = 32
) throws -> (image: [UInt8], network: FloatNetwork) {
  let network = randomNetwork(activation, inputs: inputSpec.inputs, hidden: hidden)
  let (digits, examples) = examples(100, inputSpec)
  let quantized = try QuantizedNetwork(network, inputSpec: inputSpec, calibration: examples)
  var metadata = Metadata()
  metadata.dataset = "hand */ ??/ \"x\""
  let image = try quantized.modelImage(
    metadata: metadata, selfTestPicture: Array(digits.pixels[..<pictureBytes]))
  return (image, network)
}

/// Why a file is refused.
func refusal(_ format: InterchangeFormat, _ bytes: [UInt8]) -> String? {
  do throws(InterchangeError) {
    _ = try format.model(bytes)
    return nil
  } catch { return "\(error.problem); \(error.advice)" }
}
