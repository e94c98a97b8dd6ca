import Board
import Int8Runtime

/// The nRF51's flash controller (nRF51 Series Reference Manual 3.0, 6).
package struct NRF51Flash {
  private let base: UInt = 0x4001_E000
  private let readings = 1_000_000

  package init() {}

  /// Erases the page at an address.
  package func erase(_ address: UInt) throws(FlashWriteError) {
    setWord(at: base &+ 0x504, 2)
    setWord(at: base &+ 0x508, UInt32(truncatingIfNeeded: address))
    let isDone = wait(base &+ 0x400, 1, 1, readings: readings)
    setWord(at: base &+ 0x504, 0)
    if !isDone { throw .eraseFailed }
  }

  /// Programs the word at an address.
  package func program(_ word: UInt32, at address: UInt) throws(FlashWriteError) {
    setWord(at: base &+ 0x504, 1)
    setWord(at: address, word)
    let isDone = wait(base &+ 0x400, 1, 1, readings: readings)
    setWord(at: base &+ 0x504, 0)
    if !isDone { throw .programFailed }
  }
}
