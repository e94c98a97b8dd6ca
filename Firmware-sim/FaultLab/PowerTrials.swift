import Device
import Int8Runtime
import SIMDMath

/// Cuts the power while an image is replaced, or while a picture is read.
package struct PowerTrials: Sendable {
  /// What the device booted after the cut.
  package enum Booted: Sendable, Equatable {
    case old
    case new
    case neither
  }

  /// What all cuts came to.
  package struct Tally: Sendable, Equatable {
    /// Erasures and programmings of one update.
    package var writes = 0
    /// Cuts tried.
    package var cuts = 0
    /// Booted the old image.
    package var old = 0
    /// Booted the new one.
    package var new = 0
    /// Booted nothing, or something else.
    package var neither = 0
    /// After the cut, updates begun again that did not end with the new image.
    package var stranded = 0

    /// Counts a cut by what booted after it.
    mutating func add(_ booted: Booted) {
      cuts += 1
      switch booted {
      case .old: old += 1
      case .new: new += 1
      case .neither: neither += 1
      }
    }
  }

  private let old: [UInt8]
  let new: [UInt8]
  let slots: Slots
  let before: SimulatedFlash

  /// Two images that open, and a flash in whose slots the old one is committed.
  package init(
    from old: [UInt8], to new: [UInt8], pageBytes: Int = 1024, seed: UInt64 = 0
  ) throws(Slots.UpdateError) {
    self.old = old
    self.new = new
    slots = Slots(start: 0, imageBytes: max(old.count, new.count), pageBytes: pageBytes)
    var flash = SimulatedFlash(bytes: slots.bytes, pageBytes: pageBytes, seed: seed)
    try PowerTrials.update(&flash, slots, to: old)
    flash.powerUp()
    before = flash
  }

  /// An image with the same weights and another seed in its header: something to update to.
  package static func variant(of image: [UInt8]) -> [UInt8] {
    var bytes = image
    bytes[Header.seed] ^= 1
    bytes.sealModelImage()
    return bytes
  }

  /// How many erasures and programmings an update takes.
  package func writes() throws(Slots.UpdateError) -> Int {
    var flash = before
    try PowerTrials.update(&flash, slots, to: new)
    return flash.writes
  }

  /// Cuts the power at every write, in each of the three ways, and afterwards updates once more.
  ///
  /// - Parameter limit: at only so many writes, evenly spread, and at the last eight.
  package func everyWrite(
    limit: Int = .max, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(Slots.UpdateError) -> Tally {
    var tally = Tally()
    tally.writes = try writes()
    let step = max(1, tally.writes / limit)
    for write in 0..<tally.writes where write % step == 0 || write >= tally.writes - 8 {
      for tear in SimulatedFlash.Tear.allCases {
        let (booted, flash) = cut(write, tear)
        tally.add(booted)
        if !recovers(flash) { tally.stranded += 1 }
      }
      progress(write, tally.writes)
    }
    return tally
  }

  /// Cuts the power at one write.
  package func cut(
    _ write: Int, _ tear: SimulatedFlash.Tear
  ) -> (booted: Booted, flash: SimulatedFlash) {
    var flash = before
    flash.cut = (write, tear)
    // That it fails is what is tried; only what boots afterwards counts.
    do throws(Slots.UpdateError) { try PowerTrials.update(&flash, slots, to: new) } catch {}
    flash.powerUp()
    return (booted(flash), flash)
  }

  /// What a flash boots.
  func booted(_ flash: SimulatedFlash) -> Booted { booted(slots.boot(flash.contents), of: flash) }

  /// What is in the slot that was booted.
  func booted(_ slot: Slots.Slot?, of flash: SimulatedFlash) -> Booted {
    guard let slot, let image = slots.image(slot, of: flash.contents) else { return .neither }
    return equal(image, new) ? .new : equal(image, old) ? .old : .neither
  }

  /// Whether the update can be made again after the cut.
  private func recovers(_ flash: SimulatedFlash) -> Bool {
    var flash = flash
    do throws(Slots.UpdateError) {
      try PowerTrials.update(&flash, slots, to: new)
    } catch { return false }
    return booted(flash) == .new
  }

  static func update(
    _ flash: inout SimulatedFlash, _ slots: Slots, to image: [UInt8]
  ) throws(Slots.UpdateError) {
    var update = try SlotUpdate(slots, of: &flash, imageBytes: image.count)
    for start in stride(from: 0, to: image.count, by: 4) {
      var word: UInt32 = 0
      for i in 0..<4 where start + i < image.count {
        word |= UInt32(image[start + i]) << UInt32(8 * i)
      }
      try update.write(word, to: &flash)
    }
    try update.commit(&flash)
  }

  private func equal(_ span: RawSpan, _ bytes: [UInt8]) -> Bool {
    guard span.byteCount == bytes.count else { return false }
    return unsafe span.withUnsafeBytes { unsafe $0.elementsEqual(bytes) }
  }
}
