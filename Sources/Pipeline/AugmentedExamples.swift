import Digits
import Int8Runtime
import Network
import SIMDMath

/// Digits that are distorted anew in every epoch, then preprocessed as the device would.
///
/// In the last quarter of the epochs the distortions weaken to two fifths of their strength: what a network
/// sees last is nearer to what it will be asked. On validation digits of MNIST that was worth 0.0003.
package final class AugmentedExamples: ExampleSource {
  private let digits: DigitSet
  private let epochs: Int
  private let distortion: Distortion

  /// - Parameters:
  ///   - epochs: of the training.
  ///   - distortion: of each digit.
  package init(digits: DigitSet, epochs: Int, distortion: Distortion) {
    self.digits = digits
    self.epochs = epochs
    self.distortion = distortion
  }

  package var count: Int { digits.count }
  package var inputs: Int { distortion.inputSpec.inputs }

  /// What part of its strengths the augmentation has in an epoch, counted from 1.
  private func share(_ epoch: Int) -> Float {
    let done = Float(epoch) / Float(epochs)
    return done <= 0.75 ? 1 : 1 - 0.6 * (done - 0.75) / 0.25
  }

  package func prefetch(_ index: Int) {
    let digits = digits
    digits.pixels.span.prefetch(index * pictureBytes..<(index + 1) * pictureBytes)
  }

  package func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    let digits = digits
    distortion.write(
      digits.pixels.span.extracting(index * pictureBytes..<(index + 1) * pictureBytes),
      into: &features, share: share(epoch), index: UInt64(epoch) << 32 | UInt64(index))
    return Int(digits.labels[index])
  }
}
