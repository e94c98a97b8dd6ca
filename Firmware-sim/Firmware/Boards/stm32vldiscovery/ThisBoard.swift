import Board
import Drivers
import Int8Runtime

/// The STM32VLDISCOVERY: an STM32F100RB (Cortex-M3, 128 KB of flash, 8 KB of RAM) at 24 MHz. USART1 is on
/// PA9 (to the host) and PA10 (from it).
package struct ThisBoard: ChipBoard {
  package static var flash: (start: UInt, bytes: Int) { (0x0800_4000, 0x1_C000) }
  package var pageBytes: Int { 1024 }
  package var slots: Slots { Slots(start: 0, imageBytes: 55 << 10, pageBytes: 1024) }
  package var ticksPerSecond: UInt32 { 24_000_000 }

  private var uart: STM32UART { STM32UART(0x4001_3800) }
  private var watchdog: STM32Watchdog { STM32Watchdog() }

  package init() {
    let clocks: UInt = 0x4002_1000
    // Half of the internal 8 MHz, times six; then the processor runs on it (RM0041, 6.3).
    setWord(at: clocks &+ 0x04, 4 &<< 18)
    setWord(at: clocks, word(at: clocks) | 1 &<< 24)
    _ = wait(clocks, 1 &<< 25, 1 &<< 25, readings: 10_000)
    setWord(at: clocks &+ 0x04, 4 &<< 18 | 2)
    // Port A and USART1 get their clocks; PA9 drives, PA10 floats.
    setWord(at: clocks &+ 0x18, 1 &<< 2 | 1 &<< 14)
    setWord(at: 0x4001_0804, 0x4444_44B4)
    SystemTimer.start()
    uart.start(divisor: 208)
    watchdog.start()
  }

  package func receive() -> UInt8? { uart.receive() }
  package func send(_ byte: UInt8) { uart.send(byte) }
  package func feedWatchdog() { watchdog.feed() }

  package func erase(page offset: Int) throws(FlashWriteError) {
    try check(offset, pageBytes)
    try STM32F1Flash().erase(address(offset))
    feedWatchdog()
    try verifyErased(offset)
  }

  @inline(never)
  package func program(_ value: UInt32, at offset: Int) throws(FlashWriteError) {
    try check(offset, 4)
    try STM32F1Flash().program(value, at: address(offset))
    try verify(value, offset)
  }
}
