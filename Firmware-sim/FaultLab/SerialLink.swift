import Device
import Int8Runtime
import SIMDMath

/// The line that pictures come over, and what can happen to them there.
package struct SerialLink: Sendable {
  /// What happens to a frame.
  package enum Damage: String, Sendable, CaseIterable {
    /// The frame arrives as it was sent.
    case none
    /// Its end is missing.
    case cut
    /// Some bytes within it are missing.
    case gap
    /// Some of its bits are flipped.
    case garbled
    /// Bytes of noise within it.
    case noise
    /// A pause within it that is longer than the device waits.
    case late
    /// It comes twice.
    case repeated
  }

  /// Microseconds for each byte: ten bits at 115,200 a second.
  package static let byteTime: UInt32 = 87
  /// How long the device waits for the next byte: three bytes' time.
  package static let patience: UInt32 = 3 * byteTime

  /// The bytes of a frame with a picture.
  package static func frame(_ pixels: ArraySlice<UInt8>, sequence: UInt8) -> [UInt8] {
    Frame.bytes(.classify, sequence: sequence, pixels)
  }

  /// The bytes that arrive, each with the time since the one before, and which is the first of them
  /// that is not as it should be.
  static func arriving(
    _ frame: [UInt8], _ damage: Damage, _ random: inout Random
  ) -> (bytes: [(byte: UInt8, wait: UInt32)], damaged: Int) {
    var bytes = frame.map { (byte: $0, wait: byteTime) }
    var first = frame.count
    let offset = 2 + random.below(frame.count - 3)
    let length = 1 + random.below(frame.count - offset - 1)
    switch damage {
    case .none: break
    case .cut:
      bytes.removeSubrange(offset...)
      first = offset
    case .gap:
      bytes.removeSubrange(offset..<offset + min(length, 20))
      first = offset
    case .garbled:
      for _ in 0...random.below(8) {
        let hit = 2 + random.below(frame.count - 2)
        bytes[hit].byte ^= 1 << UInt8(random.below(8))
        first = min(first, hit)
      }
    case .noise:
      for i in offset..<offset + length { bytes[i].byte = UInt8(truncatingIfNeeded: random.next()) }
      first = offset
    case .late:
      bytes[offset].wait = patience + 1 + UInt32(random.below(1_000_000))
      first = offset
    case .repeated: bytes += bytes
    }
    return (bytes, first)
  }
}

/// Sends damaged frames, each followed by a good one, and sees which pictures the device takes.
package struct FrameTrials: Sendable {
  /// What the frames of one kind of damage came to.
  package struct Tally: Sendable, Equatable {
    /// Frames sent.
    package var sent = 0
    /// Damage that left the frame as it was.
    package var unharmed = 0
    /// Pictures taken that are not the one that was sent.
    package var wrong = 0
    /// Taken a second time.
    package var twice = 0
    /// Frames named as damaged, late or repeated.
    package var named = 0
    /// Good frames, sent after the damaged one, that arrived.
    package var recovered = 0
    /// Microseconds from the first byte that was not as it should be until it was named: the mean.
    package var microseconds = 0
  }

  /// Needs nothing: a frame is damaged on the line, whatever the device holds.
  package init() {}

  /// Sends `count` frames with one kind of damage.
  package func run(
    _ damage: SerialLink.Damage, count: Int, pictures: [UInt8], seed: UInt64
  ) -> Tally {
    var tally = Tally()
    for index in 0..<count {
      var random = Random(seed: seed, stream: 0x4652_414D, index: UInt64(index))
      send(damage, pictures, &random, &tally)
    }
    tally.microseconds /= max(1, tally.named)
    return tally
  }

  private func send(
    _ damage: SerialLink.Damage, _ pictures: [UInt8], _ random: inout Random, _ tally: inout Tally
  ) {
    let start = pictureBytes * random.below(pictures.count / pictureBytes)
    let pixels = pictures[start..<start + pictureBytes]
    let frame = SerialLink.frame(pixels, sequence: 7)
    let (bytes, damaged) = SerialLink.arriving(frame, damage, &random)
    var line = Line()
    tally.sent += 1
    if bytes.map(\.byte) == frame && damage != .late { tally.unharmed += 1 }
    for (byte, wait) in bytes { line.take(byte, wait) }
    let damageTime = SerialLink.byteTime * UInt32(damaged)
    // The sender waits for an answer, in vain, and sends again.
    line.wait(100_000)
    let beforeSecond = line.events.count
    tally.wrong += line.pictures.count { $0[...] != pixels }
    tally.twice += max(0, line.pictures.count - 1)
    let problems = line.events[..<beforeSecond].filter { $0.event.isProblem }
    if let first = problems.first {
      tally.named += 1
      tally.microseconds += Int(first.time > damageTime ? first.time - damageTime : 0)
    }
    let taken = line.pictures.count
    for byte in SerialLink.frame(pixels, sequence: 8) { line.take(byte, SerialLink.byteTime) }
    let isTaken = line.pictures.count == taken + 1 && line.pictures.last?[...] == pixels
    tally.recovered += isTaken ? 1 : 0
  }
}

/// A decoder with its clock, and what it has said.
struct Line {
  private var decoder = FrameDecoder(patience: SerialLink.patience)
  private var memory = [UInt8](repeating: 0, count: pictureBytes)
  private(set) var now: UInt32 = 0
  private(set) var events: [(event: FrameDecoder.Event, time: UInt32)] = []
  private(set) var pictures: [[UInt8]] = []

  mutating func take(_ byte: UInt8, _ wait: UInt32) {
    self.wait(wait)
    if let event = decode(byte) { add(event) }
  }

  private mutating func decode(_ byte: UInt8) -> FrameDecoder.Event? {
    var decoder = decoder
    let now = now
    defer { self.decoder = decoder }
    var span = memory.mutableSpan
    var bytes = unsafe span.mutableBytes
    return decoder.take(byte, at: now, into: &bytes)
  }

  /// Time passes; the device looks at its clock every byte's time.
  mutating func wait(_ time: UInt32) {
    let end = now &+ time
    while now != end {
      now &+= min(SerialLink.byteTime, end &- now)
      if let event = decoder.tick(now) { add(event) }
    }
  }

  private mutating func add(_ event: FrameDecoder.Event) {
    events.append((event, now))
    if case .frame = event { pictures.append(memory) }
  }
}

extension FrameDecoder.Event {
  /// Whether it is anything but a picture.
  var isProblem: Bool {
    if case .frame = self { return false }
    return true
  }
}
