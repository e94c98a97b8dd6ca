import Device
import Int8Runtime

// What goes on inside of a network while it reads, for people to look at.
extension ModelImage {
  /// The weight from an input to a hidden unit, -128 ... 128.
  package func hiddenWeight(input: Int, unit: Int) -> Int32 {
    precondition((0..<shape.inputSpec.inputs).contains(input) && (0..<shape.hidden).contains(unit))
    let offset =
      layout.hiddenWeights
      + hiddenWeightOffset(input: input, unit: unit & ~1, inputs: shape.inputSpec.inputs)
    let half = Int16(bitPattern: UInt16(byte(offset)) | UInt16(byte(offset + 1)) << 8)
    let weights = packedWeights(half)
    return unit & 1 == 0 ? weights.even : weights.odd
  }

  /// The weight from a hidden unit to a class.
  package func outputWeight(unit: Int, class index: Int) -> Int32 {
    precondition((0..<shape.classes).contains(index) && (0..<shape.hidden).contains(unit))
    return Int32(Int8(bitPattern: byte(layout.outputWeights + index * shape.hidden + unit)))
  }

  /// X W + b in whole numbers, a sum for each hidden unit.
  ///
  /// - Parameter features: X, as many as there are inputs.
  package func hiddenSums(_ features: [UInt8]) -> [Int32] {
    precondition(features.count == shape.inputSpec.inputs)
    var sums: [Int32] = []
    for unit in 0..<shape.hidden {
      // Of the units that there are.
      var sum = unsafe hiddenBias(unit)
      for (input, value) in features.enumerated() where value != 0 {
        sum &+= hiddenWeight(input: input, unit: unit) &* Int32(value)
      }
      sums.append(sum)
    }
    return sums
  }

  /// What a hidden unit adds to the logit of a class, in steps of the logit scale: its activation, counted from
  /// zero, times the weight.
  package func addend(of activation: UInt8, unit: Int, class index: Int) -> Int32 {
    let zero = byte(Header.activationZeroPoint)
    return (Int32(activation) - Int32(zero)) * outputWeight(unit: unit, class: index)
  }

  /// What each input adds to the logit of a class.
  ///
  /// A unit's activation is shared among the inputs as its sum is, in proportion; for ReLU, which is a straight
  /// line where it is not zero, that is exact but for rounding. The biases' share is left out.
  ///
  /// - Returns: a number for each input, in steps of the logit scale.
  package func contributions(
    to index: Int, _ features: [UInt8], sums: [Int32], activations: [UInt8]
  ) -> [Float] {
    precondition(sums.count == shape.hidden && activations.count == shape.hidden)
    var result = [Float](repeating: 0, count: features.count)
    for unit in 0..<shape.hidden where sums[unit] != 0 {
      let added = addend(of: activations[unit], unit: unit, class: index)
      let share = Float(added) / Float(sums[unit])
      for (input, value) in features.enumerated() where share != 0 && value != 0 {
        result[input] += share * Float(hiddenWeight(input: input, unit: unit)) * Float(value)
      }
    }
    return result
  }

  /// The real value of a hidden unit's sum, in which an activation of ReLU is the same; for other activations in
  /// the steps that their table is asked with.
  package func preactivation(_ sum: Int32, unit: Int) -> Float {
    precondition((0..<shape.hidden).contains(unit))
    // Of the units that there are.
    let factor = unsafe hiddenMultiplier(unit)
    let scale = Float(sign: .plus, exponent: -31 - Int(factor.shift), significand: 1)
    let steps = Float(sum) * (Float(factor.multiplier) * scale)
    return shape.activation == .relu ? steps * float(Header.activationScale) : steps
  }
}
