import Board

/// Arm's CMSDK APB watchdog (DDI 0479, 4.7): its first time-out is a warning, an NMI, and the second one
/// resets the chip.
package struct CMSDKWatchdog {
  private let base: UInt

  /// A watchdog at an address.
  package init(_ base: UInt) { self.base = base }

  /// Starts it, with so many ticks to the warning and as many to the reset.
  package func start(ticks: UInt32) {
    setWord(at: base &+ 0xC00, 0x1ACC_E551)
    setWord(at: base, ticks)
    setWord(at: base &+ 0x08, 3)
  }

  /// Starts it over.
  package func feed() { setWord(at: base &+ 0x0C, 1) }
}
