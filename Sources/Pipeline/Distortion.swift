import Digits
import Int8Runtime
import Network
import SIMDMath

/// What happens to a digit each time it is trained on: it is distorted anew, then preprocessed as the device would.
package struct Distortion {
  let augmentation: Augmentation
  let inputSpec: InputSpec
  let seed: UInt64

  /// - Parameters:
  ///   - augmentation: how it is distorted.
  ///   - inputSpec: how it is preprocessed.
  ///   - seed: where the random numbers come from.
  package init(_ augmentation: Augmentation, _ inputSpec: InputSpec, seed: UInt64) {
    self.augmentation = augmentation
    self.inputSpec = inputSpec
    self.seed = seed
  }

  /// Distorts a picture with the random numbers of an index, each of which is drawn once in a training.
  ///
  /// - Parameters:
  ///   - pixels: 784 of them.
  ///   - features: as many as the input spec has.
  ///   - share: what part of its strengths the augmentation has.
  func write(
    _ pixels: Span<UInt8>, into features: inout MutableSpan<UInt8>, share: Float = 1, index: UInt64
  ) {
    var distorted = InlineArray<784, UInt8>(repeating: 0)
    var span = distorted.mutableSpan
    var random = Random(seed: seed, stream: RandomStream.augmentation, index: index)
    augmentation.apply(to: pixels, into: &span, share: share, random: &random)
    var bytes = unsafe features.mutableBytes
    unsafe preprocess(distorted.span.bytes, by: inputSpec, into: &bytes)
  }
}
