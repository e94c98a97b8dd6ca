/// A picture on a serial line:
///
///     A5 5A | sequence | length, 2 bytes | 784 pixels | CRC-32 of all since the sequence, 4 bytes
///
/// Numbers are little-endian.
public enum Frame {
  /// The first two bytes.
  public static let sync: (UInt8, UInt8) = (0xA5, 0x5A)
  /// What stands before the pixels.
  public static let headBytes = 5
  /// All bytes of a frame.
  public static let bytes = headBytes + pictureBytes + 4
}

/// Takes frames apart as their bytes arrive, and writes the pixels where they are wanted.
///
/// A frame that is cut, garbled, late or old is named and dropped; the next good one is found again,
/// since whatever is not a frame is skipped up to the next `A5 5A`.
public struct FrameDecoder: Sendable {
  /// What a byte, or its absence, has completed.
  public enum Event: Sendable, Equatable {
    /// A whole picture is there, with its sum.
    case picture(sequence: UInt8, FletcherChecksum)
    /// The length is none that a picture has.
    case wrongLength
    /// The CRC differs.
    case garbled
    /// The line fell silent within a frame.
    case late
    /// A good frame with a sequence number that was already answered.
    case repeated(sequence: UInt8)
  }

  private var offset = 0
  private var crc = IncrementalCRC()
  private var sequence: UInt8 = 0
  private var answered: UInt8?
  private var length: UInt16 = 0
  private var received: UInt32 = 0
  private var lastByte: UInt32 = 0
  /// The longest silence within a frame, in the unit of the caller's clock.
  public let patience: UInt32

  /// A decoder between two frames.
  ///
  /// - Parameter patience: the longest silence within a frame, in the unit of the caller's clock.
  public init(patience: UInt32) { self.patience = patience }

  /// Looks at the clock: a silence in a frame ends it.
  ///
  /// - Parameter now: the caller's clock, in the unit of ``patience``; it may wrap around.
  /// - Returns: ``Event/late``, or nil.
  public mutating func tick(_ now: UInt32) -> Event? {
    guard offset > 0, now &- lastByte > patience else { return nil }
    offset = 0
    return .late
  }

  /// Takes a byte that arrived at `now`.
  ///
  /// - Parameters:
  ///   - byte: the next one of the line.
  ///   - now: the caller's clock, in the unit of ``patience``; it may wrap around.
  ///   - picture: ``pictureBytes``, written as they come: until a picture is complete they are nothing.
  /// - Returns: what the byte completes or breaks, or nil in the midst of a frame and between two.
  public mutating func take(
    _ byte: UInt8, at now: UInt32, into picture: inout MutableRawSpan
  ) -> Event? {
    if let event = tick(now) {
      // The byte that broke the silence may begin the next frame.
      _ = take(byte, at: now, into: &picture)
      return event
    }
    lastByte = now
    switch offset {
    case 0:
      if byte == Frame.sync.0 { offset = 1 }
    case 1:
      offset = byte == Frame.sync.1 ? 2 : byte == Frame.sync.0 ? 1 : 0
    case 2..<Frame.headBytes: return takeHead(byte)
    case Frame.headBytes..<Frame.headBytes &+ pictureBytes:
      picture.store(byte, at: offset &- Frame.headBytes)
      crc.add(byte)
      offset &+= 1
    default: return takeCheck(byte, picture.bytes)
    }
    return nil
  }

  private mutating func takeHead(_ byte: UInt8) -> Event? {
    if offset == 2 {
      crc = IncrementalCRC()
      sequence = byte
    }
    crc.add(byte)
    length = length &>> 8 | UInt16(byte) &<< 8
    offset &+= 1
    if offset == Frame.headBytes && length != UInt16(pictureBytes) {
      offset = 0
      return .wrongLength
    }
    return nil
  }

  private mutating func takeCheck(_ byte: UInt8, _ picture: RawSpan) -> Event? {
    received = received &>> 8 | UInt32(byte) &<< 24
    offset &+= 1
    guard offset == Frame.bytes else { return nil }
    offset = 0
    guard received == crc.value else { return .garbled }
    if answered == sequence { return .repeated(sequence: sequence) }
    answered = sequence
    return .picture(sequence: sequence, FletcherChecksum(picture))
  }
}
