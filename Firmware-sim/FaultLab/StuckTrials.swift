import Device
import Int8Runtime
import SIMDMath

/// Cells of the working memory that hold one value whatever is written to them: broken for good, where a
/// flipped bit is gone with the next picture.
extension MemoryTrials {
  /// What a row of cells came to.
  package struct StuckTally: Sendable, Equatable {
    /// How many cells.
    package var cells = 0
    /// Those with which the self-test digit gives other logits: found at boot.
    package var foundAtBoot = 0
    /// Those not found at boot with which some picture is read as another digit without a warning.
    package var wrong = 0
    /// Those not found at boot on which a check failed with some picture, and none was read wrong.
    package var detected = 0
    /// The rest: no picture showed them.
    package var harmless: Int { cells - foundAtBoot - wrong - detected }
  }

  /// Cells number 0 ..< `count` of a seed, each with all pictures.
  package func stuck(
    _ count: Int, _ countermeasures: Countermeasures, pictures: [UInt8], seed: UInt64
  ) throws(DeviceError) -> StuckTally {
    let known = try selfTestVector()
    let number = pictures.count / pictureBytes
    let bits = 8 * ArenaLayout(shape).total
    var tally = StuckTally()
    try withBench { bench in
      let unhurt = (0..<number).map { bench.read(pictures, $0, .none, fault: nil).answer.index }
      for index in 0..<count {
        var random = Random(seed: seed, stream: 0x5354_554B, index: UInt64(index))
        let fault = MemoryFault(cell: random.below(bits), stuckAt: random.below(2) == 1)
        tally.cells += 1
        if bench.isFoundAtBoot(fault, known) {
          tally.foundAtBoot += 1
          continue
        }
        let answers = (0..<number).map { picture in
          let (answer, injector) = bench.read(pictures, picture, countermeasures, fault: fault)
          return outcome(answer, injector, unhurt[picture])
        }
        if answers.contains(where: { if case .wrong = $0 { true } else { false } }) {
          tally.wrong += 1
        } else if answers.contains(where: { $0 != .right }) {
          tally.detected += 1
        }
      }
    }
    return tally
  }

  /// One stuck cell in the reading of one picture.
  ///
  /// - Returns: whether the self-test at boot finds it, what the device says if it is read with all the
  ///   same, how many instructions after the cell first mattered, and what it says without.
  package func one(
    stuck fault: MemoryFault, _ countermeasures: Countermeasures, picture: [UInt8]
  ) throws(DeviceError) -> (atBoot: Bool, answer: FaultyAnswer, latency: Int, expected: Int) {
    let known = try selfTestVector()
    var result: (Bool, FaultyAnswer, Int, Int) = (false, .right, 0, 0)
    try withBench { bench in
      let expected = bench.digit(picture)
      let (answer, injector) = bench.read(picture, 0, countermeasures, fault: fault)
      result = (
        bench.isFoundAtBoot(fault, known), outcome(answer, injector, expected), injector.latency,
        expected
      )
    }
    return result
  }

  /// The digit that the image brings along, and its logits.
  private func selfTestVector() throws(DeviceError) -> SelfTestVector {
    do {
      let image = try unsafe ModelImage(image.span.bytes)
      return SelfTestVector(
        picture: (0..<pictureBytes).map { unsafe image.selfTestPixel($0) },
        logits: (0..<image.shape.classes).map { unsafe image.selfTestLogit($0) })
    } catch { throw .image(error) }
  }
}

private struct SelfTestVector {
  let picture: [UInt8]
  let logits: [Int32]
}

extension TrialBench {
  /// Whether the self-test digit gives other logits.
  fileprivate mutating func isFoundAtBoot(_ fault: MemoryFault, _ known: SelfTestVector) -> Bool {
    guard case .sure = read(known.picture, 0, .none, fault: fault).answer else { return true }
    return logits.array != known.logits
  }
}
