import Int8Runtime
import Network
import SIMDMath

/// Examples of two sources, first all of one, then all of the other; training shuffles them.
final class MixedExamples: ExampleSource {
  let first: any ExampleSource
  let second: any ExampleSource

  init(first: any ExampleSource, second: any ExampleSource) {
    (self.first, self.second) = (first, second)
  }

  var count: Int { first.count + second.count }
  var inputs: Int { first.inputs }

  func prefetch(_ index: Int) {
    if index < first.count { return first.prefetch(index) }
    second.prefetch(index - first.count)
  }

  func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    if index < first.count { return first.write(index, epoch: epoch, into: &features) }
    return second.write(index - first.count, epoch: epoch, into: &features)
  }
}
