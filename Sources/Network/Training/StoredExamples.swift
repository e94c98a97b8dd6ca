import SIMDMath

/// Examples held in memory as the network sees them, the same in every epoch.
///
/// Only inputs that are not zero are stored, as lists: a fifth of MNIST's, so that they take no more
/// memory than all of them would as bytes, and are not looked for again in every epoch.
package final class StoredExamples: ExampleSource {
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
  package convenience init(features: Span<UInt8>, labels: [UInt8], inputs: Int) {
    var builder = Builder(inputs: inputs, count: labels.count)
    builder.add(features, labels: labels[...])
    self.init(inputs: inputs, lists: builder.lists())
  }

  private init(inputs: Int, lists: StoredLists) {
    self.inputs = inputs
    self.lists = lists
  }

  /// Makes the lists of examples that come some at a time.
  package struct Builder: ~Copyable {
    private let inputs: Int
    private var entries: [NonzeroFeature] = []
    private var starts = [0]
    private var labels: [UInt8] = []

    /// - Parameters:
    ///   - inputs: of each example, 1 ... 2¹⁶.
    ///   - count: how many examples will come.
    package init(inputs: Int, count: Int) {
      precondition(inputs > 0 && inputs <= 65536)
      self.inputs = inputs
      // Room that stays empty takes no memory.
      entries.reserveCapacity(count * inputs / 4)
      starts.reserveCapacity(count + 1)
      labels.reserveCapacity(count)
    }

    /// Takes some examples in.
    ///
    /// - Parameters:
    ///   - features: [labels][inputs], 0 ... 255 each.
    ///   - labels: classes, 0 ..< 64.
    package mutating func add(_ features: Span<UInt8>, labels: ArraySlice<UInt8>) {
      precondition(features.count == labels.count * inputs)
      precondition(labels.allSatisfy { Int($0) < ClassValues.most })
      var list = [NonzeroFeature](repeating: NonzeroFeature(index: 0, value: 0), count: inputs)
      for example in 0..<labels.count {
        var span = list.mutableSpan
        let row = features.extracting(example * inputs..<(example + 1) * inputs)
        let count = listNonzeroFeatures(row, into: &span)
        entries += list[..<count]
        starts.append(entries.count)
      }
      self.labels += labels
    }

    /// The examples.
    package consuming func finish() -> StoredExamples {
      let inputs = inputs
      return StoredExamples(inputs: inputs, lists: lists())
    }

    fileprivate consuming func lists() -> StoredLists {
      StoredLists(entries: entries, starts: starts, labels: labels)
    }
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
  /// The class of each example, 0 ..< K.
  let labels: [UInt8]

  init(entries: [NonzeroFeature], starts: [Int], labels: [UInt8]) {
    self.entries = entries
    self.starts = starts
    self.labels = labels
  }
}
