import Int8Runtime

extension QuantizedMultiplier {
  /// The factor that TensorFlow Lite's engines compute from the scales of a layer in a file; nil if it is
  /// one or more, which they shift to the left for, or no number.
  ///
  /// - Parameters:
  ///   - input: scale of the layer's input.
  ///   - weight: scale of a unit's weights.
  ///   - output: scale of the layer's output.
  init?(input: Float, weight: Float, output: Float) {
    let real = Double(input) * Double(weight) / Double(output)
    // From here on 31 bits round to one.
    guard real >= 0, real < 1 - 0x1p-32 else { return nil }
    self.init(inputScale: input, weightScale: weight, outputScale: output)
  }
}
