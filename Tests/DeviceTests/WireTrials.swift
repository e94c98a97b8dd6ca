import Device
@testable import FaultLab
import Int8Runtime
import SIMDMath

/// Damages frames in transit, requests to a node and its answers, and sees what either side takes for
/// true. Both sides run the runtime's own protocol.
struct WireTrials: Sendable {
  /// What happens to a frame in transit.
  enum Damage: String, Sendable, CaseIterable {
    /// It does not arrive.
    case dropped
    /// It arrives twice.
    case doubled
    /// One to eight of its bits are flipped.
    case flipped
    /// Its end is missing, or some bytes within it.
    case cut
    /// Its beginning is followed by the end of another frame.
    case spliced
    /// A pause within it that is longer than the other side waits.
    case delayed
  }

  /// What the frames of one kind of damage came to.
  struct Tally: Sendable, Equatable {
    /// Frames damaged.
    var sent = 0
    /// Answers that are not those of the picture that was asked about.
    var misread = 0
    /// Good frames, sent once the other side's patience was over, that were answered.
    var recovered = 0
    /// Microseconds from the end of what was damaged until the next frame was taken from its start: the most.
    var recovery: UInt32 = 0
  }

  private let slots: Slots
  private let flash: SimulatedFlash
  private let pictures: [UInt8]
  private let answers: [[UInt8]]

  /// Trials with an image that opens and pictures of 784 bytes each.
  init(_ image: [UInt8], pictures: [UInt8]) throws(Slots.UpdateError) {
    slots = Slots(start: 0, imageBytes: image.count, pageBytes: 1024)
    var flash = SimulatedFlash(bytes: slots.bytes, pageBytes: 1024)
    try PowerTrials.update(&flash, slots, to: image)
    self.flash = flash
    self.pictures = pictures
    // What an undamaged line gives, without its sequence number and checks.
    var node = SimulatedNode(slots, flash)
    answers = (0..<pictures.count / pictureBytes).map { index in
      let pixels = pictures[pictureBytes * index..<pictureBytes * (index + 1)]
      return WireTrials.logits(node.take(Frame.bytes(.classify, sequence: 1, pixels)))
    }
  }

  /// Class and logits of an answer, without the ticks between them.
  private static func logits(_ frame: [UInt8]) -> [UInt8] {
    Array(
      frame.dropFirst(Frame.headBytes).prefix(4) + frame.dropFirst(Frame.headBytes + 8).dropLast(4))
  }

  /// Damages `count` frames in one way.
  func run(_ damage: Damage, count: Int, seed: UInt64) -> Tally {
    var (tally, sequence) = (Tally(), 0 as UInt8)
    var (node, host) = (SimulatedNode(slots, flash), Listener())
    for index in 0..<count {
      var random = Random(seed: seed, stream: 0x5749_5245, index: UInt64(index))
      sequence &+= 2
      let picture = random.below(answers.count)
      let request = frame(picture, sequence)
      tally.sent += 1
      var heard: [Listener.Heard] = []
      if random.below(2) == 0 {
        let other = frame(random.below(answers.count), sequence &- 1)
        pass(request, other, damage, &random) { bytes, wait in
          heard += host.take(node.take(bytes))
          heard += host.take(node.wait(wait))
        }
      } else {
        let answer = node.take(request)
        let other = node.take(frame(random.below(answers.count), sequence &- 1))
        pass(answer, other, damage, &random) { bytes, wait in
          heard += host.take(bytes)
          host.wait(wait)
        }
      }
      tally.misread += heard.count { !isTrue($0, picture, sequence) }
      // Silence for as long as either side waits, and the next frame has to be taken.
      let patience = Frame.patienceMilliseconds * 1000 + 1
      heard = host.take(node.wait(patience))
      host.wait(patience)
      let next = random.below(answers.count)
      heard += host.take(node.take(frame(next, sequence &+ 1)))
      tally.misread += heard.count { !isTrue($0, next, sequence &+ 1) }
      if heard.contains(where: { isTrue($0, next, sequence &+ 1) }) {
        tally.recovered += 1
        tally.recovery = max(tally.recovery, patience)
      }
    }
    return tally
  }

  private func frame(_ picture: Int, _ sequence: UInt8) -> [UInt8] {
    Frame.bytes(
      .classify, sequence: sequence,
      pictures[pictureBytes * picture..<pictureBytes * (picture + 1)])
  }

  /// Whether what was heard is the answer to that picture, or to another question, which the asker leaves
  /// alone.
  private func isTrue(_ heard: Listener.Heard, _ picture: Int, _ sequence: UInt8) -> Bool {
    guard heard.head.sequence == sequence else { return true }
    return heard.head.kind == Request.classify.rawValue + Request.answer
      && WireTrials.logits(heard.frame) == answers[picture]
  }

  /// Sends a damaged frame in one or two pieces, with a pause behind each.
  private func pass(
    _ frame: [UInt8], _ other: [UInt8], _ damage: Damage, _ random: inout Random,
    _ send: ([UInt8], UInt32) -> Void
  ) {
    let offset = 1 + random.below(frame.count - 1)
    switch damage {
    case .dropped: break
    case .doubled: send(frame + frame, 0)
    case .flipped:
      var bytes = frame
      for _ in 0...random.below(8) {
        bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
      }
      send(bytes, 0)
    case .cut:
      let gap = offset + 1 + random.below(frame.count - offset)
      send(Array(frame[..<offset] + frame[gap...]), 0)
    case .spliced:
      let start = random.below(other.count)
      send(Array(frame[..<offset] + other[start...]), 0)
    case .delayed:
      let pause = Frame.patienceMilliseconds * 1000 + 1 + UInt32(random.below(1_000_000))
      send(Array(frame[..<offset]), pause)
      send(Array(frame[offset...]), 0)
    }
  }
}

/// The asking side's decoder, with its clock.
struct Listener {
  /// A whole frame.
  struct Heard {
    let head: FrameHead
    let frame: [UInt8]
  }

  private var decoder = FrameDecoder(patience: Frame.patienceMilliseconds * 1000)
  private var now: UInt32 = 0
  private var payload = [UInt8](repeating: 0, count: 4096)

  mutating func wait(_ microseconds: UInt32) {
    now &+= microseconds
    _ = decoder.tick(now)
  }

  mutating func take(_ bytes: [UInt8]) -> [Heard] {
    var heard: [Heard] = []
    for byte in bytes {
      now &+= SimulatedNode.byteTime
      switch decode(byte) {
      case .frame(let head, _), .repeated(let head, _):
        let body = payload[..<Int(head.length)]
        heard.append(
          Heard(
            head: head,
            frame: Frame.bytes(kind: head.kind, sequence: head.sequence, body)))
      default: break
      }
    }
    return heard
  }

  private mutating func decode(_ byte: UInt8) -> FrameDecoder.Event? {
    var decoder = decoder
    defer { self.decoder = decoder }
    let now = now
    var span = payload.mutableSpan
    var bytes = unsafe span.mutableBytes
    return decoder.take(byte, at: now, into: &bytes)
  }
}
