/// Reads the model image again, a slice between one inference and the next, and says when it has
/// rotted since it was opened.
///
/// An image of 14 KB in slices of 256 bytes is read over within 55 inferences.
public struct FlashScrubber: Sendable {
  /// What a slice has shown.
  public enum Finding: Sendable, Equatable {
    /// The round is not over.
    case underWay
    /// The round is over, and header and payload have their checksums.
    case sound
    /// A checksum differs: the image must not be used any more.
    case damaged
  }

  private var crc = IncrementalCRC()
  private var offset = 0

  /// The start of a round.
  public init() {}

  /// Reads the next bytes of an image that was opened before.
  ///
  /// - Parameters:
  ///   - bytes: the whole image, as it reads now.
  ///   - slice: how many bytes of it to read, above 0; fewer are read where a round ends.
  public mutating func advance(_ bytes: RawSpan, slice: Int) -> Finding {
    var rest = slice
    while rest > 0 {
      let inHeader = offset < Header.headerChecksum
      let end = inHeader ? Header.headerChecksum : bytes.byteCount
      let next = rest < end &- offset ? offset &+ rest : end
      crc.add(bytes.slice(offset, next))
      rest &-= next &- offset
      offset = next
      if offset < end { continue }
      let field = inHeader ? Header.headerChecksum : Header.payloadChecksum
      let isSound = crc.value == bytes.unsigned(field)
      crc = IncrementalCRC()
      offset = inHeader ? Header.bytes : 0
      if !isSound { return .damaged }
      if !inHeader { return .sound }
    }
    return .underWay
  }
}
