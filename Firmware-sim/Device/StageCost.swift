import Int8Runtime
import SIMDMath

/// Estimates the instructions of each step of a classification; together they are those of
/// ``InstructionCost``.
package struct StageCost: Sendable {
  private let cost: InstructionCost
  private let shape: ModelShape

  package init(_ shape: ModelShape, core: Core) {
    cost = InstructionCost.of(core)
    self.shape = shape
  }

  /// What the step that ends at `stage` takes, when so many pairs are nonzero.
  package func instructions(_ stage: Stage, pairs: Int) -> Int {
    let instructions: Double =
      switch stage {
      case .started: 0
      // As of a digit: the picture is gone when the step has ended.
      case .preprocessed: preprocessing(nonzeroQuads: 56, nonzeroPairs: shape.inputSpec.inputs / 7)
      // All features are looked at once; the first list pays.
      case .listed(let list):
        list == 0
          ? cost.listing(
            pairs: pairs, nonzeroInputs: pairs * 12 / 7, inputs: shape.inputSpec.inputs)
          : cost.pair * Double(pairs) + cost.input * Double(pairs) * 12 / 7
      // Of the pairs of a digit five in seven have two nonzero inputs.
      case .summed(let list):
        cost.summing(pairs: pairs, nonzeroInputs: pairs * 12 / 7, hidden: shape.hidden)
          + (list == 0 ? 0 : cost.listBlock * Double(shape.hidden) / 8)
      case .activated: Double(shape.hidden) * cost.unit
      case .logit: Double(shape.hidden) * cost.output
      }
    return Int(instructions)
  }

  /// The longest that a classification can take: no pixel is zero.
  package var worst: Int {
    let inputs = shape.inputSpec.inputs
    let classify = cost.classify(nonzeroPairs: inputs / 2, nonzeroInputs: inputs, shape: shape)
    return classify + Int(preprocessing(nonzeroQuads: pictureBytes / 4, nonzeroPairs: inputs / 2))
  }

  private func preprocessing(nonzeroQuads: Int, nonzeroPairs: Int) -> Double {
    Double(
      cost.preprocessing(
        nonzeroQuads: nonzeroQuads, nonzeroPairs: nonzeroPairs, inputSpec: shape.inputSpec))
  }
}
