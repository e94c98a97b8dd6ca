import Board
import Drivers
import Int8Runtime

/// Arm's MPS2 with the AN386 image: a Cortex-M4 at 25 MHz (DAI 0386). It is an FPGA board without flash; the memory
/// at zero, which holds the program, is RAM, so that what is written to the slots lasts until power goes.
package struct ThisBoard: ChipBoard {
  package static var flash: (start: UInt, bytes: Int) { (0x8000, 0x4_0800) }
  package var pageBytes: Int { 1024 }
  package var slots: Slots { Slots(start: 0, imageBytes: 0x2_0000, pageBytes: 1024) }
  package var ticksPerSecond: UInt32 { 25_000_000 }

  private var uart: CMSDKUART { CMSDKUART(0x4000_4000) }
  private var watchdog: CMSDKWatchdog { CMSDKWatchdog(0x4000_8000) }

  package init() {
    MemoryProtection.start()
    SystemTimer.start()
    uart.start(divisor: 217)
    // A second, and another one.
    watchdog.start(ticks: 25_000_000)
  }

  package func receive() -> UInt8? { uart.receive() }
  package func send(_ byte: UInt8) { uart.send(byte) }
  package func feedWatchdog() { watchdog.feed() }

  package func erase(page offset: Int) throws(FlashWriteError) {
    try check(offset, pageBytes)
    MemoryProtection.unlock()
    var cursor = address(offset)
    let end = cursor &+ UInt(bitPattern: pageBytes)
    while cursor < end {
      setWord(at: cursor, 0xFFFF_FFFF)
      cursor &+= 4
    }
    MemoryProtection.lock()
    feedWatchdog()
  }

  /// As flash would: only zeros are made.
  @inline(never)
  package func program(_ value: UInt32, at offset: Int) throws(FlashWriteError) {
    try check(offset, 4)
    MemoryProtection.unlock()
    setWord(at: address(offset), word(at: address(offset)) & value)
    MemoryProtection.lock()
    try verify(value, offset)
  }
}
