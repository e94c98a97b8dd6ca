import Digits
import Int8Runtime
import Network
import Quantizer
import Testing

@Suite("TensorFlow Lite models")
struct TFLiteTests {
  private func int8(_ bytes: [UInt8]) throws -> (model: Int8Model, output: OutputRounding) {
    guard case .int8(let model, let output) = try InterchangeFormat.tflite.model(bytes) else {
      throw InterchangeError("is float", "")
    }
    return (model, output)
  }

  @Test(
    "a converted Int8 model keeps its hidden activations, which the engine gave beforehand",
    arguments: ["int8", "per-tensor"])
  func hiddenActivations(name: String) throws {
    let model = try int8(Keras.file(name + ".tflite")).model
    #expect(model.hidden == 16 && model.inputs == 100 && model.classes == 10)
    let pictures = Keras.pictures(50, inputs: 100)
    let activations = pictures.flatMap { model.activations($0.span) }
    #expect(activations == (try Keras.file(name + ".hidden")))
    // The image of it, in its own order of bytes, gives what these integers give.
    let inputSpec = InputSpec(side: 10, deskew: false)
    let image = try QuantizedNetwork(model, inputSpec: inputSpec).modelImage(
      metadata: Metadata(), selfTestPicture: [UInt8](repeating: 7, count: pictureBytes))
    let opened = try ModelImage(image.span.bytes)
    let digits = Handwriting(seed: 4).set(count: 100, stream: .test, threads: 2)
    var arena = HostArena(opened.shape)
    for index in 0..<digits.count {
      let logits = arena.classify(index, of: digits.pixels.span, with: opened)
      var hidden: [UInt8] = []
      for unit in arena.activations.indices { hidden.append(arena.activations[unit]) }
      #expect((0..<10).map { logits[$0] } == model.logits(hidden))
    }
  }

  @Test(
    "bytes, floats and softmax at its ends change nothing of it",
    arguments: ["uint8", "float-ends", "softmax"])
  func ends(name: String) throws {
    #expect(try int8(Keras.file(name + ".tflite")) == int8(Keras.file("int8.tflite")))
  }

  @Test(
    "an output layer with scales of its own is rounded to one, and the difference can be counted")
  func outputRounding() throws {
    let (model, output) = try int8(Keras.file("int8.tflite"))
    #expect(output.isRounded)
    #expect(try !int8(Keras.file("per-tensor.tflite")).output.isRounded)
    var differing = 0
    for picture in Keras.pictures(2000, inputs: 100) {
      let activations = model.activations(picture.span)
      let logits = model.logits(activations)
      let answer = logits.firstIndex(of: logits.max() ?? 0)
      differing += answer == output.answer(activations) ? 0 : 1
    }
    #expect(differing > 0 && differing < 20)
  }

  @Test("floats of 16 bits are read as the floats they were rounded to")
  func halfFloats() throws {
    guard case .float(let half) = try InterchangeFormat.tflite.model(Keras.file("half.tflite")),
      case .float(let full) = try InterchangeFormat.tflite.model(Keras.file("float.tflite"))
    else {
      Issue.record("not float")
      return
    }
    for (a, b) in zip(half.hiddenWeights, full.hiddenWeights) {
      #expect(abs(a - b) <= abs(b) * 0x1p-11 + 0x1p-25)
    }
    #expect(half.activation == .relu)
  }

  @Test("what is written is read again as the same integers")
  func roundTrip() throws {
    for side in [28, 10] {
      let image = try randomImage(InputSpec(side: side, deskew: true), .relu).image
      let file = try InterchangeFormat.tflite.file(image: image)
      let written = try Int8Model(ModelImage(image.span.bytes))
      let read = try int8(file).model
      #expect(read.hiddenWeights == written.hiddenWeights)
      #expect(read.hiddenBias == written.hiddenBias)
      #expect(read.hiddenMultiplier == written.hiddenMultiplier)
      #expect(read.outputWeights == written.outputWeights)
      #expect(read.outputBias == written.outputBias)
      #expect(read.logitScale == written.logitScale)
      #expect(read.activationScale == written.activationScale)
      // And so it can be written again, as the same bytes.
      let again = try QuantizedNetwork(read, inputSpec: InputSpec(side: side, deskew: true))
        .modelImage(
          metadata: Metadata(), selfTestPicture: [UInt8](repeating: 9, count: pictureBytes))
      let copy = try int8(InterchangeFormat.tflite.file(image: again)).model
      #expect(copy.hiddenMultiplier == read.hiddenMultiplier)
      #expect(read.notes.deskew == true && read.notes.side == side)
      #expect(read.classNames == written.classNames)
    }
  }

