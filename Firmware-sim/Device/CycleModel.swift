/// Estimates cycles from instructions: the published timing of a core's instructions, and the wait states of a chip's
/// flash.
///
/// The mix of instructions is that of one digit's trace under QEMU. Cycles of an instruction are those of the core's
/// manual, without wait states; what it leaves open is taken as ``timing`` says, and so is all where there is none. That
/// wait states are hidden by the prefetch buffer while code runs straight on, so that a branch that is taken waits and
/// each load of the model image does, is an assumption.
package struct CycleModel: Sendable {
  /// Cycles without wait states and taken branches, for each instruction: of preprocessing, and of the rest.
  private let preprocessing, classifying: (cycles: Double, taken: Double)
  /// The bytes of the model image that one load brings in the mean.
  private let bytesPerLoad: Double
  /// What is assumed of the core.
  package let timing: String

  package init(_ core: Core) {
    timing = CycleModel.timing(of: core)
    switch core {
    case .cortexM0:
      (preprocessing, classifying, bytesPerLoad) = ((1.51, 0.089), (1.3, 0.017), 4)
    case .cortexM0Plus:
      // A Cortex-M0's, less a cycle for each branch that is taken.
      (preprocessing, classifying, bytesPerLoad) = ((1.42, 0.089), (1.28, 0.017), 4)
    case .cortexM3:
      (preprocessing, classifying, bytesPerLoad) = ((1.51, 0.106), (1.8, 0.035), 1.5)
    case .cortexM4:
      (preprocessing, classifying, bytesPerLoad) = ((1.48, 0.108), (1.52, 0.068), 4)
    case .cortexM55:
      (preprocessing, classifying, bytesPerLoad) = ((1.3, 0.114), (2.5, 0.059), 16)
    case .rv32ec:
      (preprocessing, classifying, bytesPerLoad) = ((1.22, 0.133), (1.31, 0.089), 1.5)
    case .rv32, .rv32imac:
      (preprocessing, classifying, bytesPerLoad) = ((1.21, 0.102), (1.36, 0.021), 1.5)
    }
  }

  /// Where a core's timing was read, and what is assumed of it.
  private static func timing(of core: Core) -> String {
    switch core {
    case .cortexM0:
      "loads and stores 2 cycles, taken branches 3 (ARM DDI 0432C, table 3.1),"
        + " multiplication 1 of the 1 or 32 there"
    case .cortexM0Plus:
      "loads and stores 2 cycles, multiplication 1 of the 1 or 32 there (ARM DDI 0484C,"
        + " table 3.1); taken branches 2 assumed, as its jumps by register"
    case .cortexM3:
      "loads and stores 2 cycles, taken branches 3 of the 2 to 4"
        + " (ARM 100165_0201_02_en, table 3-1)"
    case .cortexM4:
      "loads and stores 2 cycles, of two words 3, taken branches 3 of the 2 to 4"
        + " (ARM DDI 0439D, table 3-1)"
    case .cortexM55:
      "vectors 2 cycles (LLVM, ARMScheduleM55.td); assumed: gathers one an element,"
        + " taken branches 3"
    case .rv32ec, .rv32, .rv32imac:
      "assumed, for it is not published: loads and taken branches 2 cycles, all else 1"
    }
  }

  /// The cycles of a step.
  ///
  /// - Parameters:
  ///   - instructions: estimated or counted.
  ///   - flashBytes: what it reads of the model image.
  ///   - waitStates: of the flash at the chip's clock.
  package func cycles(
    of step: ProfiledStep, instructions: Int, flashBytes: Int, waitStates: Int
  ) -> Int {
    let mix = step.isPreprocessing ? preprocessing : classifying
    let waits = mix.taken * Double(instructions) + Double(flashBytes) / bytesPerLoad
    return Int(mix.cycles * Double(instructions) + waits * Double(waitStates))
  }
}
