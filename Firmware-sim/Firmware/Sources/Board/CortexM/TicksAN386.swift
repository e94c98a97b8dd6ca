extension InstructionClock {
  /// The AN386 image of the MPS2 board runs at 25 MHz: with one instruction a nanosecond
  /// (`-icount shift=0`) a tick is 40 instructions.
  static let halfInstructionsPerTick: UInt32 = 80
}
