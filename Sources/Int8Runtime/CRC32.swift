/// CRC-32 as of IEEE 802.3, zlib and PNG: polynomial 0xEDB88320 reflected, all ones in and out.
///
/// The bytes `"123456789"` give 0xCBF43926.
/// - Complexity: two look-ups in a table of 64 bytes for each byte.
public func crc32(_ bytes: RawSpan) -> UInt32 {
  var crc = IncrementalCRC()
  crc.add(bytes)
  return crc.value
}
