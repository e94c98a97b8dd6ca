import Board
import Drivers
import Int8Runtime

/// The BBC micro:bit, version 1: an nRF51822 (Cortex-M0, 256 KB of flash, 16 KB of RAM) at 16 MHz.
package struct ThisBoard: ChipBoard {
  package static var flash: (start: UInt, bytes: Int) { (0x8000, 0x3_8000) }
  package var pageBytes: Int { 1024 }
  package var slots: Slots { Slots(start: 0, imageBytes: 111 << 10, pageBytes: 1024) }
  package var ticksPerSecond: UInt32 { 16_000_000 }

  private var uart: NRF51UART { NRF51UART(0x4000_2000) }
  private var watchdog: NRF51Watchdog { NRF51Watchdog() }

  package init() {
    // The crystal, which the UART's rate wants; it is there or not after so many readings.
    setWord(at: 0x4000_0000, 1)
    _ = wait(0x4000_0100, 1, 1, readings: 100_000)
    SystemTimer.start()
    // To the USB bridge.
    uart.start(transmit: 24, receive: 25)
    watchdog.start(seconds: 4)
  }

  package func receive() -> UInt8? { uart.receive() }
  package func send(_ byte: UInt8) { uart.send(byte) }
  package func feedWatchdog() { watchdog.feed() }

  package func erase(page offset: Int) throws(FlashWriteError) {
    try check(offset, pageBytes)
    try NRF51Flash().erase(address(offset))
    feedWatchdog()
    try verifyErased(offset)
  }

  @inline(never)
  package func program(_ value: UInt32, at offset: Int) throws(FlashWriteError) {
    try check(offset, 4)
    try NRF51Flash().program(value, at: address(offset))
    try verify(value, offset)
  }
}
