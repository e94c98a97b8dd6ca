import Board

/// The USART of STM32F1 and STM32F4, whose registers are the same (RM0041, 23.6; RM0090, 30.6).
package struct STM32UART {
  private let base: UInt

  /// A USART at an address.
  package init(_ base: UInt) { self.base = base }

  /// Turns both directions on.
  ///
  /// - Parameter divisor: clock ticks a bit.
  package func start(divisor: UInt32) {
    setWord(at: base &+ 0x08, divisor)
    setWord(at: base &+ 0x0C, 0x200C)
  }

  /// A byte that has come, or nil.
  package func receive() -> UInt8? {
    word(at: base) & 0x20 == 0 ? nil : UInt8(truncatingIfNeeded: word(at: base &+ 0x04))
  }

  /// Sends a byte when there is room for it.
  package func send(_ byte: UInt8) {
    while word(at: base) & 0x80 == 0 {}
    setWord(at: base &+ 0x04, UInt32(byte))
  }
}
