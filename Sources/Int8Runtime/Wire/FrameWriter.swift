/// A line that takes a byte at a time.
public protocol ByteLine: ~Copyable {
  /// Sends a byte, or waits until it can.
  mutating func send(_ byte: UInt8)
}

/// Puts a frame on a line as its payload becomes known: no memory but this.
///
/// ```swift
/// var frame = FrameWriter(head, to: &line)
/// frame.send(word, to: &line)
/// frame.finish(to: &line)
/// ```
public struct FrameWriter: Sendable {
  private var crc: IncrementalCRC

  /// Sends a head. As many bytes as it says must follow.
  @inline(never)
  public init<Line: ByteLine & ~Copyable>(_ head: FrameHead, to line: inout Line) {
    crc = head.crc
    let (first, second) = Frame.sync
    let start = UInt32(first) | UInt32(second) &<< 8
    FrameWriter.put(start | head.word &<< 16, on: &line)
    FrameWriter.put(head.word &>> 16 | UInt32(head.check) &<< 16, on: &line)
  }

  /// Puts the four bytes of a word on the line, the lowest first.
  @inline(never)
  private static func put<Line: ByteLine & ~Copyable>(_ word: UInt32, on line: inout Line) {
    var rest = word
    for _ in 0..<4 {
      line.send(UInt8(truncatingIfNeeded: rest))
      rest &>>= 8
    }
  }

  /// Sends a word of the payload.
  public mutating func send<Line: ByteLine & ~Copyable>(_ word: UInt32, to line: inout Line) {
    send(word, checkedAs: word, to: &line)
  }

  /// Sends a word of which there are two copies: one goes over the line, and the other into the frame's CRC,
  /// so that whoever receives the frame finds that they differ.
  @inline(never)
  public mutating func send<Line: ByteLine & ~Copyable>(
    _ word: UInt32, checkedAs copy: UInt32, to line: inout Line
  ) {
    FrameWriter.put(word, on: &line)
    crc.add(copy)
  }

  /// Sends whole words of the payload.
  public mutating func send<Line: ByteLine & ~Copyable>(_ bytes: RawSpan, to line: inout Line) {
    var offset = 0
    while offset &+ 4 <= bytes.byteCount {
      send(bytes.unsigned(offset), to: &line)
      offset &+= 4
    }
  }

  /// Sends the CRC.
  public func finish<Line: ByteLine & ~Copyable>(to line: inout Line) {
    FrameWriter.put(crc.value, on: &line)
  }
}
