/// ``crc32(_:after:)`` of bytes that come a few at a time.
///
/// "1234" and then "56789" give 0xCBF43926, as "123456789" does.
public struct IncrementalCRC: Sendable, Equatable {
  private var register: UInt32 = 0xFFFF_FFFF

  /// The CRC of nothing yet.
  public init() {}

  /// The CRC-32 of everything added.
  public var value: UInt32 { ~register }

  /// Adds the four bytes of a word, the lowest first.
  public mutating func add(_ word: UInt32) {
    register = remainder(of: register, bytesOf: word)
  }

  /// Goes on with the bytes that follow those before.
  public mutating func add(_ bytes: RawSpan) {
    register = ~crc32(bytes, after: ~register)
  }
}
