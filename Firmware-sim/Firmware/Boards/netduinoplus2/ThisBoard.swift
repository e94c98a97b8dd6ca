import Board
import Drivers
import Int8Runtime

/// The Netduino Plus 2: an STM32F405RG (Cortex-M4, 1 MB of flash, 128 KB of RAM) at 168 MHz. USART1 is on
/// PA9 (to the host) and PA10 (from it).
package struct ThisBoard: ChipBoard {
  package static var flash: (start: UInt, bytes: Int) { (0x0802_0000, 0x8_0000) }
  package var pageBytes: Int { 0x2_0000 }
  package var slots: Slots { Slots(start: 0, imageBytes: 0x2_0000, pageBytes: 0x2_0000) }
  package var ticksPerSecond: UInt32 { 168_000_000 }

  private var uart: STM32UART { STM32UART(0x4001_1000) }
  private var watchdog: STM32Watchdog { STM32Watchdog() }

  package init() {
    let clocks: UInt = 0x4002_3800
    // Flash waits five turns (RM0090, 3.5.1); 16 MHz / 16 * 336 / 2, buses at a quarter and a half of it.
    setWord(at: 0x4002_3C00, 0x705)
    setWord(at: clocks &+ 0x04, 16 | 336 &<< 6 | 7 &<< 24)
    setWord(at: clocks, word(at: clocks) | 1 &<< 24)
    _ = wait(clocks, 1 &<< 25, 1 &<< 25, readings: 100_000)
    setWord(at: clocks &+ 0x08, 5 &<< 10 | 4 &<< 13 | 2)
    // Port A and USART1 get their clocks; both pins are the USART's (function 7).
    setWord(at: clocks &+ 0x30, 1)
    setWord(at: clocks &+ 0x44, 1 &<< 4)
    setWord(at: 0x4002_0000, 0xA828_0000)
    setWord(at: 0x4002_0024, 0x770)
    SystemTimer.start()
    uart.start(divisor: 729)
    watchdog.start()
  }

  package func receive() -> UInt8? { uart.receive() }
  package func send(_ byte: UInt8) { uart.send(byte) }
  package func feedWatchdog() { watchdog.feed() }

  package func erase(page offset: Int) throws(FlashWriteError) {
    try check(offset, pageBytes)
    // Sectors of 128 KB are numbered from 5 on, and start behind the first 128 KB.
    try STM32F4Flash().erase(sector: UInt32(truncatingIfNeeded: 5 &+ offset / pageBytes))
    feedWatchdog()
    try verifyErased(offset)
  }

  @inline(never)
  package func program(_ value: UInt32, at offset: Int) throws(FlashWriteError) {
    try check(offset, 4)
    try STM32F4Flash().program(value, at: address(offset))
    try verify(value, offset)
  }
}
