import Board

/// Arm's CMSDK APB UART (DDI 0479, 4.3), as the MPS2 and MPS3 boards have it.
package struct CMSDKUART {
  private let base: UInt

  /// A UART at an address.
  package init(_ base: UInt) { self.base = base }

  /// Turns both directions on.
  ///
  /// - Parameter divisor: clock ticks a bit, 16 or more.
  package func start(divisor: UInt32) {
    setWord(at: base &+ 0x10, divisor)
    setWord(at: base &+ 0x08, 3)
  }

  /// A byte that has come, or nil.
  package func receive() -> UInt8? {
    word(at: base &+ 0x04) & 2 == 0 ? nil : UInt8(truncatingIfNeeded: word(at: base))
  }

  /// Sends a byte when there is room for it.
  package func send(_ byte: UInt8) {
    while word(at: base &+ 0x04) & 1 != 0 {}
    setWord(at: base, UInt32(byte))
  }
}
