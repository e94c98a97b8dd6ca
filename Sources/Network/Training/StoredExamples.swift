import SIMDMath

/// Examples held in memory as the network sees them, the same in every epoch.
///
/// Only inputs that are not zero are stored, as lists: a fifth of MNIST's, so that they take no more
/// memory than all of them would as bytes, and are not looked for again in every epoch.
package struct StoredExamples: ExampleSource {
  /// Inputs of each example.
  package let inputs: Int
  private let lists: StoredLists

  /// How many examples there are.
  package var count: Int { lists.labels.count }
  /// The nonzero inputs of all of them.
  package var stored: StoredLists? { lists }

  /// Lists what is not zero of each example.
  ///
  /// - Parameters:
  ///   - features: [labels][inputs], 0 ... 255 each.
  ///   - labels: classes, 0 ..< 64.
  ///   - inputs: of each example, 1 ... 2¹⁶.
  package init(features: Span<UInt8>, labels: [UInt8], inputs: Int) {
    precondition(inputs > 0 && inputs <= 65536 && features.count == labels.count * inputs)
    precondition(labels.allSatisfy { Int($0) < ClassValues.most })
    self.inputs = inputs
    var entries: [NonzeroFeature] = []
    var starts = [0]
    entries.reserveCapacity(features.count / 4)
    starts.reserveCapacity(labels.count + 1)
    var list = [NonzeroFeature](repeating: NonzeroFeature(index: 0, value: 0), count: inputs)
    for example in 0..<labels.count {
      var span = list.mutableSpan
      let row = features.extracting(example * inputs..<(example + 1) * inputs)
      let count = listNonzeroFeatures(row, into: &span)
      entries += list[..<count]
      starts.append(entries.count)
    }
    lists = StoredLists(entries: entries, starts: starts, labels: labels)
  }

  /// The inputs of example `index`; the epoch makes no difference.
  package func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    precondition(features.count == inputs)
    for i in 0..<inputs { features[i] = 0 }
    for entry in lists.starts[index]..<lists.starts[index + 1] {
      let feature = lists.entries[entry]
      features[Int(feature.index)] = UInt8(truncatingIfNeeded: feature.value)
    }
    return Int(lists.labels[index])
  }
}

/// The inputs of many examples that are not zero.
package final class StoredLists: Sendable {
  /// Example after example, in rising order of inputs.
  let entries: [NonzeroFeature]
  /// Where each example's entries begin; one more, for where the last one's end.
  let starts: [Int]
  /// What each example shows, 0 ... 9.
  let labels: [UInt8]

  init(entries: [NonzeroFeature], starts: [Int], labels: [UInt8]) {
    self.entries = entries
    self.starts = starts
    self.labels = labels
  }
}
