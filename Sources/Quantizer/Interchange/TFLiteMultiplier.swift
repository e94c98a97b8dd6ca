import Int8Runtime

extension QuantizedMultiplier {
  /// The factor that TensorFlow Lite's engines compute from the scales of a layer (`QuantizeMultiplier`
  /// in `quantization_util.cc`); nil if it is one or more, which they shift to the left for.
  ///
  /// A quarter is 2³⁰ and a shift of 1.
  ///
  /// - Parameters:
  ///   - input: scale of the layer's input.
  ///   - weight: scale of a unit's weights.
  ///   - output: scale of the layer's output, above zero.
  init?(input: Float, weight: Float, output: Float) {
    let real = Double(input) * Double(weight) / Double(output)
    guard real.isFinite, real >= 0 else { return nil }
    if real < 0x1p-33 {
      self.init(multiplier: 0, shift: 0)
      return
    }
    var exponent = Int(real.exponent) + 1
    var multiplier = (real * Double(sign: .plus, exponent: 31 - exponent, significand: 1)).rounded()
    if multiplier == 0x1p31 {
      multiplier = 0x1p30
      exponent += 1
    }
    guard exponent <= 0 else { return nil }
    if exponent < -31 {
      self.init(multiplier: 0, shift: 0)
    } else {
      self.init(multiplier: Int32(multiplier), shift: UInt8(-exponent))
    }
  }
}
