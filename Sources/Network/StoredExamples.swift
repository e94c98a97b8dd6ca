import Kernels

/// Examples kept in memory as the network sees them, the same in every epoch.
///
/// Only inputs that are not zero are kept, as lists: a fifth of MNIST's, so that they take no more
/// memory than all of them would as bytes, and are not looked for again in every epoch.
public struct StoredExamples: ExampleSource {
  /// Inputs of each example.
  public let inputs: Int
  /// Example after example.
  private let entries: [ActiveFeature]
  /// Where each example's entries begin; one more, for where the last one's end.
  private let starts: [Int]
  private let labels: [UInt8]

  /// Examples.
  public var count: Int { labels.count }

  /// - Parameters:
  ///   - features: `inputs` bytes for each label, at most 2¹⁶.
  ///   - labels: digits, 0 ... 9.
  public init(features: [UInt8], labels: [UInt8], inputs: Int) {
    precondition(inputs > 0 && inputs <= 65536 && features.count == labels.count * inputs)
    precondition(labels.allSatisfy { $0 < 10 })
    self.inputs = inputs
    self.labels = labels
    var entries: [ActiveFeature] = []
    var starts = [0]
    entries.reserveCapacity(features.count / 4)
    starts.reserveCapacity(labels.count + 1)
    var list = [ActiveFeature](repeating: ActiveFeature(index: 0, value: 0), count: inputs)
    for example in 0..<labels.count {
      var span = list.mutableSpan
      let row = features.span.extracting(example * inputs..<(example + 1) * inputs)
      let count = listActiveFeatures(row, into: &span)
      entries += list[..<count]
      starts.append(entries.count)
    }
    self.entries = entries
    self.starts = starts
  }

  /// The inputs of example `index`; the epoch makes no difference.
  public func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    precondition(features.count == inputs)
    for i in 0..<inputs { features[i] = 0 }
    for entry in starts[index]..<starts[index + 1] {
      features[Int(entries[entry].index)] = UInt8(truncatingIfNeeded: entries[entry].value)
    }
    return Int(labels[index])
  }

  /// The list of example `index`, as it is kept.
  ///
  /// - Complexity: linear in the inputs that are not zero.
  public func list(
    _ index: Int, epoch: Int, scratch: inout MutableSpan<UInt8>,
    into list: inout MutableSpan<ActiveFeature>
  ) -> (count: Int, label: Int) {
    let kept = entries.span.extracting(starts[index]..<starts[index + 1])
    precondition(list.count >= kept.count)
    // In bounds: the list has room for what is kept, by the line above.
    for i in 0..<kept.count { unsafe list[unchecked: i] = kept[unchecked: i] }
    return (kept.count, Int(labels[index]))
  }
}
