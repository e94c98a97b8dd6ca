import Board

/// SysTick, counting down all its 24 bits at the processor's clock (ARM DDI 0403, B3.3).
package enum SystemTimer {
  /// All ones that ``ticks()`` can show.
  package static let mask: UInt32 = 0xFF_FFFF

  /// Starts it.
  package static func start() {
    setWord(at: 0xE000_E014, mask)
    setWord(at: 0xE000_E018, 0)
    setWord(at: 0xE000_E010, 5)
  }

  /// Ticks, counted up.
  @inline(__always)
  package static func ticks() -> UInt32 { mask &- word(at: 0xE000_E018) & mask }
}

/// A clock of 32 bits made of one that wraps around earlier; it wants to be read before that.
package struct LongClock {
  private var last: UInt32
  private var total: UInt32 = 0

  /// A clock at 0.
  package init() { last = SystemTimer.ticks() }

  /// Ticks since it was made.
  package mutating func now() -> UInt32 {
    let ticks = SystemTimer.ticks()
    total &+= (ticks &- last) & SystemTimer.mask
    last = ticks
    return total
  }
}
