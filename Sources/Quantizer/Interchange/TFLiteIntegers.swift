import Int8Runtime

/// The integers of a quantized TensorFlow Lite model.
struct TFLiteIntegers {
  private let chain: TFLiteChain
  private let notes: ModelNotes

  init(_ chain: TFLiteChain, _ notes: ModelNotes) {
    (self.chain, self.notes) = (chain, notes)
  }

  /// The network, with the output layer as it is here and as it was.
  func model() throws(InterchangeError) -> ImportedModel {
    let layer = chain.hidden
    let (hidden, inputs) = try shape(layer.weights, "first")
    guard FloatModel.inputCounts.contains(inputs), FloatModel.hiddenCounts.contains(hidden) else {
      throw refusal("first", "weights of \(shapeText(layer.weights.shape))", FloatModel.advice)
    }
    try checkActivations(layer)
    var model = Int8Model(inputs: inputs)
    model.notes = notes
    model.hiddenWeights = try weights(layer.weights, "first")
    model.hiddenBias = try bias(layer.bias, count: hidden, "first")
    let own = layer.output.scales[0]
    // What an export had to vary a little, to one part in ten at most, is taken as it was.
    let exported = notes.activationScale ?? own
    model.activationScale = abs(exported / own - 1) < 0.1 ? exported : own
    model.notes.activationScale = nil
    model.notes.logitScale = nil
    for scale in try scales(layer.weights, count: hidden, "first") {
      let factor = QuantizedMultiplier(
        input: layer.input.scales[0], weight: scale, output: own)
      guard let factor else {
        throw refusal("first", "a factor of one or more", "train or convert it again")
      }
      model.hiddenMultiplier.append(factor)
    }
    let output = try output(hidden)
    model.outputWeights = output.roundedWeights
    model.outputBias = output.roundedBias
    model.logitScale = chain.isCast ? notes.logitScale ?? 1 : output.scale * model.activationScale
    guard model.logitScale.isNormal, model.logitScale > 0, model.activationScale.isNormal else {
      throw refusal("second", "a scale of \(model.logitScale)", "convert it again")
    }
    return .int8(model, output: output)
  }

  private func refusal(_ layer: String, _ what: String, _ advice: String) -> InterchangeError {
    InterchangeError("has \(what) in its \(layer) layer", advice)
  }

  /// That pixels of 0 ... 255 are the inputs of -128 ... 127, and that zero activations are -128.
  private func checkActivations(_ layer: TFLiteChain.Layer) throws(InterchangeError) {
    for (tensor, role) in [(layer.input, "inputs"), (layer.output, "activations")] {
      let isPlain = tensor.type == TFLiteType.int8.rawValue && tensor.scales.count == 1
      guard isPlain, tensor.zeroPoints == [-128], tensor.scales[0] > 0, tensor.scales[0].isFinite
      else {
        throw refusal(
          "first", quantization(tensor, role), "convert it for Int8 with pixels of 0 to 1")
      }
    }
    // Every pixel is a step of its own, be the network's inputs pixels or 255ths.
    let scale = Double(layer.input.scales[0])
    let isPixel = [1, 255].contains { whole in
      (0...255).allSatisfy { (Double($0) / whole / scale).rounded() == Double($0) }
    }
    guard isPixel else {
      throw refusal(
        "first", quantization(layer.input, "inputs"),
        "give calibration pictures that reach 1 (or 255), or export it in Float32")
    }
    guard layer.isRectified else {
      throw refusal("first", "no RELU", "export it in Float32")
    }
  }

  private func quantization(_ tensor: TFLiteGraph.Tensor, _ role: String) -> String {
    if tensor.scales.isEmpty { return "unquantized \(TFLiteType.name(tensor.type)) \(role)" }
    let scales =
      tensor.scales.count == 1 ? "scale \(tensor.scales[0])" : "\(tensor.scales.count) scales"
    let zero = tensor.zeroPoints.first.map { ", zero point \($0)" } ?? ""
    return "\(TFLiteType.name(tensor.type)) \(role) of \(scales)\(zero)"
  }

  private func shape(
    _ tensor: TFLiteGraph.Tensor, _ layer: String
  ) throws(InterchangeError) -> (rows: Int, columns: Int) {
    guard tensor.shape.count == 2, tensor.shape.allSatisfy({ $0 > 0 && $0 <= 1024 }) else {
      throw refusal(layer, "weights of \(shapeText(tensor.shape))", FloatModel.advice)
    }
    return (tensor.shape[0], tensor.shape[1])
  }

