import SIMDMath

/// Where training and evaluation take their examples from.
///
/// A class, since Embedded Swift has no other values of a protocol's type.
package protocol ExampleSource: AnyObject, Sendable {
  /// How many examples there are.
  var count: Int { get }
  /// Inputs of each.
  var inputs: Int { get }
  /// Writes the inputs of example `index` as epoch `epoch` sees them and returns its class, 0 ..< K, or
  /// ``noClass``.
  ///
  /// Called from several threads at once, and from the hot loop: it may not allocate.
  ///
  /// - Parameters:
  ///   - index: 0 ..< ``count``.
  ///   - epoch: from 1 in training; 0 in evaluation.
  ///   - features: ``inputs`` bytes, 0 ... 255 each.
  func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int
  /// Brings near what an example is made of that will be written soon.
  func prefetch(_ index: Int)
  /// The lists of all examples' inputs that are not zero, where they are in memory: training then reads them
  /// from here.
  var stored: StoredLists? { get }
}

extension ExampleSource {
  /// By default nothing is brought near.
  package func prefetch(_ index: Int) {}
  /// By default there are none: each example is written anew.
  package var stored: StoredLists? { nil }
}
