import Int8Runtime
import Network

/// What a file of another program holds.
package enum ImportedModel: Sendable, Equatable {
  /// A network in floating point, to be quantized with calibration examples.
  case float(FloatModel)
  /// A network in integers, which are kept, and its output layer as it was.
  case int8(Int8Model, output: OutputRounding)
}

/// A network as a TensorFlow Lite model.
enum TFLiteFile {
  /// Reads a network: two FULLY_CONNECTED with ReLU between in Int8, or with any activation in Float32.
  ///
  /// Int8 is taken as it is: hidden activations are those of TensorFlow Lite Micro to the bit. The picture's
  /// pixels are its input minus 128.
  ///
  /// - Throws: what cannot be taken as it is, by operator, shape or quantization.
  static func read(_ bytes: [UInt8]) throws(InterchangeError) -> ImportedModel {
    let graph = try TFLiteGraph(BoundedBytes(bytes: bytes))
    let chain = try TFLiteChain(graph)
    var notes = graph.notes
    notes.activation = chain.activation
    if kind(chain.hidden.weights) != nil {
      return .float(try float(chain, notes))
    }
    return try TFLiteIntegers(chain, notes).model()
  }

  private static func float(
    _ chain: TFLiteChain, _ notes: ModelNotes
  ) throws(InterchangeError) -> FloatModel {
    var arrays: [NamedArray] = []
    for (layer, name) in [(chain.hidden, "first"), (chain.output, "second")] {
      let tensors = [(layer.weights, "weight")] + (layer.bias.map { [($0, "bias")] } ?? [])
      for (tensor, role) in tensors {
        guard let kind = kind(tensor) else {
          throw InterchangeError(
            "has \(name) layer's \(role) in \(TFLiteType.name(tensor.type)) beside Float32",
            "export all of it in Float32, or all in Int8")
        }
        arrays.append(
          NamedArray(
            name: name + "." + role, shape: tensor.shape,
            values: kind.values(try constant(tensor, width: kind.width))))
      }
    }
    return try FloatModel(arrays, notes: notes, convention: .outputsFirst)
  }

  /// How a tensor stores real numbers, if it does.
  private static func kind(_ tensor: TFLiteGraph.Tensor) -> NumberKind? {
    switch TFLiteType(rawValue: tensor.type) {
    case .float32: .float
    case .float16: .half
    default: nil
    }
  }

  /// The numbers of a constant tensor.
  static func constant(
    _ tensor: TFLiteGraph.Tensor, width: Int
  ) throws(InterchangeError) -> ArraySlice<UInt8> {
    guard let content = tensor.content else {
      throw InterchangeError(
        "has weights \(shortened(tensor.name)) that are not constant", "freeze and convert it again"
      )
    }
    let count = elementCount(tensor.shape, limit: NamedArray.mostNumbers)
    guard let count, count * width == content.count else {
      throw .damaged(
        "\(shortened(tensor.name)) has not as many bytes as \(shapeText(tensor.shape)) takes")
    }
    return content
  }
}
