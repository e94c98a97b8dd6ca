import Int8Runtime

/// A network in integers as a TensorFlow Lite model, whose hidden activations, logits and answers are
/// the image's in TensorFlow Lite Micro and in LiteRT without delegates.
///
///     pixels UInt8 -> QUANTIZE -> FULLY_CONNECTED Int8, ReLU -> CAST -> FULLY_CONNECTED Float32 -> logits
///
/// The second layer's weights are the image's integers as Float32: every product and every sum of them is
/// a whole number below 2²⁴, which Float32 holds exactly, in whatever order they are added. That is
/// proven from the weights before anything is written. Int8 logits would be rounded, and ties among them
/// change 3 to 34 answers in 10,000.
struct TFLiteExport {
  private let model: Int8Model
  /// Scales of inputs and hidden activations.
  private let scales: (input: Float, output: Float)
  /// Of each unit's weights.
  private let weightScales: [Float]
  /// Biases of the second layer, whose inputs are 128 less than the image's.
  private let bias: [Float]

  /// Finds scales from which engines compute the image's factors, and proves that its sums are exact.
  ///
  /// - Throws: where there are none, or a sum could be inexact.
  /// - Complexity: some hundred comparisons of all factors; at worst 800,000.
  init(_ model: Int8Model) throws(InterchangeError) {
    guard model.activation == .relu else {
      throw InterchangeError(
        "cannot be written: TensorFlow Lite's integers know no activation but ReLU here",
        "export .h, .npz or .safetensors, or train with --activation relu")
    }
    self.model = model
    bias = try TFLiteExport.exactBias(model)
    guard let found = TFLiteExport.scales(model) else {
      throw InterchangeError(
        "cannot be written: no scales give the image's factors", "export .h, .npz or .safetensors")
    }
    scales = (found.input, found.output)
    weightScales = found.weights
  }

  /// The second layer's biases, if no sum of it can reach 2²⁴: Σ|w| · 128 + |bias + 128 Σw| bounds all.
  private static func exactBias(_ model: Int8Model) throws(InterchangeError) -> [Float] {
    var result: [Float] = []
    for output in 0..<model.classes {
      let row = model.outputWeights[output * model.hidden..<(output + 1) * model.hidden]
      let bias = row.reduce(Int64(model.outputBias[output])) { $0 + 128 * Int64($1) }
      let bound = row.reduce(abs(bias)) { $0 + 128 * abs(Int64($1)) }
      guard bound < 1 << 24 else {
        throw InterchangeError(
          "cannot be written: a logit of class \(model.classNames[output]) could reach \(bound), "
            + "more than Float32 holds exactly", "export .h, .npz or .safetensors")
      }
      result.append(Float(bias))
    }
    return result
  }

  /// Scales of inputs, hidden activations and each unit's weights.
  private typealias Scales = (input: Float, output: Float, weights: [Float])

  /// The scales nearest to 1/255 and the image's own from which engines compute the image's factors.
  ///
  /// Factors made here and by converters follow from 1/255 as a Float, and fit at once. Others, such as those
  /// of a network whose inputs were 0 ... 255, have 31 bits: then the activations' scale is varied until the
  /// error of its own rounding makes up for that of 1/255.
  private static func scales(_ model: Int8Model) -> Scales? {
    func weights(_ input: Double) -> [Float] {
      model.hiddenMultiplier.map { factor in
        Float(factor.real / input * Double(model.activationScale))
      }
    }
    func fits(_ scales: Scales) -> Bool {
      zip(scales.weights, model.hiddenMultiplier).allSatisfy { scale, factor in
        QuantizedMultiplier(input: scales.input, weight: scale, output: scales.output) == factor
      }
    }
    let scale = model.activationScale
    let plain: Scales = (1 / 255, scale, weights(Double(1 / 255 as Float)))
    if fits(plain) { return plain }
    let exact = weights(1 / 255)
    for step in 0..<400_000 as Range<UInt32> {
      for bits in [scale.bitPattern &+ step, scale.bitPattern &- step] {
        let output = Float(bitPattern: bits)
        let found: Scales = (Float(Double(output) / 255 / Double(scale)), output, exact)
        if output.isNormal, output > 0, fits(found) { return found }
      }
    }
    return nil
  }

  /// The file.
  func file() -> [UInt8] {
    var builder = TFLiteBuilder()
    let inputs = model.inputs
    let (hidden, classes) = (model.hidden, model.classes)
    let pixels = builder.tensor("pixels", (.uint8, [1, inputs]), scales: [scales.input])
    let picture = builder.tensor(
      "picture", (.int8, [1, inputs]), scales: [scales.input], zeroPoint: -128)
    let weights = builder.tensor(
      "hidden/weights", (.int8, [hidden, inputs]), scales: weightScales,
      content: model.hiddenWeights.map { UInt8(bitPattern: $0) })
    var biases: [UInt8] = []
    for bias in model.hiddenBias { biases.append(littleEndian: bias) }
    let bias = builder.tensor(
      "hidden/bias", (.int32, [hidden]), scales: weightScales.map { $0 * scales.input },
      content: biases)
    let activations = builder.tensor(
      "hidden/activations", (.int8, [1, hidden]), scales: [scales.output], zeroPoint: -128)
    builder.add(.quantize, version: 1, ([pixels], picture))
    // Version 5 has a scale for each unit.
    builder.add(
      .fullyConnected, version: 5, ([picture, weights, bias], activations), isRectified: true)
    let numbers = builder.tensor("hidden/numbers", (.float32, [1, hidden]))
    builder.add(.cast, version: 1, ([activations], numbers))
    var rows: [UInt8] = []
    rows.append(littleEndian: model.outputWeights.map { Float($0) })
    let outputWeights = builder.tensor(
      "output/weights", (.float32, [classes, hidden]), content: rows)
    var outputBiases: [UInt8] = []
    outputBiases.append(littleEndian: self.bias)
    let outputBias = builder.tensor("output/bias", (.float32, [classes]), content: outputBiases)
    let logits = builder.tensor("logits", (.float32, [1, classes]))
    builder.add(.fullyConnected, version: 1, ([numbers, outputWeights, outputBias], logits))
    var notes = model.notes
    notes.logitScale = model.logitScale
    notes.activationScale = model.activationScale
    notes.classNames = model.classNames
    return builder.file((pixels, logits), description: description, notes: notes)
  }

  private var description: String {
    let names = model.classNames.map { "\"\($0)\"" }.joined(separator: ", ")
    let way =
      model.notes.deskew == true
      ? "set upright and scaled by its moments: that is not in this graph"
      : "moved so that its center of mass is in the middle: that is not in this graph"
    let side = model.notes.side.map { ", \($0)x\($0)" } ?? ""
    return """
      SIMDigit: reads a picture of light ink on dark, pixels 0 to 255\(side), \(way). The largest \
      logit is the answer; times \(model.logitScale) it is the network's. Classes: \(names).
      """
  }
}

extension QuantizedMultiplier {
  /// The factor as a real number.
  var real: Double {
    Double(multiplier) * Double(sign: .plus, exponent: -31 - Int(shift), significand: 1)
  }
}
