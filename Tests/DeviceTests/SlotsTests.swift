import Device
import FaultLab
import Int8Runtime
import TestImages
import Testing

@Suite struct SlotsTests {
  private let image: [UInt8]
  private let slots: Slots

  init() throws {
    image = try randomImage(hidden: 16)
    slots = Slots(start: 1024, imageBytes: image.count, pageBytes: 1024)
  }

  private func flash() -> SimulatedFlash {
    SimulatedFlash(bytes: slots.start + slots.bytes, pageBytes: 1024)
  }

  private func update(_ flash: inout SimulatedFlash, to bytes: [UInt8]) throws {
    var update = try SlotUpdate(slots, of: &flash, imageBytes: bytes.count)
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let word = (0..<4).reduce(0 as UInt32) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
      try update.write(word, to: &flash)
    }
    try update.commit(&flash)
  }

  @Test func `erased flash boots nothing`() {
    #expect(slots.boot(flash().contents) == nil)
  }

  @Test func `updates take turns, and the newest is booted`() throws {
    var flash = flash()
    for turn in 0..<5 {
      try update(&flash, to: image)
      #expect(slots.boot(flash.contents) == (turn % 2 == 0 ? .a : .b))
    }
  }

  @Test func `an image that does not open is never committed, and the old one stays`() throws {
    var flash = flash()
    try update(&flash, to: image)
    var broken = image
    broken[5000] ^= 1
    #expect(throws: Slots.UpdateError.image(.payloadChecksum)) {
      try update(&flash, to: broken)
    }
    #expect(slots.boot(flash.contents) == .a)
  }

  @Test func `an image that rots in its slot gives way to the one before it`() throws {
    var flash = flash()
    try update(&flash, to: image)
    try update(&flash, to: image)
    #expect(slots.boot(flash.contents) == .b)
    // A word that is programmed twice has lost bits.
    try flash.program(0, at: slots.offset(.b) + 4000)
    #expect(slots.boot(flash.contents) == .a)
    #expect(slots.boot(flash.contents, except: .a) == nil)
  }

  @Test func `a slot that failed its self-test is left out`() throws {
    var flash = flash()
    try update(&flash, to: image)
    try update(&flash, to: image)
    #expect(slots.boot(flash.contents, except: .b) == .a)
  }

  @Test func `an image longer than a slot is refused before anything is erased`() throws {
    var flash = flash()
    try update(&flash, to: image)
    let writes = flash.writes
    #expect(throws: Slots.UpdateError.wrongLength) {
      _ = try SlotUpdate(slots, of: &flash, imageBytes: slots.slotBytes)
    }
    #expect(flash.writes == writes)
  }

  @Test func `an update that ends too early is not committed`() throws {
    var flash = flash()
    var update = try SlotUpdate(slots, of: &flash, imageBytes: image.count)
    try update.write(0x5447_4453, to: &flash)
    #expect(throws: Slots.UpdateError.wrongLength) { try update.commit(&flash) }
    #expect(slots.boot(flash.contents) == nil)
  }
}
