import Device
import Int8Runtime

/// Everything that is tried on one image and chip, and what came of it.
package struct FaultReport: Sendable {
  /// A set of countermeasures, by name.
  package struct Guard: Sendable {
    /// As on the command line.
    package let name: String
    /// What is checked.
    package let countermeasures: Countermeasures

    /// Each countermeasure alone, those that need the picture only once, and all.
    package static let all = [
      Guard(name: "none", countermeasures: .none), Guard(name: "bounds", countermeasures: .bounds),
      Guard(name: "ranges", countermeasures: .ranges),
      Guard(name: "checksums", countermeasures: .checksums),
      Guard(name: "tokens", countermeasures: .tokens),
      Guard(name: "canaries", countermeasures: .canaries),
      Guard(name: "duplicate", countermeasures: .duplicate),
      Guard(name: "single", countermeasures: .single),
      Guard(name: "all", countermeasures: .all),
    ]
  }

  /// The same faults under one set of countermeasures.
  package struct MemoryRow: Sendable {
    /// The set of countermeasures, as on the command line.
    package let name: String
    /// How the faults ended.
    package let tally: MemoryTrials.Tally
    /// What the countermeasures cost in instructions and memory.
    package let cost: CountermeasureCost
  }

  /// Damaged flash at boot, by name.
  package var flash: [(name: String, tally: FlashTrials.Tally)] = []
  /// Flash that rots after boot.
  package var rot: [RotTrials.Row] = []
  /// Flips in the working memory.
  package var memory: [MemoryRow] = []
  /// Flips of eight bits next to each other in the working memory.
  package var bursts: [MemoryRow] = []
  /// Instructions of a classification without countermeasures, of the mean picture.
  package var classification = 0
  /// Frames, by damage.
  package var frames: [(damage: SerialLink.Damage, tally: FrameTrials.Tally)] = []
  /// Power that fails in an update.
  package var power = PowerTrials.Tally()
  /// Power that fails while a picture is read.
  package var brownOut = StopTrials.Tally()
  /// Programs that hang while a picture is read.
  package var hang = StopTrials.Tally()
  /// How many pictures the device was given to read.
  package let pictures: Int

  /// Tries everything.
  ///
  /// - Parameters:
  ///   - faults: how many in the working memory under each set of countermeasures, and in flash.
  ///   - progress: is told what is done and how much of all.
  package init(
    _ image: [UInt8], on chip: Profile, pictures: LabeledPictures, faults: Int, seed: UInt64,
    progress: (String, Double) -> Void
  ) throws(DeviceError) {
    self.pictures = pictures.count
    runFlash(image, faults, seed) { progress("flash at boot", 0.25 * $0) }
    try runRot(image, pictures, seed) { progress("flash after boot", 0.25 + 0.15 * $0) }
    try runMemory(image, chip, pictures.pixels, faults, seed) {
      progress("memory", 0.4 + 0.45 * $0)
    }
    let stops = StopTrials(image, on: chip)
    let picture = Array(pictures.pixels.prefix(pictureBytes))
    brownOut = try stops.run(.brownOut, .all, picture: picture, seed: seed)
    hang = try stops.run(.hang, .all, picture: picture, seed: seed)
    for damage in SerialLink.Damage.allCases {
      let count = min(2_000, faults)
      frames.append(
        (damage, FrameTrials().run(damage, count: count, pictures: pictures.pixels, seed: seed)))
    }
    do throws(Slots.UpdateError) {
      let trials = try PowerTrials(from: image, to: PowerTrials.variant(of: image), seed: seed)
      // Each cut writes and opens whole images: every write of a small one, a sample of a large one.
      power = try trials.everyWrite(limit: max(8, 50_000_000 / image.count)) {
        progress("power", 0.85 + 0.15 * Double($0) / Double($1))
      }
    } catch { throw .update(error) }
  }

  private mutating func runFlash(
    _ image: [UInt8], _ faults: Int, _ seed: UInt64, _ progress: (Double) -> Void
  ) {
    let trials = FlashTrials(image)
    let bits = trials.everyBit(limit: faults) { progress(Double($0) / Double($1)) }
    flash.append((bits.tried == 8 * image.count ? "every single bit" : "single bits", bits))
    let few = min(2_000, faults)
    let kinds: [(String, FlashTrials.Damage)] = [
      ("2 bits", .bits(2)), ("16 bits", .bits(16)), ("burst of 32 bits", .burst(32)),
      ("burst of 256 bits", .burst(256)), ("1 byte stuck at 0", .stuck(1, 0)),
      ("64 bytes stuck at 0", .stuck(64, 0)), ("64 bytes stuck at 255", .stuck(64, 255)),
    ]
    for (name, damage) in kinds {
      flash.append((name, trials.boot(damage, count: few, seed: seed)))
    }
  }

  private mutating func runRot(
    _ image: [UInt8], _ pictures: LabeledPictures, _ seed: UInt64, _ progress: (Double) -> Void
  ) throws(DeviceError) {
    let trials = RotTrials(image)
    let steps = [0, 1, 4, 16, 64, 256, 1024, 4096, 16384, 65536]
      .filter { $0 <= 2 * image.count }
    do throws(ModelImageError) {
      for (index, flips) in steps.enumerated() {
        rot.append(
          try trials.row(flips: flips, trials: 10, pictures: pictures, seed: seed))
        progress(Double(index + 1) / Double(steps.count))
      }
    } catch { throw .image(error) }
  }

  private mutating func runMemory(
    _ image: [UInt8], _ chip: Profile, _ pictures: [UInt8], _ faults: Int, _ seed: UInt64,
    _ progress: (Double) -> Void
  ) throws(DeviceError) {
    let trials = try MemoryTrials(image, on: chip)
    let mean = try trials.meanPicture(pictures)
    classification = mean.instructions
    for (index, each) in Guard.all.enumerated() {
      let single = MemoryTrials.Faults(count: faults, seed: seed)
      let tally = try trials.run(single, each.countermeasures, pictures: pictures) {
        progress((Double(index) + Double($0) / Double(faults)) / Double(Guard.all.count))
      }
      let cost = CountermeasureCost(
        each.countermeasures, trials.shape, pairs: mean.pairs, classification: mean.instructions)
      memory.append(MemoryRow(name: each.name, tally: tally, cost: cost))
      guard [.none, .duplicate, .all].contains(each.countermeasures) else { continue }
      let eight = MemoryTrials.Faults(count: faults, seed: seed, bits: 8)
      let burst = try trials.run(eight, each.countermeasures, pictures: pictures)
      bursts.append(MemoryRow(name: each.name, tally: burst, cost: cost))
    }
  }
}
