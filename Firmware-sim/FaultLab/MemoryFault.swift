import Device
import Int8Runtime
import SIMDMath

/// What a particle may hit while a picture is read.
package enum MemoryTarget: String, Sendable, CaseIterable {
  /// The picture, before it is preprocessed.
  case picture
  /// The features.
  case features
  /// A list of nonzero pairs.
  case list
  /// The hidden sums, before they are requantized.
  case sums
  /// The activations.
  case activations
  /// The logits.
  case logits
  /// The number of listed pairs.
  case pairs
  /// The number of the first input that is not yet listed.
  case next
  /// The number of the logit that is next.
  case output
}

/// Flipped bits of the working memory, next to each other, at one time between two steps; or a cell of
/// the arena that holds one value for good.
package struct MemoryFault: Sendable {
  /// What is hit.
  package let target: MemoryTarget
  /// In the first classification of the picture or in its repetition.
  let pass: Int
  /// After which step.
  let stage: Stage
  /// Whether the checks of that step have already been made.
  let afterChecks: Bool
  /// Which of the bytes or words, modulo how many there are.
  let offset: Int
  /// Which bit is the first, modulo how many there are.
  let bit: Int
  /// How many: neighbors share a particle.
  let bits: Int
  /// What the cell is stuck at; nil for bits that flip once.
  let stuckAt: Bool?

  /// A fault at a time when what it hits is still to be used.
  ///
  /// - Parameters:
  ///   - reading: what is hit: how many lists of nonzero pairs the picture has, how many classes the model,
  ///     and how often the countermeasures have the picture classified.
  ///   - bits: 1 ... 32 of them flip.
  package init(
    _ target: MemoryTarget, in reading: (lists: Int, classes: Int, passes: Int), bits: Int = 1,
    random: inout Random
  ) {
    self.target = target
    self.bits = bits
    stuckAt = nil
    let stages = MemoryFault.stages(of: target, reading.lists, reading.classes)
    // The same numbers are drawn in any case, so that fault n hits the same bit whatever the countermeasures.
    let turn = random.below(1 << 20)
    stage = stages[random.below(stages.count)]
    afterChecks = random.below(2) == 1
    offset = random.below(1 << 20)
    bit = random.below(32)
    pass = turn % reading.passes
  }

  /// A cell that is stuck from the start: a bit of the arena, counted from its first one, modulo how many
  /// there are.
  package init(cell: Int, stuckAt value: Bool) {
    target = .picture
    (pass, stage, afterChecks) = (0, .started, false)
    (offset, bit, bits) = (cell / 8, cell % 8, 1)
    stuckAt = value
  }

  /// Between which steps a target holds what is used later.
  private static func stages(of target: MemoryTarget, _ lists: Int, _ classes: Int) -> [Stage] {
    let all = 0..<max(1, lists)
    switch target {
    case .picture: return [.started]
    case .features:
      return [.preprocessed] + all.dropLast().flatMap { [Stage.listed($0), .summed($0)] }
    case .list, .pairs: return all.map { .listed($0) }
    case .next: return all.flatMap { [Stage.listed($0), .summed($0)] }
    case .sums: return [.preprocessed] + all.flatMap { [Stage.listed($0), .summed($0)] }
    case .activations: return [.activated] + (0..<classes - 1).map { .logit($0) }
    case .logits, .output: return (0..<classes).map { .logit($0) }
    }
  }
}
