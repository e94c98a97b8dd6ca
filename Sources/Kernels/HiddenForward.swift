/// How many vectors of weights are used for all samples before the next ones: they fill 32 KB, a
/// first-level cache.
let weightTile = 512

/// The sums of one panel for a few samples: `sums[s] = bias + Σⱼ x[s][j] · weights[j]`, j rising.
///
/// - Parameters:
///   - lists: the inputs that are not zero.
///   - weights: [inputs][width] vectors.
///   - bias: [width].
///   - cursors: scratch, one for each sample.
///   - sums: [samples][width].
/// - Complexity: `width` multiplications and additions of vectors for each input that is not zero.
public func hiddenForward(
  _ panel: Panel, lists: ActiveLists, weights: Span<Vector>, bias: Span<Vector>,
  cursors: inout MutableSpan<Int32>, sums: inout MutableSpan<Vector>
) {
  let samples = lists.samples
  let inputs = weights.count / panel.width
  precondition(weights.count == inputs * panel.width && bias.count == panel.width)
  precondition(cursors.count >= samples && sums.count == samples * panel.width)
  for sample in 0..<samples {
    cursors[sample] = 0
    for i in 0..<panel.width { sums[sample * panel.width + i] = bias[i] }
  }
  let table = RealFeatures()
  let reals = table.bytes
  let tile = weightTile / panel.width
  for start in stride(from: 0, to: inputs, by: tile) {
    let end = min(start + tile, inputs)
    switch panel.width {
    case 8: RegisterBlock<8>.forward(end, reals, lists, weights, &cursors, &sums)
    case 4: RegisterBlock<4>.forward(end, reals, lists, weights, &cursors, &sums)
    case 2: RegisterBlock<2>.forward(end, reals, lists, weights, &cursors, &sums)
    default: RegisterBlock<1>.forward(end, reals, lists, weights, &cursors, &sums)
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
    _ end: Int, _ reals: RawSpan, _ lists: ActiveLists, _ weights: Span<Vector>,
    _ cursors: inout MutableSpan<Int32>, _ sums: inout MutableSpan<Vector>
  ) {
    for sample in 0..<lists.samples {
      var block = InlineArray<width, Vector>(repeating: Vector())
      for i in 0..<width { block[i] = unsafe sums[unchecked: sample &* width &+ i] }
      let start = unsafe lists.starts[unchecked: sample]
      var entry = start &+ Int(unsafe cursors[unchecked: sample])
      let last = start &+ Int(unsafe lists.counts[unchecked: sample])
      while entry < last {
        let feature = unsafe lists.entries[unchecked: entry]
        let row = Int(feature.index)
        if row >= end { break }
        let x = reals.real(Int(feature.value & 255))
        for i in 0..<width {
          block[i] = block[i] + x * (unsafe weights[unchecked: row &* width &+ i])
        }
        entry &+= 1
      }
      unsafe cursors[unchecked: sample] = Int32(truncatingIfNeeded: entry &- start)
      for i in 0..<width { unsafe sums[unchecked: sample &* width &+ i] = block[i] }
    }
  }
}
