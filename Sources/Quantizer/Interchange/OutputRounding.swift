/// An output layer with a scale for each class, as a converter made it, beside the one scale that it has
/// here: the largest Int32 sum is only then the answer.
package struct OutputRounding: Sendable, Equatable {
  /// [class][unit], in steps of each class's own scale.
  let weights: [Int8]
  let bias: [Int32]
  /// Real value of one step of each class's weights.
  let scales: [Float]

  /// Whether classes have scales of their own, and weights were rounded anew.
  package var isRounded: Bool { scales.contains { $0 != scales[0] } }

  /// The largest of the scales, which all weights are rounded to.
  var scale: Float { scales.max() ?? 1 }

  /// Hidden units.
  package var hidden: Int { weights.count / max(1, scales.count) }

  /// The weights in steps of ``scale``.
  var roundedWeights: [Int8] {
    return weights.enumerated().map { index, weight in
      // The factor is at most 1.
      Int8((Double(weight) * ratio(index / hidden)).rounded())
    }
  }

  /// The biases likewise.
  var roundedBias: [Int32] {
    bias.enumerated().map { output, bias in Int32((Double(bias) * ratio(output)).rounded()) }
  }

  private func ratio(_ output: Int) -> Double { Double(scales[output]) / Double(scale) }

  /// The answer of the layer as it was: the class of the largest real logit, of equal ones the first.
  package func answer(_ activations: [UInt8]) -> Int {
    var best = (output: 0, logit: -Double.infinity)
    for output in scales.indices {
      var sum = Int64(bias[output])
      for (unit, value) in activations.enumerated() {
        sum += Int64(weights[output * activations.count + unit]) * Int64(value)
      }
      let logit = Double(sum) * Double(scales[output])
      if logit > best.logit { best = (output, logit) }
    }
    return best.output
  }
}
