import Int8Runtime
import Network
import SIMDMath

/// Why a network has no Int8 form.
package enum QuantizationError: Error, Sendable, Equatable {
  /// A weight or bias is not a finite number.
  case notFinite
  /// A hidden unit's or class's bias is too large for its weights' scale.
  case biasTooLarge
  /// The image that was written does not open.
  case rejected(ModelImageError)

  /// One clause for people.
  package var explanation: String {
    switch self {
    case .notFinite: "a weight or bias is not a finite number"
    case .biasTooLarge: "a bias is too large for the scale of its weights"
    case .rejected(let error): "the image that was written does not open: \(error.explanation)"
    }
  }
}

/// A network in integers, as the model image holds it.
///
/// Inputs are UInt8 with scale 1/255. Hidden weights are Int8 with a scale for each unit; their sums are
/// requantized to UInt8 activations of one scale. Output weights are Int8 with one scale, so that the
/// largest Int32 sum is the answer.
package struct QuantizedNetwork: Sendable {
  /// Sizes and preprocessing.
  package let shape: ModelShape
  /// [unit][input].
  package var hiddenWeights: [Int8]
  /// One a unit.
  package var hiddenBias: [Int32]
  /// One a unit.
  package var hiddenMultiplier: [QuantizedMultiplier]
  /// What the activation makes of a requantized sum plus 128; empty for ReLU.
  package var table: [UInt8]
  /// [class][unit].
  package var outputWeights: [Int8]
  /// One a class.
  package var outputBias: [Int32]
  /// What a hidden activation of zero is stored as.
  package var activationZeroPoint: UInt8
  /// Real value of one step of the hidden activations.
  package var activationScale: Float
  /// Real value of one step of the logits.
  package var logitScale: Float

  /// Quantizes a network.
  ///
  /// - Parameters:
  ///   - inputSpec: how its inputs were preprocessed; `inputSpec.inputs` of them.
  ///   - calibration: training digits, of which the first 2,000 tell the range of the hidden values and
  ///     which errors of rounded weights cancel.
  package init(
    _ network: FloatNetwork, inputSpec: InputSpec, calibration: some ExampleSource
  ) throws(QuantizationError) {
    guard network.isFinite else { throw .notFinite }
    precondition(inputSpec.inputs == network.inputs && calibration.inputs == network.inputs)
    try self.init(network, inputSpec, CalibrationPass(network, calibration))
  }

  private init(
    _ network: FloatNetwork, _ inputSpec: InputSpec, _ pass: borrowing CalibrationPass
  ) throws(QuantizationError) {
    guard pass.isFinite else { throw .notFinite }
    shape = ModelShape(
      inputSpec: inputSpec, hidden: network.hidden, classes: network.classes,
      activation: network.activation)
    let hiddenRows = (0..<network.hidden).map { unit in
      (0..<network.inputs).map { network[input: $0, unit: unit] }
    }
    let scales = hiddenRows.enumerated().map { unit, row in
      weightScale(row, bias: network.hiddenBias(unit), inputScale: 1 / 255)
    }
    let largestScale = scales.max() ?? 0
    guard largestScale.isFinite else { throw .biasTooLarge }
    let range = HiddenRange(network.activation, pass, finestSum: largestScale / 255)
    activationScale = range.activationScale
    activationZeroPoint = range.zeroPoint
    table = range.table(network)
    hiddenWeights = []
    hiddenBias = []
    hiddenMultiplier = []
    outputWeights = []
    outputBias = []
    logitScale = 0
    try roundHidden(
      network, by: CompensatedRounding(pass.inputs.span, count: network.inputs), hiddenRows, scales,
      sumScale: range.sumScale)
    let activations = pass.activations(network.activation)
    try roundOutput(
      network, by: CompensatedRounding(activations.span, count: network.hidden))
  }

  /// The hidden layer.
  private mutating func roundHidden(
    _ network: FloatNetwork, by rounding: borrowing CompensatedRounding, _ rows: [[Float]],
    _ scales: [Float], sumScale: Float
  ) throws(QuantizationError) {
    for (unit, scale) in scales.enumerated() {
      let row = rounding.rounded(rows[unit], step: scale)
      hiddenWeights += row.weights
      hiddenBias.append(try roundedBias(network.hiddenBias(unit) + row.bias, scale / 255))
      hiddenMultiplier.append(
        QuantizedMultiplier(inputScale: 1 / 255, weightScale: scale, outputScale: sumScale))
    }
  }

  /// The output layer.
  private mutating func roundOutput(
    _ network: FloatNetwork, by rounding: borrowing CompensatedRounding
  ) throws(QuantizationError) {
    let rows = (0..<network.classes).map { index in
      (0..<network.hidden).map { network[unit: $0, class: index] }
    }
    let biases = (0..<network.classes).map(network.outputBias)
    let scale = weightScale(
      rows.flatMap { $0 }, bias: biases.map(abs).max() ?? 0, inputScale: activationScale)
    logitScale = scale * activationScale
    for index in 0..<network.classes {
      let row = rounding.rounded(rows[index], step: scale)
      outputWeights += row.weights
      // An activation of q stands for scale · (q - zero point): the zero point's part is the same for
      // every picture and goes into the bias.
      let shift = row.weights.reduce(0) { $0 + Int32($1) } * Int32(activationZeroPoint)
      outputBias.append(try roundedBias(biases[index] + row.bias, logitScale) - shift)
    }
  }
}

/// The scale that takes the largest of a row's weights to 127, larger where the bias would else not fit.
private func weightScale(_ row: [Float], bias: Float, inputScale: Float) -> Float {
  let largest = row.map(abs).max() ?? 0
  // 2²⁸ steps of bias leave room for every sum of 1024 weights.
  return max(largest / 127, abs(bias) / inputScale / 0x1p28, 0x1p-60)
}

private func roundedBias(_ bias: Float, _ scale: Float) throws(QuantizationError) -> Int32 {
  let steps = (Double(bias) / Double(scale)).rounded()
  guard abs(steps) <= 0x1p29 else { throw .biasTooLarge }
  return Int32(steps)
}

extension QuantizedMultiplier {
  /// What takes a sum of products to steps of the output, computed as TensorFlow Lite's converter does: of
  /// the scales as floats, in double precision (`GetQuantizedConvolutionMultipler` in
  /// tensorflow/lite/kernels/kernel_util.cc).
  package init(inputScale: Float, weightScale: Float, outputScale: Float) {
    self.init(Double(inputScale) * Double(weightScale) / Double(outputScale))
  }

  /// The nearest factor to a real one below 1; one too small for a shift of 31 is zero.
  package init(_ real: Double) {
    precondition(real >= 0 && real < 1)
    guard real > 0x1p-32 else {
      self.init(multiplier: 0, shift: 0)
      return
    }
    var shift = -(real.exponent + 1)
    var multiplier = (real * Double(sign: .plus, exponent: Int(shift) + 31, significand: 1))
      .rounded()
    if multiplier == 0x1p31 {
      // One itself is not a factor: what is nearest to it becomes the largest one.
      multiplier = shift > 0 ? 0x1p30 : 0x1p31 - 1
      shift = max(0, shift - 1)
    }
    self.init(multiplier: Int32(multiplier), shift: UInt8(min(31, shift)))
  }
}
