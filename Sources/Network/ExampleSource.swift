import Kernels

/// Where training and evaluation take their examples from.
public protocol ExampleSource: Sendable {
  /// How many examples there are.
  var count: Int { get }
  /// Inputs of each.
  var inputs: Int { get }
  /// Writes the inputs of example `index` as epoch `epoch` sees them and returns its digit, 0 ... 9.
  ///
  /// Called from several threads at once, and from the hot loop: it may not allocate.
  func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int
  /// Lists those of the inputs that are not zero, in rising order: what training reads.
  ///
  /// A source that keeps lists hands them out; others write their inputs to `scratch` and have them
  /// listed from there. The same holds as for ``write(_:epoch:into:)``.
  ///
  /// - Parameters:
  ///   - scratch: room for all inputs.
  ///   - list: room for all inputs.
  /// - Returns: how many are listed, and the digit.
  func list(
    _ index: Int, epoch: Int, scratch: inout MutableSpan<UInt8>,
    into list: inout MutableSpan<ActiveFeature>
  ) -> (count: Int, label: Int)
}

extension ExampleSource {
  /// Writes the inputs and lists them.
  public func list(
    _ index: Int, epoch: Int, scratch: inout MutableSpan<UInt8>,
    into list: inout MutableSpan<ActiveFeature>
  ) -> (count: Int, label: Int) {
    let label = write(index, epoch: epoch, into: &scratch)
    return (listActiveFeatures(scratch.span, into: &list), label)
  }
}
