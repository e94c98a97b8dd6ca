import Device
@testable import FaultLab
import Int8Runtime
import SIMDMath

/// Updates a node over its wire, and resets it at any moment.
struct WireUpdateTrials: Sendable {
  private let power: PowerTrials

  /// From one image that opens to another.
  init(from old: [UInt8], to new: [UInt8], seed: UInt64) throws(Slots.UpdateError) {
    power = try PowerTrials(from: old, to: new, seed: seed)
  }

  /// The frames of an update, in order.
  static func frames(_ image: [UInt8], chunk: Int = 512) -> [[UInt8]] {
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
  func run(_ count: Int, seed: UInt64) -> PowerTrials.Tally {
    let frames = WireUpdateTrials.frames(power.new)
    var tally = PowerTrials.Tally()
    tally.writes = update(power.before, frames).writes - power.before.writes
    for index in 0..<count {
      var random = Random(seed: seed, stream: 0x5752_5350, index: UInt64(index))
      var flash = power.before
      let tears = SimulatedFlash.Tear.allCases
      flash.cut = (random.below(tally.writes), tears[random.below(tears.count)])
      flash = update(flash, frames)
      flash.powerUp()
      tally.add(booted(flash))
      if booted(update(flash, frames)) != .new { tally.stranded += 1 }
    }
    return tally
  }

  /// What the flash holds once a node that booted from it has been sent these frames.
  private func update(_ flash: SimulatedFlash, _ frames: [[UInt8]]) -> SimulatedFlash {
    var node = SimulatedNode(power.slots, flash)
    for frame in frames {
      // A node without power does not answer, and hears no more.
      let answer = node.take(frame)
      if answer.count < Frame.overhead || answer[2] & 0xC0 == 0xC0 { break }
    }
    return node.flash
  }

  /// What a node boots from a flash.
  private func booted(_ flash: SimulatedFlash) -> PowerTrials.Booted {
    power.booted(SimulatedNode(power.slots, flash).slot, of: flash)
  }
}
