import Int8Runtime
import SIMDMath

/// Estimates the instructions of each step of a classification; together they are those of
/// ``InstructionCost``.
package struct StageCost: Sendable {
  private let cost: InstructionCost
  private let geometry: Geometry

  package init(_ geometry: Geometry, core: Core) {
    cost = InstructionCost.of(core)
    self.geometry = geometry
  }

  /// What the step that ends at `stage` takes, when so many pairs are active.
  package func instructions(_ stage: Stage, pairs: Int) -> Int {
    let instructions: Double =
      switch stage {
      case .started: 0
      // As of a digit: the picture is gone when the step has ended.
      case .conditioned: conditioning(activeQuads: 56, activePairs: geometry.contract.inputs / 7)
      // All features are looked at once; the first list pays.
      case .listed(let list):
        list == 0
          ? cost.listing(pairs: pairs, inputs: geometry.contract.inputs) : cost.pair * Double(pairs)
      // Of the pairs of a digit five in seven have two active inputs.
      case .summed(let list):
        cost.summing(pairs: pairs, activeInputs: pairs * 12 / 7, hidden: geometry.hidden)
          + (list == 0 ? 0 : cost.listBlock * Double(geometry.hidden) / 8)
      case .activated: Double(geometry.hidden) * cost.unit
      case .scored: Double(geometry.hidden) * cost.output
      }
    return Int(instructions)
  }

  /// The longest that a classification can take: no pixel is zero.
  package var worst: Int {
    let inputs = geometry.contract.inputs
    let classify = cost.classify(
      activePairs: inputs / 2, activeInputs: inputs, hidden: geometry.hidden, inputs: inputs)
    return classify + Int(conditioning(activeQuads: pictureBytes / 4, activePairs: inputs / 2))
  }

  private func conditioning(activeQuads: Int, activePairs: Int) -> Double {
    Double(
      cost.conditioning(
        activeQuads: activeQuads, activePairs: activePairs, contract: geometry.contract))
  }
}
