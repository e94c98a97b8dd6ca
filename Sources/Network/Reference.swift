import Kernels

// The textbook's forward pass, one example at a time and without tricks. The batch engine is checked
// against it, and the quantizer reads hidden sums from it.
extension FloatNetwork {
  /// X W + b of one example: a sum for each hidden unit.
  ///
  /// - Parameter features: X as bytes; n stands for n/255.
  public func hiddenSums(_ features: Span<UInt8>) -> [Float] {
    var sums = (0..<hidden).map(hiddenBias)
    for input in 0..<inputs where features[input] != 0 {
      let x = realFeature(UInt16(features[input]))
      for unit in 0..<hidden { sums[unit].addProduct(x, self[input: input, unit: unit]) }
    }
    return sums
  }

  /// f of one number.
  public func activated(_ sum: Float) -> Float { activation.value(Vector(repeating: sum))[0] }

  /// Z V + c of one example: ten logits.
  public func logits(_ features: Span<UInt8>) -> [Float] {
    let z = hiddenSums(features).map(activated)
    return (0..<10).map { digit in
      var sum = outputBias(digit)
      for unit in 0..<hidden { sum.addProduct(z[unit], self[unit: unit, digit: digit]) }
      return sum
    }
  }
}
