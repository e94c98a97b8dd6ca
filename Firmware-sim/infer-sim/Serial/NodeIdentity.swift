import Device
import Int8Runtime

/// Who a node says it is.
struct NodeIdentity {
  /// Which of its two slots it runs from: a or b.
  let slot: String
  /// Ticks a second of the clock that it measures with.
  let ticksPerSecond: Int
  /// The longest image that a slot holds, in bytes.
  let room: Int
  /// The header of its image.
  let header: [UInt8]

  /// Reads an answer to `Request.identify`.
  ///
  /// - Returns: nil if it is too short, or of another version of the protocol.
  init?(_ answer: [UInt8]) {
    guard answer.count >= 16 + Header.bytes else { return nil }
    let words = unsafe answer.span.bytes
    guard words.littleEndianWord(at: 4 * Identity.version.rawValue) == Identity.protocolVersion
    else { return nil }
    slot = words.littleEndianWord(at: 4 * Identity.slot.rawValue) == 0 ? "a" : "b"
    ticksPerSecond = Int(words.littleEndianWord(at: 4 * Identity.ticksPerSecond.rawValue))
    room = Int(words.littleEndianWord(at: 4 * Identity.room.rawValue))
    header = Array(answer[16..<16 + Header.bytes])
  }

  /// Whether it runs this image: the header holds the checksum of all that is behind it.
  func runs(_ image: [UInt8]) -> Bool { image.starts(with: header) }

  /// An image in a few words, by its header: `784-32-10, checksum 1A2B3C4D`.
  static func summary(_ header: [UInt8]) -> String {
    let words = unsafe header.span.bytes
    let side = Int(header[Header.side])
    let sizes = words.littleEndianWord(at: Header.hidden)
    let check = String(words.littleEndianWord(at: Header.payloadChecksum), radix: 16)
    return "\(side * side)-\(sizes & 0xFFFF)-\(sizes >> 16), checksum \(check)"
  }
}
