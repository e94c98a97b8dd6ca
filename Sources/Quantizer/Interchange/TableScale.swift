import Int8Runtime
import Network

/// What one step of a requantized sum is worth, which an image with a table of activations does not say: the
/// scale with which the activation is nearest to the table.
func sumScale(_ model: Int8Model, _ activation: ActivationFunction) -> Float {
  func error(_ exponent: Float) -> Double {
    let scale = power(exponent)
    var sum = 0.0
    for (index, entry) in model.table.enumerated() {
      let value = activation.value(Float(index - 128) * scale) / model.activationScale
      let nearest = max(0, min(255, value + Float(model.activationZeroPoint)))
      sum += Double((nearest - Float(entry)) * (nearest - Float(entry)))
    }
    return sum
  }
  // In eighths of a power of two, then in ever smaller steps around the best.
  var best = (exponent: 0 as Float, error: Double.infinity)
  for eighth in -27 * 8...8 * 8 {
    let exponent = Float(eighth) / 8
    let value = error(exponent)
    if value < best.error { best = (exponent, value) }
  }
  var step: Float = 1 / 16
  while step > 1e-6 {
    for exponent in [best.exponent - step, best.exponent + step] {
      let value = error(exponent)
      if value < best.error { best = (exponent, value) }
    }
    step /= 2
  }
  return power(best.exponent)
}

/// Two to a power.
private func power(_ exponent: Float) -> Float {
  let whole = exponent.rounded(.down)
  // 2ˣ of 0 ..< 1 as e to a power; any error is the same for all that is compared.
  let part = (exponent - whole) * 0.693_147_2
  var (sum, term) = (1 as Float, 1 as Float)
  for n in 1...12 {
    term *= part / Float(n)
    sum += term
  }
  return sum * Float(sign: .plus, exponent: Int(whole), significand: 1)
}

extension FloatModel {
  /// The network that an image's integers stand for: weights in their units' scales.
  package init(dequantizing model: Int8Model) {
    var notes = model.notes
    let activation: ActivationFunction =
      switch model.activation {
      case .relu: .relu
      case .leakyReLU: .leakyReLU
      case .sigmoid: .sigmoid
      case .tanh: .tanh
      }
    notes.activation = activation
    self.init(
      inputs: model.inputs, hidden: model.hidden, classes: model.classes, notes: notes)
    let scale = model.table.isEmpty ? model.activationScale : sumScale(model, activation)
    for unit in 0..<hidden {
      // One step of a sum, of inputs of 0 ... 255.
      let step = Double(scale) * model.hiddenMultiplier[unit].real
      hiddenBias[unit] = Float(step * Double(model.hiddenBias[unit]))
      for input in 0..<inputs {
        hiddenWeights[input * hidden + unit] =
          Float(255 * step * Double(model.hiddenWeights[unit * inputs + input]))
      }
    }
    let step = Double(model.logitScale) / Double(model.activationScale)
    for output in 0..<classes {
      // Activations of q stand for q - zero point.
      var bias = Int64(model.outputBias[output])
      for unit in 0..<hidden {
        let weight = model.outputWeights[output * hidden + unit]
        outputWeights[unit * classes + output] = Float(step * Double(weight))
        bias += Int64(weight) * Int64(model.activationZeroPoint)
      }
      outputBias[output] = Float(Double(model.logitScale) * Double(bias))
    }
  }
}
