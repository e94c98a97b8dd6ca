import Int8Runtime
import Kernels

/// Estimates the instructions of each step of a classification; together they are those of
/// ``InstructionCost``.
struct StageCost: Sendable {
  private let cost: InstructionCost
  private let geometry: Geometry

  init(_ geometry: Geometry, core: Core) {
    cost = InstructionCost.of(core)
    self.geometry = geometry
  }

  /// What the step that ends at `stage` takes, when so many pairs are active.
  func instructions(_ stage: Stage, pairs: Int) -> Int {
    let instructions: Double =
      switch stage {
      case .started: 0
      case .conditioned: Double(pictureBytes) * cost.pixel
      // All features are looked at once; the first list pays.
      case .listed(let list):
        list == 0 ? Double(geometry.contract.inputs / 2) * cost.pairScan : 0
      case .summed: Double(pairs * geometry.hidden / unitsPerBlock) * cost.pairBlock
      case .activated: Double(geometry.hidden) * cost.unit
      case .scored: Double(geometry.hidden) * cost.output
      }
    return Int(instructions)
  }

  /// The longest that a classification can take: no pixel is zero.
  var worst: Int {
    let inputs = Double(geometry.contract.inputs)
    let hidden = Double(geometry.hidden)
    let layers = inputs / 2 * hidden / 8 * cost.pairBlock + hidden * cost.unit
    let rest = inputs / 2 * cost.pairScan + 10 * hidden * cost.output
    return Int(layers + rest + Double(pictureBytes) * cost.pixel)
  }
}
