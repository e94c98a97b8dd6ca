import Digits
import Int8Runtime
import Kernels
import Network

/// Digits that are distorted anew in every epoch, then conditioned as the device would.
package struct AugmentedExamples: ExampleSource {
  private let digits: DigitSet
  private let augmentation: Augmentation
  private let contract: InputContract
  private let seed: UInt64

  package init(
    digits: DigitSet, augmentation: Augmentation, contract: InputContract, seed: UInt64
  ) {
    self.digits = digits
    self.augmentation = augmentation
    self.contract = contract
    self.seed = seed
  }

  package var count: Int { digits.count }
  package var inputs: Int { contract.inputs }

  package func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    var distorted = InlineArray<784, UInt8>(repeating: 0)
    var random = Random(
      seed: seed, stream: RandomStream.augmentation, index: UInt64(epoch) << 32 | UInt64(index))
    var span = distorted.mutableSpan
    let pixels = digits.pixels.span.extracting(index * pictureBytes..<(index + 1) * pictureBytes)
    augmentation.apply(to: pixels, into: &span, random: &random)
    var bytes = features.mutableBytes
    condition(distorted.span.bytes, by: contract, into: &bytes)
    return Int(digits.labels[index])
  }
}
