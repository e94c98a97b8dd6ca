extension InstructionClock {
  /// The AN385 and AN386 images of the MPS2 board run at 25 MHz: with one instruction a nanosecond
  /// (`-icount shift=0`) a tick is 40 instructions.
  static let eighthInstructionsPerTick: UInt32 = 320
}
