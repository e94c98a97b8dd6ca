import Network

/// A network of one hidden layer in floating point, as files of other programs hold it: any number of
/// hidden units, any number of classes.
package struct FloatModel: Sendable, Equatable {
  /// I.
  package let inputs: Int
  /// W, [inputs][hidden], for inputs of 0 ... 1.
  package var hiddenWeights: [Float]
  /// b, [hidden].
  package var hiddenBias: [Float]
  /// V, [hidden][classes].
  package var outputWeights: [Float]
  /// c, [classes].
  package var outputBias: [Float]
  /// What is known beside that.
  package var notes: ModelNotes

  /// H.
  package var hidden: Int { hiddenBias.count }
  /// K.
  package var classes: Int { outputBias.count }
  /// f; ReLU where nothing is said.
  package var activation: ActivationFunction { notes.activation ?? .relu }

  /// A network with all weights zero.
  package init(inputs: Int, hidden: Int, classes: Int, notes: ModelNotes = ModelNotes()) {
    self.inputs = inputs
    hiddenWeights = [Float](repeating: 0, count: inputs * hidden)
    hiddenBias = [Float](repeating: 0, count: hidden)
    outputWeights = [Float](repeating: 0, count: hidden * classes)
    outputBias = [Float](repeating: 0, count: classes)
    self.notes = notes
  }

  /// The sizes that can be imported: inputs are a square of 28, 14, 12 or 10.
  static let inputCounts = [784, 196, 144, 100]
  /// Hidden units that can be imported.
  static let hiddenCounts = 1...1024

  /// Takes the shift and the scaling of inputs into the weights: W (x - m) / s + b is
  /// (W / s) x + (b - W m / s).
  ///
  /// - Parameters:
  ///   - mean: m, for each input.
  ///   - deviation: s, for each input; not zero.
  mutating func fold(mean: [Float], deviation: [Float]) {
    precondition(mean.count == inputs && deviation.count == inputs)
    var shift = [Double](repeating: 0, count: hidden)
    for input in 0..<inputs {
      for unit in 0..<hidden {
        let weight = Double(hiddenWeights[input * hidden + unit]) / Double(deviation[input])
        shift[unit] += weight * Double(mean[input])
        hiddenWeights[input * hidden + unit] = Float(weight)
      }
    }
    for unit in 0..<hidden { hiddenBias[unit] = Float(Double(hiddenBias[unit]) - shift[unit]) }
  }

  /// Whether every weight and bias is a finite number.
  var isFinite: Bool {
    [hiddenWeights, hiddenBias, outputWeights, outputBias].allSatisfy { $0.allSatisfy(\.isFinite) }
  }
}
