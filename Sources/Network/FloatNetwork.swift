import SIMDMath

/// A network with one hidden layer: 784 (or fewer) inputs of 0 ... 1, `hidden` units, 2 to 64 classes.
///
/// With X the inputs, Z the hidden activations and Y the probabilities, Z = f(X W + b) and
/// Y = softmax(Z V + c).
package struct FloatNetwork: Sendable {
  /// Where the parameters stand.
  package let layout: ParameterLayout
  /// The hidden units' function f.
  package let activation: ActivationFunction
  /// All weights and biases.
  package var parameters: [Vector]

  /// A network before training: weights are random, biases zero.
  ///
  /// Hidden weights are uniform in ±√(6/n) for the n inputs that feed a unit (He et al., 2015) or, for
  /// sigmoid and tanh, ±√(6/(n + m)) (Glorot and Bengio, 2010); output weights are the latter.
  ///
  /// - Parameters:
  ///   - inputs: I, above 0.
  ///   - hidden: H, a multiple of 16.
  ///   - classes: K, 2 ... 64.
  ///   - activation: f.
  ///   - seed: of the random weights; the same seed gives the same bits everywhere.
  package init(inputs: Int, hidden: Int, classes: Int, activation: ActivationFunction, seed: UInt64)
  {
    layout = ParameterLayout(inputs: inputs, hidden: hidden, classes: classes)
    self.activation = activation
    parameters = Array(repeating: Vector(), count: layout.total)
    var random = Random(seed: seed, stream: RandomStream.weights)
    let rectified = activation == .relu || activation == .leakyReLU
    let hiddenBound = (6 / Float(rectified ? inputs : inputs + hidden)).squareRoot()
    // Unit by unit and input by input, so that a weight does not depend on how column blocks are cut.
    for input in 0..<inputs {
      for unit in 0..<hidden {
        self[input: input, unit: unit] = random.symmetric() * hiddenBound
      }
    }
    let outputBound = (6 / Float(hidden + classes)).squareRoot()
    for index in 0..<classes {
      for unit in 0..<hidden { self[unit: unit, class: index] = random.symmetric() * outputBound }
    }
  }

  /// I, how many inputs it has.
  package var inputs: Int { layout.inputs }
  /// H, how many hidden units it has.
  package var hidden: Int { layout.vectors * 16 }
  /// Classes.
  package var classes: Int { layout.classes }

  /// W, the weight from an input to a hidden unit.
  package subscript(input input: Int, unit unit: Int) -> Float {
    get { parameters[offset(input, unit)][unit % 16] }
    set { parameters[offset(input, unit)][unit % 16] = newValue }
  }

  /// V, the weight from a hidden unit to a class.
  package subscript(unit unit: Int, class index: Int) -> Float {
    get {
      parameters[layout.outputWeights.lowerBound + index * layout.vectors + unit / 16][unit % 16]
    }
    set {
      parameters[layout.outputWeights.lowerBound + index * layout.vectors + unit / 16][unit % 16] =
        newValue
    }
  }

  /// The bias of a hidden unit.
  package func hiddenBias(_ unit: Int) -> Float {
    parameters[layout.inputs * layout.vectors + unit / 16][unit % 16]
  }

  /// The bias of a class.
  package func outputBias(_ index: Int) -> Float {
    parameters[layout.outputBias.lowerBound + index / 16][index % 16]
  }

  /// Whether every weight and bias is a finite number.
  package var isFinite: Bool {
    parameters.allSatisfy { vector in (0..<16).allSatisfy { vector[$0].isFinite } }
  }

  /// X W + b of one example: a sum for each hidden unit.
  ///
  /// - Parameter features: X as bytes; n stands for n/255.
  package func hiddenSums(_ features: Span<UInt8>) -> [Float] {
    var sums = Array(parameters[layout.hiddenBiases])
    for input in 0..<inputs where features[input] != 0 {
      let x = realFeature(UInt16(features[input]))
      for i in 0..<layout.vectors {
        sums[i] = sums[i].addingProduct(x, parameters[input * layout.vectors + i])
      }
    }
    return sums.flatMap { sum in (0..<16).map { sum[$0] } }
  }

  private func offset(_ input: Int, _ unit: Int) -> Int {
    layout.hiddenWeights(input: input, vector: unit / 16)
  }
}

/// Names of the families of random numbers that training draws from.
package enum RandomStream {
  /// Weights before training.
  package static let weights: UInt64 = 1
  /// The order of the digits in an epoch.
  package static let order: UInt64 = 2
  /// Which training digits are held out for validation.
  package static let validation: UInt64 = 3
  /// Augmentation of a digit in an epoch.
  package static let augmentation: UInt64 = 4
}
