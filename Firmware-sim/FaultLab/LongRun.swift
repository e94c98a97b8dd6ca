import Device
import Int8Runtime
import SIMDMath

/// One device that reads pictures from its serial line for a long time, with every countermeasure on.
package struct LongRun: Sendable {
  /// What it came to.
  package struct Tally: Sendable, Equatable {
    /// Pictures answered.
    package var inferences = 0
    /// Frames that did not arrive.
    package var lost = 0
    /// Answers withheld.
    package var unsure = 0
    /// Rounds over all pictures whose logits were not those of the first round.
    package var drifted = 0
    /// Rounds over all pictures.
    package var rounds = 0
    /// Times that the watchdog was fed.
    package var fed = 0
    /// Times that the watchdog bit.
    package var bites = 0
    /// Rounds of the flash scrubber.
    package var scrubs = 0
    /// Rounds of the flash scrubber that found damage.
    package var damaged = 0
    /// Bytes of memory that the process held.
    package var memory = Memory()
  }

  /// Bytes of memory that the process held after the first round, and at the end.
  package struct Memory: Sendable, Equatable {
    /// After the first round.
    package var first = 0
    /// At the end.
    package var last = 0
  }

  private let image: [UInt8]
  private let chip: Profile
  private let pictures: [UInt8]

  /// A run with an image that opens, over pictures of 784 bytes each, again and again.
  package init(_ image: [UInt8], on chip: Profile, pictures: [UInt8]) {
    self.image = image
    self.chip = chip
    self.pictures = pictures
  }

  /// Reads `count` pictures.
  ///
  /// - Parameter memory: the bytes that this process holds now.
  package func run(
    _ count: Int, slice: Int = 256, memory: () -> Int = { 0 }, progress: (Int) -> Void = { _ in }
  ) throws(DeviceError) -> Tally {
    do {
      var device = try unsafe LongRunner(ModelImage(image.span.bytes), chip, slice)
      let number = pictures.count / pictureBytes
      var tally = Tally()
      var first: FletcherChecksum?
      var digest = FletcherChecksum()
      for index in 0..<count {
        if index == min(number, count - 1) { tally.memory.first = memory() }
        device.read(pictures, index % number, &tally, &digest)
        if index % number == number - 1 {
          tally.rounds += 1
          if let first, first != digest { tally.drifted += 1 }
          first = first ?? digest
          digest = FletcherChecksum()
        }
        progress(index)
      }
      tally.memory.last = memory()
      (tally.fed, tally.bites) = device.watchdogCounts
      return tally
    } catch { throw .image(error) }
  }
}

/// The device of a long run; nothing of it grows.
private struct LongRunner: ~Escapable {
  private let image: ModelImage
  private let layout: GuardedLayout
  private let cost: StageCost
  private let slice: Int
  private let checkCost: Int
  private var ram: [UInt8]
  private var frame: [UInt8] = []
  private var decoder = FrameDecoder(patience: SerialLink.patience)
  private var scrubber = FlashScrubber()
  private var watchdog: Watchdog
  private var now: UInt32 = 0
  private var sequence: UInt8 = 0

  @_lifetime(copy image)
  init(_ image: consuming ModelImage, _ chip: Profile, _ slice: Int) {
    let layout = GuardedLayout(image.shape, .all)
    self.layout = layout
    cost = StageCost(image.shape, core: chip.core)
    var ram = [UInt8](repeating: 0, count: layout.total)
    checkCost =
      CountermeasureCost(
        .single, image.shape, pairs: image.shape.inputSpec.inputs / 2, classification: 0
      ).instructions
    // Twice the worst picture, with its checks and a slice of the scrubber.
    watchdog = Watchdog(limit: 2 * (2 * (cost.worst + checkCost) + CountermeasureCost.crc(slice)))
    self.image = image
    self.slice = slice
    var span = ram.mutableSpan
    var bytes = unsafe span.mutableBytes
    layout.prepare(&bytes)
    self.ram = ram
  }

  var watchdogCounts: (fed: Int, bites: Int) { (watchdog.fed, watchdog.bites) }

  /// A picture is sent, received, read and answered; then a slice of flash is checked.
  mutating func read(
    _ pictures: [UInt8], _ index: Int, _ tally: inout LongRun.Tally,
    _ digest: inout FletcherChecksum
  ) {
    sequence &+= 1
    let offset = pictureBytes * index
    frame = SerialLink.frame(pictures[offset..<offset + pictureBytes], sequence: sequence)
    guard let sum = receive() else {
      tally.lost += 1
      return
    }
    var steps = WatchedSteps(cost)
    switch classify(sum, &steps) {
    case .sure:
      tally.inferences += 1
      addLogits(to: &digest)
      watchdog.pass(steps.instructions + 2 * checkCost + CountermeasureCost.crc(slice))
      watchdog.feed(steps.signature, lists: steps.lists, classes: image.shape.classes)
    default:
      tally.unsure += 1
      watchdog.pass(watchdog.limit + 1)
    }
    switch scrubber.advance(image.bytes, slice: slice) {
    case .underWay: break
    case .sound: tally.scrubs += 1
    case .damaged: tally.damaged += 1
    }
  }

  private func addLogits(to digest: inout FletcherChecksum) {
    let logits = unsafe image.logits(
      in: ram.span.bytes.extracting(layout.arena..<layout.pictureCopy))
    for index in 0..<logits.count { digest.add(UInt32(bitPattern: logits[index])) }
  }

  private mutating func classify(_ sum: FletcherChecksum, _ steps: inout WatchedSteps)
    -> GuardedAnswer
  {
    let image = image
    var span = ram.mutableSpan
    var bytes = unsafe span.mutableBytes
    return image.classify(guarded: &bytes, pictureSum: sum, .all, watchedBy: &steps)
  }

  private mutating func receive() -> FletcherChecksum? {
    let (start, frame) = (layout.arena, frame)
    var (decoder, now) = (decoder, now)
    var received: FletcherChecksum?
    var span = ram.mutableSpan
    var bytes = unsafe span.mutableBytes
    var picture = bytes._mutatingExtracting(start..<start + pictureBytes)
    for byte in frame {
      now &+= SerialLink.byteTime
      if case .frame(_, let sum) = decoder.take(byte, at: now, into: &picture) { received = sum }
    }
    (self.decoder, self.now) = (decoder, now)
    return received
  }
}
