import Board
import Int8Runtime

/// The STM32F1's flash controller, which programs half words (PM0063, 2.3 and 3).
package struct STM32F1Flash {
  private let base: UInt = 0x4002_2000
  private let readings = 1_000_000

  package init() {}

  private func unlock() {
    if word(at: base &+ 0x10) & 0x80 == 0 { return }
    setWord(at: base &+ 0x04, 0x4567_0123)
    setWord(at: base &+ 0x04, 0xCDEF_89AB)
  }

  /// Erases the page at an address.
  package func erase(_ address: UInt) throws(FlashWriteError) {
    unlock()
    setWord(at: base &+ 0x10, 2)
    setWord(at: base &+ 0x14, UInt32(truncatingIfNeeded: address))
    setWord(at: base &+ 0x10, 0x42)
    let isDone = wait(base &+ 0x0C, 1, 0, readings: readings)
    setWord(at: base &+ 0x10, 0x80)
    if !isDone { throw .eraseFailed }
  }

  /// Programs the word at an address.
  package func program(_ word: UInt32, at address: UInt) throws(FlashWriteError) {
    unlock()
    setWord(at: base &+ 0x10, 1)
    setHalf(at: address, UInt16(truncatingIfNeeded: word))
    var isDone = wait(base &+ 0x0C, 1, 0, readings: readings)
    setHalf(at: address &+ 2, UInt16(truncatingIfNeeded: word &>> 16))
    isDone = wait(base &+ 0x0C, 1, 0, readings: readings) && isDone
    setWord(at: base &+ 0x10, 0x80)
    if !isDone { throw .programFailed }
  }
}
