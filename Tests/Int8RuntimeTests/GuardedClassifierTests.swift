import Int8Runtime
import Network
import SIMDMath
import Testing

/// Writes one byte at one step.
private struct Poke: StageObserver {
  var stage: Stage?
  var offset = 0
  var passes = 0
  var pass = 1

  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    if stage == .started { passes += 1 }
    return true
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    guard stage == self.stage, passes == pass else { return true }
    let byte = bytes.bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    bytes.storeBytes(of: byte ^ 0x40, toByteOffset: offset, as: UInt8.self)
    return true
  }
}

@Suite struct GuardedClassifierTests {
  private let image: [UInt8]
  private let layout: ArenaLayout

  init() throws {
    image = try modelImage(hidden: 32)
    let inputSpec = InputSpec(side: 28, deskew: true)
    layout = ArenaLayout(
      ModelShape(inputSpec: inputSpec, hidden: 32, classes: 10, activation: ActivationKind.relu))
  }

  private func answer(
    _ countermeasures: Countermeasures, _ poke: Poke = Poke(), beside offset: Int? = nil,
    sumOf other: Int = 3
  ) throws -> GuardedAnswer {
    let flash = try ModelImage(image.span.bytes)
    let guarded = GuardedLayout(flash.shape, countermeasures)
    var memory = [UInt8](repeating: 0, count: guarded.total)
    let sum = FletcherChecksum(picture(other).span.bytes)
    var span = memory.mutableSpan
    var bytes = span.mutableBytes
    guarded.prepare(&bytes)
    for (i, pixel) in picture(3).enumerated() {
      bytes.storeBytes(of: pixel, toByteOffset: guarded.arena + i, as: UInt8.self)
    }
    if let offset { bytes.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self) }
    var poke = poke
    return flash.classify(guarded: &bytes, pictureSum: sum, countermeasures, watchedBy: &poke)
  }

  private func detected(_ answer: GuardedAnswer) -> DetectedFault? {
    if case .unsure(let detected) = answer { return detected }
    return nil
  }

  @Test(arguments: [
    Countermeasures.none, .bounds, .ranges, .checksums, .tokens, .canaries, .duplicate, .single,
    .all,
  ]) func `a guarded answer is the plain answer`(countermeasures: Countermeasures) throws {
    let plain = try logits(image, picture(3))
    #expect(try answer(countermeasures).index == plain.firstIndex(of: try #require(plain.max())))
  }

  @Test func `a picture that is not the one received is unsure`() throws {
    #expect(detected(try answer(.checksums, sumOf: 4)) == .pictureChanged)
  }

  @Test func `features, list and activations that change while they are used are unsure`() throws {
    let features = Poke(stage: .preprocessed, offset: layout.features + 300)
    #expect(detected(try answer(.checksums, features)) == .featuresChanged)
    let list = Poke(stage: .listed(0), offset: layout.picture + 4)
    #expect(detected(try answer(.checksums, list)) == .listChanged)
    let activations = Poke(stage: .activated, offset: layout.activations + 3)
    #expect(detected(try answer(.checksums, activations)) == .activationsChanged)
  }

  @Test func `two readings that differ are unsure, whichever of them was hit`() throws {
    for pass in 1...2 {
      let poke = Poke(stage: .activated, offset: layout.activations + 3, pass: pass)
      #expect(detected(try answer(.duplicate, poke)) == .answersDiffer)
    }
  }

  @Test func `a write beside the arena is unsure`() throws {
    let guarded = GuardedLayout(try ModelImage(image.span.bytes).shape, .canaries)
    for offset in [0, 15, guarded.behind, guarded.total - 1] {
      #expect(detected(try answer(.canaries, beside: offset)) == .canaryOverwritten)
    }
  }

  @Test func `an unsure answer has no digit`() throws {
    #expect(try answer(.checksums, sumOf: 4).index == nil)
    #expect(try answer(.all).index != nil)
  }
}
