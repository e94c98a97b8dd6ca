import Board

/// The nRF51's UART (nRF51 Series Reference Manual 3.0, 29).
package struct NRF51UART {
  private let base: UInt

  /// A UART at an address.
  package init(_ base: UInt) { self.base = base }

  /// Turns both directions on, 115,200 baud, on two pins of port 0.
  package func start(transmit: UInt32, receive: UInt32) {
    setWord(at: base &+ 0x50C, transmit)
    setWord(at: base &+ 0x514, receive)
    setWord(at: base &+ 0x524, 0x01D7_E000)
    setWord(at: base &+ 0x500, 4)
    setWord(at: base &+ 0x008, 1)
    setWord(at: base, 1)
  }

  /// A byte that has come, or nil.
  package func receive() -> UInt8? {
    if word(at: base &+ 0x108) == 0 { return nil }
    // Cleared first: reading makes the next byte of its queue appear, with another event.
    setWord(at: base &+ 0x108, 0)
    return UInt8(truncatingIfNeeded: word(at: base &+ 0x518))
  }

  /// Sends a byte and waits until it is sent.
  package func send(_ byte: UInt8) {
    setWord(at: base &+ 0x11C, 0)
    setWord(at: base &+ 0x51C, UInt32(byte))
    while word(at: base &+ 0x11C) == 0 {}
  }
}
