import Board

/// The nRF51's watchdog, at 32,768 ticks a second (nRF51 Series Reference Manual 3.0, 24).
package struct NRF51Watchdog {
  private let base: UInt = 0x4001_0000

  package init() {}

  /// Starts it.
  package func start(seconds: UInt32) {
    setWord(at: base &+ 0x504, 32_768 &* seconds &- 1)
    setWord(at: base &+ 0x508, 1)
    setWord(at: base, 1)
  }

  /// Starts it over, with the word that it wants.
  package func feed() { setWord(at: base &+ 0x600, 0x6E52_4635) }
}
