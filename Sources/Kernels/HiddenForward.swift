/// How many inputs' weights are used for all samples before the next ones: with a panel of eight
/// vectors they fill 32 KB, a first-level cache.
let inputTile = 64

/// The sums of one panel for a few samples: `sums[s] = bias + Σⱼ x[s][j] · weights[j]`, j rising.
///
/// - Parameters:
///   - lists: the inputs that are not zero, `capacity` places for each sample.
///   - counts: how many of a sample's places are used.
///   - weights: [inputs][width] vectors.
///   - bias: [width].
///   - cursors: scratch, one for each sample.
///   - sums: [samples][width].
/// - Complexity: `width` multiplications and additions of vectors for each input that is not zero.
public func hiddenForward(
  _ panel: Panel, lists: Span<ActiveFeature>, capacity: Int, counts: Span<Int32>,
  weights: Span<Vector>, bias: Span<Vector>,
  cursors: inout MutableSpan<Int32>, sums: inout MutableSpan<Vector>
) {
  let samples = counts.count
  let inputs = weights.count / panel.width
  precondition(capacity >= 0 && lists.count == samples * capacity)
  precondition(weights.count == inputs * panel.width && bias.count == panel.width)
  precondition(cursors.count >= samples && sums.count == samples * panel.width)
  for sample in 0..<samples {
    precondition(counts[sample] >= 0 && Int(counts[sample]) <= capacity)
    cursors[sample] = 0
    for i in 0..<panel.width { sums[sample * panel.width + i] = bias[i] }
  }
  let table = RealFeatures()
  let reals = table.bytes
  for tile in stride(from: 0, to: inputs, by: inputTile) {
    let end = min(tile + inputTile, inputs)
    switch panel.width {
    case 8: RegisterBlock<8>.forward(end, reals, lists, capacity, counts, weights, &cursors, &sums)
    case 4: RegisterBlock<4>.forward(end, reals, lists, capacity, counts, weights, &cursors, &sums)
    case 2: RegisterBlock<2>.forward(end, reals, lists, capacity, counts, weights, &cursors, &sums)
    default: RegisterBlock<1>.forward(end, reals, lists, capacity, counts, weights, &cursors, &sums)
    }
  }
}

/// The kernels of a panel of `width` vectors, whose sums the compiler keeps in registers because it
/// knows their number.
enum RegisterBlock<let width: Int> {
  /// Adds the inputs below `end` that the cursors have not passed. The caller has checked every size;
  /// an input's number is compared with `end`, so its weights are in bounds.
  @inline(never)
  static func forward(
    _ end: Int, _ reals: RawSpan, _ lists: Span<ActiveFeature>, _ capacity: Int,
    _ counts: Span<Int32>,
    _ weights: Span<Vector>, _ cursors: inout MutableSpan<Int32>,
    _ sums: inout MutableSpan<Vector>
  ) {
    for sample in 0..<counts.count {
      var block = InlineArray<width, Vector>(repeating: Vector())
      for i in 0..<width { block[i] = unsafe sums[unchecked: sample &* width &+ i] }
      var entry = sample &* capacity &+ Int(unsafe cursors[unchecked: sample])
      let last = sample &* capacity &+ Int(unsafe counts[unchecked: sample])
      while entry < last {
        let feature = unsafe lists[unchecked: entry]
        let row = Int(feature.index)
        if row >= end { break }
        let x = reals.real(Int(feature.value & 255))
        for i in 0..<width {
          block[i] = block[i] + x * (unsafe weights[unchecked: row &* width &+ i])
        }
        entry &+= 1
      }
      unsafe cursors[unchecked: sample] = Int32(truncatingIfNeeded: entry &- sample &* capacity)
      for i in 0..<width { unsafe sums[unchecked: sample &* width &+ i] = block[i] }
    }
  }
}
