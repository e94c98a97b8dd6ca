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

  /// Of cores whose timing nobody has published.
  private static let assumedTiming =
    "assumed, for it is not published: loads and taken branches 2 cycles, all else 1"

  package init(_ core: Core) {
    switch core {
    case .cortexM0:
      preprocessing = (1.51, 0.089)
      classifying = (1.3, 0.017)
      bytesPerLoad = 4
      timing =
        "loads and stores 2 cycles, taken branches 3 (ARM DDI 0432C, table 3.1),"
        + " multiplication 1 of the 1 or 32 there"
    case .cortexM0Plus:
      // A Cortex-M0's, less a cycle for each branch that is taken.
      preprocessing = (1.42, 0.089)
      classifying = (1.28, 0.017)
      bytesPerLoad = 4
      timing =
        "loads and stores 2 cycles, multiplication 1 of the 1 or 32 there (ARM DDI 0484C,"
        + " table 3.1); taken branches 2 assumed, as its jumps by register"
    case .cortexM3:
      preprocessing = (1.51, 0.106)
      classifying = (1.8, 0.035)
      bytesPerLoad = 1.5
      timing =
        "loads and stores 2 cycles, taken branches 3 of the 2 to 4"
        + " (ARM 100165_0201_02_en, table 3-1)"
    case .cortexM4:
      preprocessing = (1.48, 0.108)
      classifying = (1.52, 0.068)
      bytesPerLoad = 4
      timing =
        "loads and stores 2 cycles, of two words 3, taken branches 3 of the 2 to 4"
        + " (ARM DDI 0439D, table 3-1)"
    case .cortexM55:
      preprocessing = (1.3, 0.114)
      classifying = (2.5, 0.059)
      bytesPerLoad = 16
      timing =
        "vectors 2 cycles (LLVM, ARMScheduleM55.td); assumed: gathers one an element,"
        + " taken branches 3"
    case .rv32ec:
      preprocessing = (1.22, 0.133)
      classifying = (1.31, 0.089)
      bytesPerLoad = 1.5
      timing = CycleModel.assumedTiming
    case .rv32, .rv32imac:
      preprocessing = (1.21, 0.102)
      classifying = (1.36, 0.021)
      bytesPerLoad = 1.5
      timing = CycleModel.assumedTiming
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
