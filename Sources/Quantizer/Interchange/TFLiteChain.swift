import Network

/// The way of a picture through a TensorFlow Lite graph, if it is that of a network with one hidden layer:
/// reshaped and quantized as may be, through two FULLY_CONNECTED with an activation between, and to its
/// end through what does not change the answer.
struct TFLiteChain: Sendable {
  /// A FULLY_CONNECTED: the tensors it joins, and the activation in it.
  struct Layer: Sendable {
    let input, weights: TFLiteGraph.Tensor
    let bias: TFLiteGraph.Tensor?
    let output: TFLiteGraph.Tensor
    let isRectified: Bool
  }

  private let graph: TFLiteGraph
  /// Tensors that only say how a picture is to be reshaped.
  private var sizes: Set<Int> = []
  /// Constants that another type of number was unpacked to.
  private var unpacked: [Int: TFLiteGraph.Tensor] = [:]
  private var layers: [Layer] = []
  /// What stands between the layers, of its own or fused.
  private(set) var activation: ActivationFunction?
  /// Whether the hidden activations are cast to float, as they are in files written here.
  private(set) var isCast = false

  /// The first layer, and the second.
  var hidden: Layer { layers[0] }
  var output: Layer { layers[1] }

  /// Follows a graph from its input to its output.
  ///
  /// - Throws: what does not belong there, by operator.
  init(_ graph: TFLiteGraph) throws(InterchangeError) {
    self.graph = graph
    guard graph.inputs.count == 1, let first = graph.inputs.first else {
      throw InterchangeError("has \(graph.inputs.count) inputs", "give a model of one picture")
    }
    guard graph.outputs.count == 1 else {
      throw InterchangeError("has \(graph.outputs.count) outputs", "give a model of one output")
    }
    var current = first
    for operation in graph.operations where !isAside(operation, current) {
      guard operation.inputs.first == current, operation.outputs.count == 1 else {
        throw InterchangeError(
          "has an operator \(TFLiteOperator.name(operation.code)) aside of the way from input to output",
          FloatModel.advice)
      }
      let next = operation.outputs[0]
      try follow(operation, graph[current], graph[next])
      current = next
    }
    guard layers.count == 2, graph.outputs == [current] else {
      throw InterchangeError(
        "has \(layers.count) FULLY_CONNECTED before its output, \(FloatModel.expectation)",
        FloatModel.advice)
    }
    guard activation != nil else {
      throw InterchangeError(
        "has no activation behind its first FULLY_CONNECTED", "give one with ReLU")
    }
  }

  /// Whether an operator has nothing to do with what pixels become: Keras computes the shape of a picture
  /// laid flat from the shape of the picture, and numbers of 16 bits are unpacked.
  private mutating func isAside(_ operation: TFLiteGraph.Operation, _ current: Int) -> Bool {
    guard let input = operation.inputs.first, input >= 0, operation.outputs.count == 1 else {
      return false
    }
    let output = operation.outputs[0]
    switch TFLiteOperator(rawValue: operation.code) {
    case .shape where input == current: break
    case .stridedSlice where sizes.contains(input), .pack where sizes.contains(input): break
    case .dequantize
    where graph[input].content != nil && graph[input].type == TFLiteType.float16.rawValue:
      unpacked[output] = graph[input]
      return true
    default: return false
    }
    sizes.insert(output)
    return true
  }

  private mutating func follow(
    _ operation: TFLiteGraph.Operation, _ input: TFLiteGraph.Tensor, _ output: TFLiteGraph.Tensor
  ) throws(InterchangeError) {
    switch TFLiteOperator(rawValue: operation.code) {
    case .reshape: try checkReshape(input, output)
    case .quantize, .dequantize: try checkQuantize(input, output)
    case .fullyConnected: try add(operation, input, output)
    case .softmax where layers.count == 2: break
    case .cast where layers.count == 1 && input.type == TFLiteType.int8.rawValue: isCast = true
    case .relu: try set(.relu, operation, input)
    case .logistic where layers.count == 1: try set(.sigmoid, operation, input)
    case .tanh where layers.count == 1: try set(.tanh, operation, input)
    case .leakyReLU:
      let alpha = try operation.options?.float(0) ?? 0
      guard abs(alpha - ActivationFunction.leak) < 1e-6 else {
        throw InterchangeError(
          "has a LEAKY_RELU of slope \(alpha)",
          "train it with a slope of \(ActivationFunction.leak)")
      }
      try set(.leakyReLU, operation, input)
    default: throw TFLiteChain.unknown(operation)
    }
  }

