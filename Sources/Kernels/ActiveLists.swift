/// The inputs of a few samples that are not zero, a list for each sample.
public struct ActiveLists: ~Escapable {
  let entries: Span<ActiveFeature>
  let starts: Span<Int>
  let counts: Span<Int32>

  /// How many samples there are.
  public var samples: Int { counts.count }

  /// - Parameters:
  ///   - entries: all lists, each in rising order of inputs; what else stands there is not read.
  ///   - starts: where each sample's list begins.
  ///   - counts: how long it is.
  @_lifetime(copy entries, copy starts, copy counts)
  public init(entries: Span<ActiveFeature>, starts: Span<Int>, counts: Span<Int32>) {
    precondition(starts.count == counts.count)
    for sample in 0..<counts.count {
      precondition(starts[sample] >= 0 && counts[sample] >= 0)
      precondition(starts[sample] <= entries.count - Int(counts[sample]))
    }
    self.entries = entries
    self.starts = starts
    self.counts = counts
  }
}
