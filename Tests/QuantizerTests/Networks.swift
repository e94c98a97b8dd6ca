import Digits
import Int8Runtime
import Network
import Pipeline
import Quantizer
import SIMDMath

/// The smallest side, centered only.
let smallInputSpec = InputSpec(side: 10, deskew: false)

/// Built-in handwriting as a network sees it.
func examples(_ count: Int, _ inputSpec: InputSpec, stream: Handwriting.Stream = .training)
  -> (digits: DigitSet, examples: StoredExamples)
{
  let digits = Handwriting(seed: 3).set(count: count, stream: stream, threads: 2)
  return (digits, digits.preprocessed(by: inputSpec, threads: 2))
}

/// A network with random weights and biases.
func randomNetwork(_ activation: ActivationFunction, inputs: Int = 100, hidden: Int = 32)
  -> FloatNetwork
{
  var network = FloatNetwork(
    inputs: inputs, hidden: hidden, classes: 10, activation: activation, seed: 4)
  var random = Random(seed: 5)
  for offset in network.layout.hiddenBiases {
    for lane in 0..<16 { network.parameters[offset][lane] = random.symmetric() }
  }
  for digit in 0..<10 { network.parameters[network.layout.total - 1][digit] = random.symmetric() }
  return network
}

extension FloatNetwork {
  /// Changes the bias of a hidden unit.
  mutating func setHiddenBias(_ unit: Int, _ value: Float) {
    parameters[layout.inputs * layout.vectors + unit / 16][unit % 16] = value
  }
}

/// All that a hidden layer can do.
let everyActivation: [ActivationFunction] = [.relu, .leakyReLU, .sigmoid, .tanh]
