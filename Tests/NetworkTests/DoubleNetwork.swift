import Foundation
import Network
import SIMDMath

/// The textbook's network in Double, one example at a time, with nothing of the real one's code.
struct DoubleNetwork {
  let inputs: Int
  let hidden: Int
  let activation: ActivationFunction
  /// W [input][unit], b [unit], V [digit][unit] and c [digit], one after the other.
  var parameters: [Double]

  /// Where V's, b's and c's numbers start; W's start at 0.
  var b: Int { inputs * hidden }
  var v: Int { b + hidden }
  var c: Int { v + 10 * hidden }

  init(_ network: FloatNetwork) {
    inputs = network.inputs
    hidden = network.hidden
    activation = network.activation
    parameters = []
    for input in 0..<inputs {
      for unit in 0..<hidden { parameters.append(Double(network[input: input, unit: unit])) }
    }
    for unit in 0..<hidden { parameters.append(Double(network.hiddenBias(unit))) }
    for digit in 0..<10 {
      for unit in 0..<hidden { parameters.append(Double(network[unit: unit, class: digit])) }
    }
    for digit in 0..<10 { parameters.append(Double(network.outputBias(digit))) }
  }

  private func f(_ z: Double) -> Double {
    switch activation {
    case .relu: max(0, z)
    case .leakyReLU: z > 0 ? z : Double(ActivationFunction.leak) * z
    case .sigmoid: 1 / (1 + exp(-z))
    case .tanh: tanh(z)
    }
  }

  private func slope(_ z: Double) -> Double {
    switch activation {
    case .relu: z > 0 ? 1 : 0
    case .leakyReLU: z > 0 ? 1 : Double(ActivationFunction.leak)
    case .sigmoid: f(z) * (1 - f(z))
    case .tanh: 1 - tanh(z) * tanh(z)
    }
  }

  /// X W + b.
  func sums(_ features: [UInt8]) -> [Double] {
    var sums = Array(parameters[b..<v])
    for input in 0..<inputs where features[input] != 0 {
      let x = Double(features[input]) / 255
      var unit = 0
      while unit < hidden {
        sums[unit] += x * parameters[input * hidden + unit]
        unit += 1
      }
    }
    return sums
  }

  /// f(X W + b) V + c.
  func logits(_ features: [UInt8]) -> [Double] {
    let z = sums(features).map(f)
    return (0..<10).map { digit in
      var sum = parameters[c + digit]
      var unit = 0
      while unit < hidden {
        sum += z[unit] * parameters[v + digit * hidden + unit]
        unit += 1
      }
      return sum
    }
  }

  /// Y.
  func probabilities(_ features: [UInt8]) -> [Double] {
    let logits = logits(features)
    let powers = logits.map { exp($0 - (logits.max() ?? 0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  /// The targets: 1 - ε + ε/10 for the digit, ε/10 for the others.
  static func target(_ label: UInt8, smoothing: Double) -> [Double] {
    (0..<10).map { smoothing / 10 + ($0 == Int(label) ? 1 - smoothing : 0) }
  }

  /// Mean cross-entropy.
  func loss(_ examples: Examples, smoothing: Double = 0) -> Double {
    var sum = 0.0
    for index in examples.labels.indices {
      let target = DoubleNetwork.target(examples.labels[index], smoothing: smoothing)
      for (t, y) in zip(target, probabilities(examples.row(index))) where t > 0 {
        sum -= t * log(y)
      }
    }
    return sum / Double(examples.labels.count)
  }

  /// The textbook's gradient of the mean loss of some examples: (Y - R)ᵀ Z for V, and
  /// ((Y - R) Vᵀ f′)ᵀ X for W.
  func gradient(_ examples: Examples, _ batch: [Int]) -> [Double] {
    var result = [Double](repeating: 0, count: parameters.count)
    for index in batch {
      let features = examples.row(index)
      let z = sums(features)
      let target = DoubleNetwork.target(examples.labels[index], smoothing: 0)
      let delta = zip(probabilities(features), target).map { ($0 - $1) / Double(batch.count) }
      for digit in 0..<10 {
        result[c + digit] += delta[digit]
        for unit in 0..<hidden { result[v + digit * hidden + unit] += delta[digit] * f(z[unit]) }
      }
      for unit in 0..<hidden {
        var error = 0.0
        for digit in 0..<10 { error += delta[digit] * parameters[v + digit * hidden + unit] }
        error *= slope(z[unit])
        result[b + unit] += error
        for input in 0..<inputs where features[input] != 0 {
          result[input * hidden + unit] += error * Double(features[input]) / 255
        }
      }
    }
    return result
  }
}