  private func weights(
    _ tensor: TFLiteGraph.Tensor, _ layer: String
  ) throws(InterchangeError) -> [Int8] {
    guard tensor.type == TFLiteType.int8.rawValue else {
      throw refusal(
        layer, "\(TFLiteType.name(tensor.type)) weights", "export it in Float32 or in Int8")
    }
    guard tensor.zeroPoints.allSatisfy({ $0 == 0 }) else {
      throw refusal(layer, "weights with a zero point", "convert it with a current converter")
    }
    let weights = try TFLiteFile.constant(tensor, width: 1).map { Int8(bitPattern: $0) }
    guard weights.allSatisfy({ $0 > -128 }) else {
      throw refusal(layer, "a weight of -128", "convert it with a current converter")
    }
    return weights
  }

  private func scales(
    _ tensor: TFLiteGraph.Tensor, count: Int, _ layer: String
  ) throws(InterchangeError) -> [Float] {
    let isOne = tensor.scales.count == 1
    guard isOne || tensor.scales.count == count && tensor.axis == 0,
      tensor.scales.allSatisfy({ $0.isFinite && $0 >= 0 })
    else {
      throw refusal(
        layer, "\(tensor.scales.count) scales along dimension \(tensor.axis) of its weights",
        "convert it per tensor or per channel")
    }
    return isOne ? [Float](repeating: tensor.scales[0], count: count) : tensor.scales
  }

  private func bias(
    _ tensor: TFLiteGraph.Tensor?, count: Int, _ layer: String
  ) throws(InterchangeError) -> [Int32] {
    guard let tensor else { return [Int32](repeating: 0, count: count) }
    guard tensor.type == TFLiteType.int32.rawValue, tensor.shape == [count] else {
      throw refusal(
        layer, "\(TFLiteType.name(tensor.type)) biases of \(shapeText(tensor.shape))",
        "convert it for Int8")
    }
    let bytes = BoundedBytes(bytes: Array(try TFLiteFile.constant(tensor, width: 4)))
    var result: [Int32] = []
    for i in 0..<count {
      result.append(Int32(bitPattern: try bytes.number(at: 4 * i, as: UInt32.self)))
    }
    return result
  }

  private func output(_ hidden: Int) throws(InterchangeError) -> OutputRounding {
    let layer = chain.output
    let (classes, columns) = try shape(layer.weights, "second")
    guard columns == hidden, ModelShape.classCounts.contains(classes) else {
      throw refusal("second", "weights of \(shapeText(layer.weights.shape))", FloatModel.advice)
    }
    if chain.isCast { return try castOutput(classes) }
    // The bias of hidden values that are themselves 128 more: nothing, as their zero point is -128.
    let scales = try scales(layer.weights, count: classes, "second")
    guard scales.allSatisfy({ $0 > 0 }), layer.input.type == TFLiteType.int8.rawValue else {
      throw refusal("second", quantization(layer.input, "inputs"), "convert it for Int8")
    }
    return OutputRounding(
      weights: try weights(layer.weights, "second"),
      bias: try bias(layer.bias, count: classes, "second"), scales: scales)
  }

  /// The output layer of a file written here: whole numbers as Float32, on hidden values 128 less.
  private func castOutput(_ classes: Int) throws(InterchangeError) -> OutputRounding {
    func whole(_ tensor: TFLiteGraph.Tensor, limit: Float) throws(InterchangeError) -> [Int32] {
      let isFloat = tensor.type == TFLiteType.float32.rawValue
      let values = isFloat ? NumberKind.float.values(try TFLiteFile.constant(tensor, width: 4)) : []
      guard isFloat, values.allSatisfy({ abs($0) <= limit && $0 == $0.rounded() }) else {
        throw refusal("second", "Float32 weights that are not whole", "export all of it in Float32")
      }
      return values.map { Int32($0) }
    }
    let weights = try whole(chain.output.weights, limit: 127)
    guard let tensor = chain.output.bias, tensor.shape == [classes] else {
      throw refusal("second", "no bias for each class", "export it again")
    }
    var bias = try whole(tensor, limit: 0x1p24)
    let hidden = weights.count / classes
    for output in 0..<classes {
      let sum = weights[output * hidden..<(output + 1) * hidden].reduce(0, +)
      bias[output] -= 128 * sum
    }
    return OutputRounding(
      weights: weights.map { Int8($0) }, bias: bias, scales: [Float](repeating: 1, count: classes))
  }
}
