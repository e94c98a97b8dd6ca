/// Takes frames apart as their bytes arrive, and writes payloads where they are wanted.
///
/// A frame that is cut, garbled, late or old is named and dropped; the next good one is found again,
/// since whatever is not a frame is skipped up to the next `A5 5A`.
///
/// The CRC is computed of the payload as it stands in memory when all of it is there, and the
/// ``FletcherChecksum`` before it: a bit that flips in memory at any time after its byte arrived is found by
/// one of the two.
public struct FrameDecoder: Sendable {
  /// What a byte, or its absence, has completed.
  public enum Event: Sendable, Equatable {
    /// A whole frame is there; the checksum is of its payload.
    case frame(FrameHead, FletcherChecksum)
    /// The head's check differs, or its payload is longer than there is room for or not whole words.
    case wrongHead
    /// The CRC differs.
    case garbled
    /// The line fell silent within a frame.
    case late
    /// A good frame with the kind and sequence number of the one before it.
    case repeated(FrameHead, FletcherChecksum)
  }

  private var offset = 0
  private var head = FrameHead(word: 0)
  private var last: FrameHead?
  private var received: UInt32 = 0
  private var lastByte: UInt32 = 0
  /// The longest silence within a frame, in the unit of the caller's clock.
  public let patience: UInt32

  /// A decoder between two frames.
  ///
  /// - Parameter patience: the longest silence within a frame, in the unit of the caller's clock.
  public init(patience: UInt32) { self.patience = patience }

  /// Whether no frame has begun.
  public var isIdle: Bool { offset == 0 }

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
  ///   - payload: the room for one, written as it comes: until a frame is complete it is nothing.
  /// - Returns: what the byte completes or breaks, or nil in the midst of a frame and between two.
  public mutating func take(
    _ byte: UInt8, at now: UInt32, into payload: inout MutableRawSpan
  ) -> Event? {
    if let event = tick(now) {
      // The byte that broke the silence may begin the next frame.
      _ = take(byte, at: now, into: &payload)
      return event
    }
    lastByte = now
    if offset < Frame.headBytes { return takeHead(byte, room: payload.byteCount) }
    let written = offset &- Frame.headBytes
    if written < Int(head.length) {
      payload.store(byte, at: written)
      offset &+= 1
      return nil
    }
    return takeCheck(byte, payload.bytes)
  }

  private mutating func takeHead(_ byte: UInt8, room: Int) -> Event? {
    if offset < 2 {
      // What is not the second byte may yet be the first one.
      let isNext = byte == (offset == 0 ? Frame.sync.0 : Frame.sync.1)
      offset = isNext ? offset &+ 1 : byte == Frame.sync.0 ? 1 : 0
      return nil
    }
    received = received &>> 8 | UInt32(byte) &<< 24
    offset &+= 1
    if offset == 6 { head = FrameHead(word: received) }
    if offset < Frame.headBytes { return nil }
    let isPossible = Int(head.length) <= room && head.length & 3 == 0
    if !isPossible || UInt16(truncatingIfNeeded: received &>> 16) != head.check {
      offset = 0
      return .wrongHead
    }
    return nil
  }

  private mutating func takeCheck(_ byte: UInt8, _ payload: RawSpan) -> Event? {
    received = received &>> 8 | UInt32(byte) &<< 24
    offset &+= 1
    guard offset == Frame.overhead &+ Int(head.length) else { return nil }
    offset = 0
    let bytes = payload.slice(0, Int(head.length))
    let sum = FletcherChecksum(bytes)
    var crc = head.crc
    crc.add(bytes)
    guard received == crc.value else { return .garbled }
    if last == head { return .repeated(head, sum) }
    last = head
    return .frame(head, sum)
  }
}
