import Device
import Int8Runtime
import SIMDMath

/// Updates a node over its wire, and resets it at any moment.
package struct WireUpdateTrials: Sendable {
  /// What all resets came to.
  package struct Tally: Sendable, Equatable {
    /// Resets tried.
    package var resets = 0
    /// Booted the old image.
    package var old = 0
    /// Booted the new one.
    package var new = 0
    /// Booted nothing, or something else.
    package var neither = 0
    /// Updates made again after the reset that did not end with the new image.
    package var stranded = 0
  }

  private let old: [UInt8]
  private let new: [UInt8]
  private let slots: Slots
  private let before: SimulatedFlash

  /// From one image that opens to another.
  package init(from old: [UInt8], to new: [UInt8], seed: UInt64) throws(Slots.UpdateError) {
    (self.old, self.new) = (old, new)
    slots = Slots(start: 0, imageBytes: max(old.count, new.count), pageBytes: 1024)
    var flash = SimulatedFlash(bytes: slots.bytes, pageBytes: 1024, seed: seed)
    try PowerTrials.update(&flash, slots, to: old)
    flash.powerUp()
    before = flash
  }

  /// The frames of an update, in order.
  package static func frames(_ image: [UInt8], chunk: Int = 512) -> [[UInt8]] {
    var length: [UInt8] = []
    length.append(littleEndian: UInt32(image.count))
    var frames = [Frame.bytes(.begin, sequence: 0, length)]
    for start in stride(from: 0, to: image.count, by: chunk) {
      var payload: [UInt8] = []
      payload.append(littleEndian: UInt32(start))
      payload += image[start..<min(image.count, start + chunk)]
      frames.append(
        Frame.bytes(.write, sequence: UInt8(truncatingIfNeeded: frames.count), payload))
    }
    return frames + [Frame.bytes(.commit, sequence: UInt8(truncatingIfNeeded: frames.count))]
  }

  /// Resets `count` times, each at a random write to flash, before it, within it or after it.
  package func run(_ count: Int, seed: UInt64) -> Tally {
    let frames = WireUpdateTrials.frames(new)
    let writes = update(before, frames).writes - before.writes
    var tally = Tally()
    for index in 0..<count {
      var random = Random(seed: seed, stream: 0x5752_5350, index: UInt64(index))
      var flash = before
      let tears = SimulatedFlash.Tear.allCases
      flash.cut = (random.below(writes), tears[random.below(tears.count)])
      flash = update(flash, frames)
      flash.powerUp()
      tally.resets += 1
      switch booted(flash) {
      case .old: tally.old += 1
      case .new: tally.new += 1
      case .neither: tally.neither += 1
      }
      if booted(update(flash, frames)) != .new { tally.stranded += 1 }
    }
    return tally
  }

  /// What the flash holds once a node that booted from it has been sent these frames.
  private func update(_ flash: SimulatedFlash, _ frames: [[UInt8]]) -> SimulatedFlash {
    var node = SimulatedNode(slots, flash)
    for frame in frames {
      // A node without power does not answer, and hears no more.
      let answer = node.take(frame)
      if answer.count < Frame.overhead || answer[2] & 0xC0 == 0xC0 { break }
    }
    return node.flash
  }

  /// What a node boots from a flash.
  private func booted(_ flash: SimulatedFlash) -> PowerTrials.Booted {
    guard let slot = SimulatedNode(slots, flash).slot,
      let image = slots.image(slot, of: flash.contents)
    else { return .neither }
    let bytes = unsafe image.withUnsafeBytes { unsafe Array($0) }
    return bytes == new ? .new : bytes == old ? .old : .neither
  }
}
