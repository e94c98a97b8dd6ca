import Device
import Int8Runtime
import SIMDMath

/// Flips bits of the weights after the image was opened, to see what they do to the answers and how
/// soon the scrubber finds them.
package struct RotTrials: Sendable {
  private let image: [UInt8]

  /// What so many flips came to.
  package struct Row: Sendable, Equatable {
    /// Bits flipped in the payload.
    package let flips: Int
    /// Fraction of the pictures read right, over all trials, with nothing that looks at the flash.
    package let accuracy: Double
    /// The trial with the fewest.
    package let worst: Double
    /// Trials that the scrubber ended.
    package let found: Int
    /// How many trials.
    package let trials: Int
    /// Inferences until the scrubber found it, mean and most.
    package let meanInferences: Double
    /// The most of them.
    package let mostInferences: Int
  }

  /// Trials with an image that opens.
  package init(_ image: [UInt8]) { self.image = image }

  /// Reads all pictures in each of `trials` trials with `flips` flipped bits.
  ///
  /// - Parameter slice: the bytes that the scrubber reads between two inferences.
  package func row(
    flips: Int, trials: Int, pictures: LabeledPictures, seed: UInt64, slice: Int = 256
  ) throws(ModelImageError) -> Row {
    let flash = RottingFlash(image)
    var accuracies: [Double] = []
    var delays: [Int] = []
    try flash.withImage { image in
      for trial in 0..<trials {
        var random = Random(
          seed: seed, stream: 0x524F_5421, index: UInt64(flips) << 32 | UInt64(trial))
        let bits = distinctBits(flips, &random)
        // The scrubber is somewhere on its round when it happens.
        var scrubber = FlashScrubber()
        for _ in 0..<random.below(image.bytes.byteCount / slice + 1) {
          _ = scrubber.advance(image.bytes, slice: slice)
        }
        for bit in bits { flash.flip(bit: bit) }
        accuracies.append(accuracy(image, pictures))
        if let delay = rounds(&scrubber, image, slice) { delays.append(delay) }
        for bit in bits { flash.flip(bit: bit) }
      }
    }
    return Row(
      flips: flips, accuracy: accuracies.reduce(0, +) / Double(max(1, trials)),
      worst: accuracies.min() ?? 0, found: delays.count, trials: trials,
      meanInferences: Double(delays.reduce(0, +)) / Double(max(1, delays.count)),
      mostInferences: delays.max() ?? 0)
  }

  private func distinctBits(_ count: Int, _ random: inout Random) -> Set<Int> {
    var bits: Set<Int> = []
    let payload = 8 * (image.count - Header.bytes)
    while bits.count < min(count, payload) { bits.insert(8 * Header.bytes + random.below(payload)) }
    return bits
  }

  /// Inferences until the scrubber says that the image is damaged; nil if it never does.
  private func rounds(
    _ scrubber: inout FlashScrubber, _ image: borrowing ModelImage, _ slice: Int
  ) -> Int? {
    for inference in 1...2 * (image.bytes.byteCount / slice + 2) {
      if scrubber.advance(image.bytes, slice: slice) == .damaged { return inference }
    }
    return nil
  }

  private func accuracy(_ image: borrowing ModelImage, _ pictures: LabeledPictures) -> Double {
    var arena = HostArena(image.shape)
    var right = 0
    for (index, label) in pictures.labels.enumerated() {
      let logits = arena.classify(index, of: pictures.pixels.span, with: image)
      right += logits.argmax == Int(label) ? 1 : 0
    }
    return Double(right) / Double(max(1, pictures.count))
  }
}