  private static func unknown(_ operation: TFLiteGraph.Operation) -> InterchangeError {
    InterchangeError(
      "has an operator \(TFLiteOperator.name(operation.code)), \(FloatModel.expectation)",
      FloatModel.advice)
  }

  /// An activation of its own, which only floats have: between integers it would round once more.
  private mutating func set(
    _ activation: ActivationFunction, _ operation: TFLiteGraph.Operation,
    _ input: TFLiteGraph.Tensor
  ) throws(InterchangeError) {
    guard layers.count == 1, self.activation == nil else { throw TFLiteChain.unknown(operation) }
    guard input.type == TFLiteType.float32.rawValue else {
      throw InterchangeError(
        "has an operator \(TFLiteOperator.name(operation.code)) on \(TFLiteType.name(input.type))",
        "only ReLU in FULLY_CONNECTED keeps its integers; export it in Float32")
    }
    self.activation = activation
  }

  /// One picture at a time, all of it.
  private func checkReshape(
    _ input: TFLiteGraph.Tensor, _ output: TFLiteGraph.Tensor
  ) throws(InterchangeError) {
    let limit = FloatModel.inputCounts[0]
    let counts = [input, output].map { tensor in
      elementCount(tensor.shape.map { $0 == -1 ? 1 : $0 }, limit: limit)
    }
    guard counts[0] != nil, counts[0] == counts[1], input.type == output.type else {
      throw InterchangeError(
        "has a RESHAPE from \(shapeText(input.shape)) to \(shapeText(output.shape))",
        "give a model of one picture")
    }
  }

  /// Before the first layer pixels must stay what they are; behind the second anything that keeps order
  /// does; between the two nothing is rounded but by the first.
  private func checkQuantize(
    _ input: TFLiteGraph.Tensor, _ output: TFLiteGraph.Tensor
  ) throws(InterchangeError) {
    let isFloat = [input, output].contains { $0.type == TFLiteType.float32.rawValue }
    if layers.count == 2 { return }
    if layers.isEmpty && isFloat && output.type == TFLiteType.int8.rawValue { return }
    if layers.isEmpty, input.type == TFLiteType.uint8.rawValue,
      output.type == TFLiteType.int8.rawValue, input.scales.count == 1,
      input.scales == output.scales, let zero = input.zeroPoints.first,
      let signedZero = output.zeroPoints.first, zero &- 128 == signedZero
    {
      return
    }
    throw InterchangeError(
      "has a QUANTIZE from \(TFLiteType.name(input.type)) to \(TFLiteType.name(output.type)) "
        + (layers.isEmpty ? "that changes pixels" : "between its layers"),
      "export it in Float32, or with Int8 inputs and layers")
  }

  private mutating func add(
    _ operation: TFLiteGraph.Operation, _ input: TFLiteGraph.Tensor, _ output: TFLiteGraph.Tensor
  ) throws(InterchangeError) {
    guard layers.count < 2 else {
      throw InterchangeError(
        "has a third FULLY_CONNECTED, \(FloatModel.expectation)", FloatModel.advice)
    }
    guard operation.inputs.count >= 2, operation.inputs[1] >= 0 else {
      throw .damaged("a FULLY_CONNECTED has no weights")
    }
    let fused = try operation.options?.byte(0) ?? 0
    guard fused == 0 || fused == 1 && layers.isEmpty else {
      let names = [1: "RELU", 2: "RELU_N1_TO_1", 3: "RELU6", 4: "TANH", 5: "SIGN_BIT"]
      throw InterchangeError(
        "has \(names[Int(fused)] ?? "activation \(fused)") in its "
          + "\(layers.isEmpty ? "first" : "second") FULLY_CONNECTED",
        "give one with ReLU behind the first layer and none behind the second")
    }
    guard try operation.options?.byte(1) ?? 0 == 0 else {
      throw InterchangeError("has shuffled weights", "convert it again with the default format")
    }
    let bias = operation.inputs.count > 2 ? operation.inputs[2] : -1
    layers.append(
      Layer(
        input: input, weights: constant(operation.inputs[1]),
        bias: bias < 0 ? nil : constant(bias),
        output: output, isRectified: fused == 1))
    if fused == 1 { activation = .relu }
  }

  private func constant(_ index: Int) -> TFLiteGraph.Tensor { unpacked[index] ?? graph[index] }
}
