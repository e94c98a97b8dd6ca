import Device
import Int8Runtime
import SIMDMath

/// Cells of the working memory that hold one value whatever is written to them: broken for good, where a
/// flipped bit is gone with the next picture.
extension MemoryTrials {
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
