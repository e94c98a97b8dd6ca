/// CRC-32 as of IEEE 802.3, zlib and PNG: polynomial 0xEDB88320 reflected, all ones in and out.
///
/// The bytes `"123456789"` give 0xCBF43926.
///
/// - Parameters:
///   - bytes: any number of them.
///   - previous: what the bytes before these gave; 0 if there are none.
/// - Complexity: two look-ups in a table of 64 bytes for each byte.
@inline(never)
public func crc32(_ bytes: RawSpan, after previous: UInt32 = 0) -> UInt32 {
  // Not inlined: a firmware calls this where it opens, scrubs, boots and updates. There the 0 is said, too: a default
  // would be a function of its own.
  var crc = ~previous
  for i in 0..<bytes.byteCount {
    // In bounds by the loop.
    crc = remainder(of: crc, unsafe bytes.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self))
  }
  return ~crc
}

/// What a remainder and the next byte leave.
@inline(__always)
private func remainder(of previous: UInt32, _ byte: UInt8) -> UInt32 {
  var crc = previous ^ UInt32(byte)
  crc = (crc &>> 4) ^ remainder(of: crc & 15)
  return (crc &>> 4) ^ remainder(of: crc & 15)
}

/// What a remainder and the four bytes of a word, the lowest first, leave.
@inline(never)
func remainder(of previous: UInt32, bytesOf word: UInt32) -> UInt32 {
  var (crc, rest) = (previous, word)
  for _ in 0..<4 {
    crc = remainder(of: crc, UInt8(truncatingIfNeeded: rest))
    rest &>>= 8
  }
  return crc
}

/// What four bits leave after four steps of the division.
@inline(__always)
private func remainder(of bits: UInt32) -> UInt32 { table[Int(bits)] }

private let table: InlineArray<16, UInt32> = [
  0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158,
  0x5005_713C, 0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4,
  0xA00A_E278, 0xBDBD_F21C,
]
