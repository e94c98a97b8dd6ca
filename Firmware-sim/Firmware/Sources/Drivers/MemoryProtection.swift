import Board

/// The memory protection unit of a Cortex-M3 or M4 (ARM DDI 0403, B3.5), for boards whose program stands in RAM: a
/// stray store must not change it, nor the images.
package enum MemoryProtection {
  /// Makes the 512 KB from zero on read-only, and the 16 KB of RAM at 0x2000_0000 no place for a program.
  /// All else is as it was.
  package static func start() {
    setRegion(0, start: 0, 0x0602_0025)
    setRegion(1, start: 0x2000_0000, 0x1302_001B)
    lock()
  }

  private static func setRegion(_ number: UInt32, start: UInt32, _ attributes: UInt32) {
    setWord(at: 0xE000_ED98, number)
    setWord(at: 0xE000_ED9C, start)
    setWord(at: 0xE000_EDA0, attributes)
  }

  /// Protects.
  package static func lock() { setWord(at: 0xE000_ED94, 5) }

  /// Does not, until ``lock()``.
  package static func unlock() { setWord(at: 0xE000_ED94, 0) }
}
