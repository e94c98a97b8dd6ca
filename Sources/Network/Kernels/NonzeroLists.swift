import SIMDMath

/// The inputs of a few samples that are not zero, a list for each sample.
package struct NonzeroLists: ~Escapable {
  let entries: Span<NonzeroFeature>
  let starts: Span<Int>
  let counts: Span<Int32>
  /// Where the lists begin that are read after these.
  let upcoming: Span<Int>
  /// How many cache lines of an upcoming list are asked for: what these take on average, and one more.
  let linesPerSample: Int

  /// How many samples there are.
  package var samples: Int { counts.count }

  /// - Parameters:
  ///   - entries: all lists, each in rising order of inputs; what else stands there is not read.
  ///   - starts: where each sample's list begins.
  ///   - counts: how long it is.
  ///   - upcoming: where the lists begin that are read after these, as many: while these are read, they
  ///     are brought near. Or none.
  @_lifetime(copy entries, copy starts, copy counts, copy upcoming)
  package init(
    entries: Span<NonzeroFeature>, starts: Span<Int>, counts: Span<Int32>, upcoming: Span<Int>
  ) {
    precondition(starts.count == counts.count)
    precondition(upcoming.isEmpty || upcoming.count == counts.count)
    var total = 0
    for sample in 0..<counts.count {
      precondition(starts[sample] >= 0 && counts[sample] >= 0)
      precondition(starts[sample] <= entries.count - Int(counts[sample]))
      total += Int(counts[sample])
    }
    self.entries = entries
    self.starts = starts
    self.counts = counts
    self.upcoming = upcoming
    linesPerSample = upcoming.isEmpty ? 0 : total / counts.count / NonzeroLists.entriesPerLine + 2
  }

  /// Lists after which others are read that are near, or none.
  @_lifetime(copy entries, copy starts, copy counts)
  package init(entries: Span<NonzeroFeature>, starts: Span<Int>, counts: Span<Int32>) {
    self.init(
      entries: entries, starts: starts, counts: counts, upcoming: starts.extracting(0..<0))
  }

  private static var entriesPerLine: Int { cacheLineBytes / MemoryLayout<NonzeroFeature>.stride }

  /// Asks for the list that is read at a sample's position after these.
  @inline(__always)
  func prefetchUpcoming(_ sample: Int) {
    if upcoming.isEmpty { return }
    let start = upcoming[sample]
    for line in 0..<linesPerSample {
      entries.prefetch(start &+ line &* NonzeroLists.entriesPerLine)
    }
  }
}
