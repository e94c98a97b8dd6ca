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
}

/// Examples kept in memory as the network sees them, the same in every epoch.
public struct StoredExamples: ExampleSource {
  /// Examples.
  public let count: Int
  /// Bytes of each.
  public let inputs: Int
  /// [count][inputs].
  private let features: [UInt8]
  private let labels: [UInt8]

  /// - Parameters:
  ///   - features: `inputs` bytes for each label.
  ///   - labels: digits, 0 ... 9.
  public init(features: [UInt8], labels: [UInt8], inputs: Int) {
    precondition(inputs > 0 && features.count == labels.count * inputs)
    precondition(labels.allSatisfy { $0 < 10 })
    count = labels.count
    self.inputs = inputs
    self.features = features
    self.labels = labels
  }

  /// Copies example `index`; the epoch makes no difference.
  public func write(_ index: Int, epoch: Int, into result: inout MutableSpan<UInt8>) -> Int {
    precondition(result.count == inputs)
    let example = features.span.extracting(index * inputs..<(index + 1) * inputs)
    for i in 0..<inputs { result[i] = example[i] }
    return Int(labels[index])
  }
}
