/// Counts instructions by the SysTick timer, of which QEMU makes an exact clock under `-icount shift=0`.
package struct InstructionClock {
  private let start: UInt32

  /// Starts counting; there is one timer, so one count at a time.
  @inline(never)
  package init() {
    setWord(at: 0xE000_E014, 0xFF_FFFF)  // Reload value.
    setWord(at: 0xE000_E018, 0)  // Any write clears the counter.
    setWord(at: 0xE000_E010, 5)  // Processor clock, no interrupt, on.
    start = word(at: 0xE000_E018)
  }

  /// Instructions since the start, to a tick. The timer counts down in 24 bits.
  package var instructions: Int {
    @inline(never) get {
      let ticks = (start &- word(at: 0xE000_E018)) & 0xFF_FFFF
      return Int(bitPattern: UInt(ticks &* InstructionClock.eighthInstructionsPerTick / 8))
    }
  }
}
