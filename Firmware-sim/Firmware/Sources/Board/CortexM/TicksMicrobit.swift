extension InstructionClock {
  /// The micro:bit's nRF51 runs at 16 MHz: with one instruction a nanosecond (`-icount shift=0`) a
  /// tick is 62.5 instructions.
  static let eighthInstructionsPerTick: UInt32 = 500
}
