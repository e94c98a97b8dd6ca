import Digits
import Int8Runtime
import Network
import SIMDMath

/// Built-in handwriting that is drawn anew in every epoch: no digit is seen twice. After the digits come
/// pictures of no digit.
package final class DrawnExamples: ExampleSource {
  private let handwriting: Handwriting
  private let digits: Int
  private let others: Int
  /// The stream's digits before this one are left to validation.
  private let first: Int
  private let distortion: Distortion

  /// - Parameters:
  ///   - digits: how many an epoch has.
  ///   - others: how many pictures of no digit.
  ///   - first: see above.
  ///   - distortion: of each picture.
  package init(
    handwriting: Handwriting, digits: Int, others: Int, first: Int, distortion: Distortion
  ) {
    self.handwriting = handwriting
    self.digits = digits
    self.others = others
    self.first = first
    self.distortion = distortion
  }

  package var count: Int { digits + others }
  package var inputs: Int { distortion.inputSpec.inputs }

  package func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    var drawn = InlineArray<784, UInt8>(repeating: 0)
    var pixels = drawn.mutableSpan
    let number = first + (epoch - 1) * count + index
    var label = noClass
    if index < digits {
      label = Int(handwriting.draw(index: number, into: &pixels))
    } else {
      handwriting.drawOther(index: number, into: &pixels)
    }
    distortion.write(
      drawn.span, into: &features, index: UInt64(truncatingIfNeeded: number))
    return label
  }
}
