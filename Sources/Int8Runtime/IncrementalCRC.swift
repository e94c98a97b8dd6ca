/// ``crc32(_:)`` of bytes that come a few at a time.
///
/// "1234" and then "56789" give 0xCBF43926, as "123456789" does.
public struct IncrementalCRC: Sendable, Equatable {
  private var remainder: UInt32 = 0xFFFF_FFFF

  /// The CRC of nothing yet.
  public init() {}

  /// The CRC-32 of everything added.
  public var value: UInt32 { ~remainder }

  /// Adds a byte.
  /// - Complexity: two look-ups in a table of 64 bytes.
  @inline(__always)
  public mutating func add(_ byte: UInt8) {
    remainder ^= UInt32(byte)
    remainder = (remainder &>> 4) ^ table[Int(remainder & 15)]
    remainder = (remainder &>> 4) ^ table[Int(remainder & 15)]
  }

  /// Adds bytes.
  public mutating func add(_ bytes: RawSpan) {
    for i in 0..<bytes.byteCount {
      // In bounds by the loop.
      add(unsafe bytes.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self))
    }
  }
}

/// What four bits leave after four steps of the division.
private let table: InlineArray<16, UInt32> = [
  0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158,
  0x5005_713C, 0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4,
  0xA00A_E278, 0xBDBD_F21C,
]
