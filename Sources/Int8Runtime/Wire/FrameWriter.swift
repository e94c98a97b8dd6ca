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
  public init<Line: ByteLine & ~Copyable>(_ head: FrameHead, to line: inout Line) {
    crc = head.crc
    line.send(Frame.sync.0)
    line.send(Frame.sync.1)
    line.send(head.kind)
    line.send(head.sequence)
    line.send(UInt8(truncatingIfNeeded: head.length))
    line.send(UInt8(truncatingIfNeeded: head.length &>> 8))
    line.send(UInt8(truncatingIfNeeded: head.check))
    line.send(UInt8(truncatingIfNeeded: head.check &>> 8))
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
    var (word, copy) = (word, copy)
    for _ in 0..<4 {
      line.send(UInt8(truncatingIfNeeded: word))
      crc.add(UInt8(truncatingIfNeeded: copy))
      word &>>= 8
      copy &>>= 8
    }
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
    var check = crc.value
    for _ in 0..<4 {
      line.send(UInt8(truncatingIfNeeded: check))
      check &>>= 8
    }
  }
}