  @Test(
    "a converted model is written again with the same hidden layer",
    arguments: ["int8", "per-tensor"])
  func convertedAgain(name: String) throws {
    let read = try int8(Keras.file(name + ".tflite")).model
    let image = try QuantizedNetwork(read, inputSpec: smallInputSpec).modelImage(
      metadata: Metadata(), selfTestPicture: [UInt8](repeating: 9, count: pictureBytes))
    let copy = try int8(InterchangeFormat.tflite.file(image: image)).model
    #expect(copy.hiddenWeights == read.hiddenWeights && copy.hiddenBias == read.hiddenBias)
    #expect(copy.hiddenMultiplier == read.hiddenMultiplier)
    #expect(copy.outputWeights == read.outputWeights && copy.outputBias == read.outputBias)
  }

  @Test("any number of classes and their names go there and back", arguments: [2, 46, 64])
  func classes(count: Int) throws {
    let model = int8Model(classes: count)
    let bytes = try InterchangeFormat.tflite.file(model, smallInputSpec)
    #expect(try int8(bytes).model == model)
  }

  @Test(
    "a table of activations is refused", arguments: [ActivationFunction.leakyReLU, .sigmoid, .tanh])
  func tables(activation: ActivationFunction) throws {
    let image = try randomImage(smallInputSpec, activation).image
    #expect(throws: InterchangeError.self) { try InterchangeFormat.tflite.file(image: image) }
  }

  @Test("logits that Float32 could not hold exactly are refused, to the last one")
  func largeLogits() throws {
    let (_, network) = try randomImage(smallInputSpec, .relu)
    var quantized = try QuantizedNetwork(
      network, inputSpec: smallInputSpec, calibration: examples(100, smallInputSpec).examples)
    let row = quantized.outputWeights[..<32].map { Int32($0) }
    let own = 128 * row.reduce(0, +)
    let most = 128 * row.reduce(0) { $0 + abs($1) }
    for (bound, isExact) in [(1 << 24 - 1, true), (1 << 24, false)] as [(Int32, Bool)] {
      quantized.outputBias[0] = bound - most - own
      let image = try quantized.modelImage(
        metadata: Metadata(), selfTestPicture: [UInt8](repeating: 9, count: pictureBytes))
      let file = try? InterchangeFormat.tflite.file(image: image)
      #expect((file != nil) == isExact)
    }
  }

  @Test("dynamic quantization is refused by name")
  func dynamic() throws {
    let said = refusal(.tflite, try Keras.file("dynamic.tflite")) ?? ""
    #expect(said.contains("unquantized Float32 inputs"))
  }

  /// What is said when one of the bytes of a value is another.
  private func said(_ name: String, replacing old: UInt8, _ new: UInt8) throws -> Set<String> {
    let bytes = try Keras.file(name)
    return Set(
      bytes.indices.filter { bytes[$0] == old }.compactMap { offset in
        var changed = bytes
        changed[offset] = new
        return refusal(.tflite, changed)
      })
  }

  @Test("other operators, activations, weights and zero points are refused by name")
  func refusals() throws {
    func some(_ said: Set<String>, _ words: String) {
      #expect(said.contains { $0.contains(words) })
    }
    some(try said("int8.tflite", replacing: 9, 18), "operator MUL")
    some(try said("int8.tflite", replacing: 22, 99), "operator builtin operator 99,")
    some(try said("float.tflite", replacing: 1, 3), "RELU6 in its first FULLY_CONNECTED")
    some(try said("int8.tflite", replacing: 9, 7), "Int16 weights")
    some(try said("int8.tflite", replacing: 0x80, 0x90), "zero point -112")
    some(try said("int8.tflite", replacing: 100, 99), "weights of 16x99")
    some(try said("float.tflite", replacing: 100, 99), "has not as many bytes as 16x99")
    some(try said("int8.tflite", replacing: 127, 128), "a weight of -128")
  }

  @Test("an image whose multipliers no scales give, and a zero factor, are told apart")
  func zeroFactors() throws {
    let (_, network) = try randomImage(smallInputSpec, .relu)
    var quantized = try QuantizedNetwork(
      network, inputSpec: smallInputSpec, calibration: examples(100, smallInputSpec).examples)
    let known = [UInt8](repeating: 9, count: pictureBytes)
    quantized.hiddenMultiplier[3] = QuantizedMultiplier(multiplier: 0, shift: 0)
    _ = try InterchangeFormat.tflite.file(
      image: quantized.modelImage(metadata: Metadata(), selfTestPicture: known))
    // Not normalized: no engine computes it from scales.
    quantized.hiddenMultiplier[3] = QuantizedMultiplier(multiplier: 5, shift: 0)
    let image = try quantized.modelImage(metadata: Metadata(), selfTestPicture: known)
    #expect(throws: InterchangeError.self) { try InterchangeFormat.tflite.file(image: image) }
  }
}
