import Int8Runtime

/// A network of one hidden layer in integers, as files of other programs hold it: any number of hidden
/// units, any number of classes.
///
/// Inputs and hidden activations are UInt8; the largest of the Int32 logits is the answer.
package struct Int8Model: Sendable, Equatable {
  /// I.
  package let inputs: Int
  /// f.
  package var activation = ActivationKind.relu
  /// [unit][input], -127 ... 127.
  package var hiddenWeights: [Int8] = []
  /// One a unit.
  package var hiddenBias: [Int32] = []
  /// One a unit.
  package var hiddenMultiplier: [QuantizedMultiplier] = []
  /// What the activation makes of a requantized sum plus 128; empty for ReLU.
  package var table: [UInt8] = []
  /// [class][unit].
  package var outputWeights: [Int8] = []
  /// One a class.
  package var outputBias: [Int32] = []
  /// What a hidden activation of zero is stored as.
  package var activationZeroPoint: UInt8 = 0
  /// Real value of one step of the hidden activations.
  package var activationScale: Float = 1
  /// Real value of one step of the logits.
  package var logitScale: Float = 1
  /// What logits are divided by before they are read as probabilities.
  package var temperature: Float = 1
  /// What is known beside that.
  package var notes = ModelNotes()

  /// H.
  package var hidden: Int { hiddenBias.count }
  /// K.
  package var classes: Int { outputBias.count }

  /// A network without units and classes.
  package init(inputs: Int) { self.inputs = inputs }

  /// Names of the classes: their numbers, where they have no other.
  package var classNames: [String] {
    notes.classNames.isEmpty ? (0..<classes).map { "\($0)" } : notes.classNames
  }

  /// What the hidden units make of inputs.
  ///
  /// - Parameter inputs: I bytes.
  package func activations(_ values: Span<UInt8>) -> [UInt8] {
    (0..<hidden).map { unit in
      var sum = hiddenBias[unit]
      for input in 0..<inputs where values[input] != 0 {
        sum &+= Int32(hiddenWeights[unit * inputs + input]) &* Int32(values[input])
      }
      let requantized = requantize(sum, by: hiddenMultiplier[unit])
      if table.isEmpty { return UInt8(max(0, min(255, requantized))) }
      return table[Int(max(-128, min(127, requantized))) + 128]
    }
  }

  /// The logits of hidden activations.
  package func logits(_ activations: [UInt8]) -> [Int32] {
    (0..<classes).map { output in
      var sum = outputBias[output]
      for (unit, value) in activations.enumerated() {
        sum &+= Int32(outputWeights[output * hidden + unit]) &* Int32(value)
      }
      return sum
    }
  }
}
