import Board

/// The independent watchdog of STM32F1 and STM32F4, on a clock of its own of 30 to 60 kHz or 17 to 47 kHz (RM0041, 18.4;
/// RM0090, 21.4): four to fifteen seconds.
package struct STM32Watchdog {
  private let base: UInt = 0x4000_3000

  package init() {}

  /// Starts it.
  package func start() {
    setWord(at: base, 0xCCCC)
    setWord(at: base, 0x5555)
    // A tick is 64 of its clock's.
    setWord(at: base &+ 0x04, 4)
    setWord(at: base &+ 0x08, 0xFFF)
    feed()
  }

  /// Starts it over.
  package func feed() { setWord(at: base, 0xAAAA) }
}
