import Int8Runtime
import Network
import SIMDMath
import Testing

@Suite("CRC-32")
struct CRC32Tests {
  private func checksum(_ bytes: [UInt8]) -> UInt32 { crc32(bytes.span.bytes) }

  /// Bit by bit, as the standard divides.
  private func division(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return crc ^ 0xFFFF_FFFF
  }

  @Test("the check value of the catalog, nothing, and texts whose checksums are known")
  func knownValues() {
    #expect(checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(checksum([]) == 0)
    #expect(checksum(Array("a".utf8)) == 0xE8B7_BE43)
    #expect(checksum(Array("The quick brown fox jumps over the lazy dog".utf8)) == 0x414F_A339)
    #expect(checksum([0, 0, 0, 0]) == 0x2144_DF1C)
    #expect(checksum([0xFF, 0xFF, 0xFF, 0xFF]) == 0xFFFF_FFFF)
  }

  @Test("bytes of any value and number are divided as the standard does")
  func matchesDivision() {
    var random = Random(seed: 61)
    for byte in UInt8.min...255 { #expect(checksum([byte]) == division([byte])) }
    for count in [2, 3, 4, 5, 31, 256, 1000] {
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(checksum(bytes) == division(bytes))
    }
  }
}
