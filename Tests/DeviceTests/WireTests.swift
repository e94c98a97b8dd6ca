import Device
import FaultLab
import Int8Runtime
import TestImages
import Testing

/// The node on a wire, in the simulation.
@Suite struct WireTests {
  @Test(arguments: WireTrials.Damage.allCases)
  func `a frame damaged in transit is never misread, and the next one is answered`(
    damage: WireTrials.Damage
  ) throws {
    let trials = try WireTrials(try randomImage(hidden: 16), pictures: handwriting.pixels)
    // 100,002 frames in all.
    let tally = trials.run(damage, count: 16_667, seed: 3)
    #expect(tally.sent == 16_667)
    #expect(tally.misread == 0)
    #expect(tally.recovered == tally.sent)
    // A frame with a picture takes as long.
    #expect(
      tally.recovery > 0
        && tally.recovery < UInt32(Frame.pictureFrameBytes) * SimulatedNode.byteTime)
  }

  @Test func `a reset in an update over the wire leaves the old image or the new one`() throws {
    let old = try randomImage(hidden: 16)
    let trials = try WireUpdateTrials(from: old, to: PowerTrials.variant(of: old), seed: 8)
    let tally = trials.run(1000, seed: 4)
    #expect(tally.cuts == 1000)
    #expect(tally.neither == 0 && tally.stranded == 0)
    #expect(tally.old > 0 && tally.old + tally.new == tally.cuts)
  }

  @Test func `a node answers what it is, refuses what it does not know, and feeds its watchdog`()
    throws
  {
    let image = try randomImage(hidden: 16)
    let slots = Slots(start: 0, imageBytes: image.count, pageBytes: 1024)
    var flash = SimulatedFlash(bytes: slots.bytes, pageBytes: 1024)
    #expect(SimulatedNode(slots, flash).slot == nil)
    var blank = SimulatedNode(slots, flash)
    for frame in WireUpdateTrials.frames(image) { _ = blank.take(frame) }
    flash = blank.flash
    var node = SimulatedNode(slots, flash)
    #expect(node.slot == .a)
    let identity = node.take(Frame.bytes(.identify, sequence: 9))
    #expect(identity[2] == Request.identify.rawValue + Request.answer && identity[3] == 9)
    #expect(
      Array(identity[(Frame.headBytes + 16)...].prefix(Header.bytes))
        == Array(image.prefix(Header.bytes)))
    let fed = node.fed
    for _ in 0..<10 { _ = node.wait(100) }
    #expect(node.fed == fed + 10)
    let unknown = node.take(Frame.bytes(kind: 77, sequence: 1, []))
    #expect(unknown[2] == 77 | Request.refusal && unknown[8] == Refusal.unknownRequest.rawValue)
    let early = node.take(Frame.bytes(.commit, sequence: 2))
    #expect(early[8] == Refusal.noUpdate.rawValue)
  }

  @Test func `an update refuses sizes and offsets that cannot be, and goes on where it was`() throws
  {
    let image = try randomImage(hidden: 16)
    let slots = Slots(start: 0, imageBytes: image.count, pageBytes: 1024)
    var node = SimulatedNode(slots, SimulatedFlash(bytes: slots.bytes, pageBytes: 1024))
    var sequence: UInt8 = 0
    func said(_ request: Request, _ words: [UInt32]) -> Refusal? {
      sequence &+= 1
      let answer = node.take(
        Frame.bytes(
          request, sequence: sequence,
          words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }))
      return answer[2] & 0xC0 == 0xC0 ? Refusal(rawValue: answer[8]) : nil
    }
    for length in [0, 1, 164, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, .max] as [UInt32] {
      #expect(said(.begin, [length]) == .wrongImageLength)
    }
    #expect(said(.begin, []) == .wrongLength)
    #expect(said(.classify, [1]) == .wrongLength)
    #expect(said(.begin, [UInt32(image.count), 0]) == .wrongLength)
    #expect(said(.begin, [UInt32(image.count)]) == nil)
    #expect(said(.write, [0, 1, 2]) == nil)
    // Once more, which changes nothing.
    #expect(said(.write, [0, 1, 2]) == nil)
    for offset in [1, 5, 12, 0x8000_0000, 0xFFFF_FFFC, .max] as [UInt32] {
      #expect(said(.write, [offset, 3]) == .wrongOffset)
    }
    #expect(said(.write, []) == .wrongOffset)
    #expect(said(.write, [8]) == .wrongOffset)
    #expect(said(.write, [8, 3]) == nil)
    #expect(said(.commit, []) == .wrongImageLength)
  }
}
