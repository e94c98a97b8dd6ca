import Int8Runtime
import Network
import SIMDMath
import Testing

/// Notes the steps it sees.
private struct Diary: StageObserver {
  var stages: [Stage] = []

  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    stages.append(stage)
    return true
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool { true }
}

@Suite struct StageTests {
  @Test(arguments: [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh], [28, 14, 10])
  func `step by step or at once, the logits are the same`(
    activation: ActivationFunction, side: Int
  ) throws {
    let image = try modelImage(side: side, hidden: 48, activation: activation)
    let flash = try ModelImage(image.span.bytes)
    var arena = [UInt8](repeating: 0x33, count: ArenaLayout(flash.shape).total)
    for number in 0..<50 {
      var pixels = picture(number)
      // The last ones are full of ink, for several lists of pairs.
      if number > 45 { pixels = pixels.map { $0 | 1 } }
      for i in 0..<pictureBytes { arena[i] = pixels[i] }
      var work = WorkingValues()
      var observer = Diary()
      var span = arena.mutableSpan
      var bytes = span.mutableBytes
      let isWhole = flash.classify(&bytes, &work, watchedBy: &observer)
      #expect(isWhole)
      #expect(HostLogits(flash.logits(in: bytes.bytes)).array == (try logits(image, pixels)))
    }
  }

  @Test func `the steps come in turn, and their signature tells`() throws {
    let image = try modelImage()
    let flash = try ModelImage(image.span.bytes)
    var arena = picture(1) + [UInt8](repeating: 0, count: ArenaLayout(flash.shape).total - 784)
    var work = WorkingValues()
    var diary = Diary()
    var span = arena.mutableSpan
    var bytes = span.mutableBytes
    _ = flash.classify(&bytes, &work, watchedBy: &diary)
    #expect(diary.stages.first == .started && diary.stages.last == .logit(9))
    var signature = ControlFlowSignature()
    for stage in diary.stages { signature.pass(stage) }
    #expect(signature == ControlFlowSignature(lists: work.lists, classes: 10))
    for skipped in diary.stages.indices {
      var signature = ControlFlowSignature()
      for (i, stage) in diary.stages.enumerated() where i != skipped { signature.pass(stage) }
      #expect(signature != ControlFlowSignature(lists: work.lists, classes: 10))
    }
  }
}
