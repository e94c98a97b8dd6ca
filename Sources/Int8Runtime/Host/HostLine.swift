#if !hasFeature(Embedded)
  /// A line whose bytes are kept.
  package struct HostLine: ByteLine, Sendable {
    /// What was sent.
    package private(set) var bytes: [UInt8] = []

    /// A line without a byte on it.
    package init() {}

    package mutating func send(_ byte: UInt8) { bytes.append(byte) }

    /// What was sent since the last time.
    package mutating func take() -> [UInt8] {
      defer { bytes = [] }
      return bytes
    }
  }

  extension Frame {
    /// A whole frame; the payload is whole words, 65,532 bytes at most.
    package static func bytes(kind: UInt8, sequence: UInt8, _ payload: some Collection<UInt8>)
      -> [UInt8]
    {
      precondition(payload.count % 4 == 0 && payload.count <= 65_532)
      var line = HostLine()
      let head = FrameHead(kind: kind, sequence: sequence, length: UInt16(payload.count))
      var frame = FrameWriter(head, to: &line)
      frame.send(unsafe Array(payload).span.bytes, to: &line)
      frame.finish(to: &line)
      return line.take()
    }

    /// A request.
    package static func bytes(
      _ request: Request, sequence: UInt8, _ payload: some Collection<UInt8> = EmptyCollection()
    ) -> [UInt8] {
      bytes(kind: request.rawValue, sequence: sequence, payload)
    }
  }
#endif
