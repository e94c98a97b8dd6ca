import Board
import Int8Runtime

/// The STM32F4's flash controller (RM0090, 3.6 and 3.9), for its sectors of 128 KB.
package struct STM32F4Flash {
  private let base: UInt = 0x4002_3C00
  // Erasing a sector may take two seconds.
  private let readings = 200_000_000

  package init() {}

  private func unlock() {
    if word(at: base &+ 0x10) & 0x8000_0000 == 0 { return }
    setWord(at: base &+ 0x04, 0x4567_0123)
    setWord(at: base &+ 0x04, 0xCDEF_89AB)
  }

  /// Erases a sector by its number.
  package func erase(sector: UInt32) throws(FlashWriteError) {
    unlock()
    setWord(at: base &+ 0x10, 0x202 | sector &<< 3)
    setWord(at: base &+ 0x10, 0x1_0202 | sector &<< 3)
    let isDone = wait(base &+ 0x0C, 0x1_0000, 0, readings: readings)
    setWord(at: base &+ 0x10, 0x8000_0000)
    if !isDone { throw .eraseFailed }
  }

  /// Programs the word at an address.
  package func program(_ word: UInt32, at address: UInt) throws(FlashWriteError) {
    unlock()
    setWord(at: base &+ 0x10, 0x201)
    setWord(at: address, word)
    let isDone = wait(base &+ 0x0C, 0x1_0000, 0, readings: readings)
    setWord(at: base &+ 0x10, 0x8000_0000)
    if !isDone { throw .programFailed }
  }
}
