import Device
import Int8Runtime
import SIMDMath

/// A chip on the bench: an open image and its RAM.
struct TrialBench: ~Escapable {
  private let image: ModelImage
  private let chip: Profile
  private var ram: [UInt8]
  /// Those of the last picture that was read.
  private(set) var logits: HostLogits

  @_lifetime(copy image)
  init(image: consuming ModelImage, _ chip: Profile) {
    self.image = image
    self.chip = chip
    ram = [UInt8](repeating: 0, count: chip.ramBytes)
    logits = HostLogits(count: image.shape.classes)
  }

  /// Reads picture number `index`, and has a fault happen meanwhile.
  mutating func read(
    _ pictures: [UInt8], _ index: Int, _ countermeasures: Countermeasures, fault: MemoryFault?,
    stop: (turn: Int, ending: FaultInjector.Ending)? = nil
  ) -> (answer: GuardedAnswer, injector: FaultInjector) {
    let image = image
    let layout = GuardedLayout(image.shape, countermeasures)
    var injector = FaultInjector(
      fault, StageCost(image.shape, core: chip.core), chip: chip, stop: stop)
    var span = ram.mutableSpan
    var all = unsafe span.mutableBytes
    var memory = all._mutatingExtracting(0..<layout.total)
    layout.prepare(&memory)
    memory.storePicture(index, of: pictures.span, at: layout.arena)
    let sum = FletcherChecksum(memory.bytes.extracting(layout.arena..<layout.arena + pictureBytes))
    let answer = image.classify(
      guarded: &memory, pictureSum: sum, countermeasures, watchedBy: &injector)
    logits = HostLogits(
      image.logits(in: memory.bytes.extracting(layout.arena..<layout.pictureCopy)))
    return (answer, injector)
  }

  /// The digit that a picture is read as where nothing is wrong.
  func digit(_ picture: [UInt8]) -> Int {
    var arena = HostArena(image.shape)
    return arena.classify(of: picture.span, with: image).argmax
  }

  /// Boots: opens the image again and runs its self-test.
  mutating func boots() throws(ModelImageError) -> Bool {
    let image = try ModelImage(image.bytes)
    var span = ram.mutableSpan
    var all = unsafe span.mutableBytes
    var arena = all._mutatingExtracting(0..<ArenaLayout(image.shape).total)
    try image.selfTest(&arena)
    return true
  }

  /// The instructions of the longest reading there can be.
  func worst(_ countermeasures: Countermeasures) -> Int {
    let once = StageCost(image.shape, core: chip.core).worst
    let pairs = image.shape.inputSpec.inputs / 2
    return once
      + CountermeasureCost(countermeasures, image.shape, pairs: pairs, classification: once)
      .instructions
  }

  /// Power comes back: RAM holds anything.
  mutating func loseMemory(_ random: inout Random) {
    for i in ram.indices { ram[i] = UInt8(truncatingIfNeeded: random.next()) }
  }
}
