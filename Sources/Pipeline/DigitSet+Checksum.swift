import Digits

extension DigitSet {
  /// A number that changes with any pixel or label: FNV-1a by words of eight bytes, as fast as memory.
  var checksum: String {
    let bytes = unsafe pixels.span.bytes
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ word: UInt64) {
      hash = (hash ^ word) &* 0x100_0000_01B3
      // Otherwise the upper bits of a word would never reach the lower ones of the sum.
      hash ^= hash &>> 32
    }
    // A picture is a whole number of words.
    for offset in stride(from: 0, to: bytes.byteCount & ~7, by: 8) {
      unsafe add(bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
    }
    for label in labels { add(UInt64(label)) }
    return String(hash, radix: 16)
  }
}
