import SIMDMath

/// The sums of one column block for a few samples: `sums[s] = bias + Σⱼ x[s][j] · weights[j]`, j rising, every
/// product added by one rounding.
///
/// - Parameters:
///   - columnBlock: the hidden units that are summed.
///   - lists: X, the inputs that are not zero.
///   - weights: [inputs][width] vectors, the column block's slice of W.
///   - bias: [width] vectors, the column block's slice of b.
///   - cursors: scratch, one for each sample.
///   - sums: [samples][width] vectors, X W + b.
/// - Complexity: `width` multiplications and additions of vectors for each input that is not zero.
package func hiddenForward(
  _ columnBlock: ColumnBlock, lists: NonzeroLists, weights: Span<Vector>, bias: Span<Vector>,
  cursors: inout MutableSpan<Int32>, sums: inout MutableSpan<Vector>
) {
  let samples = lists.samples
  let inputs = weights.count / columnBlock.width
  precondition(weights.count == inputs * columnBlock.width && bias.count == columnBlock.width)
  precondition(cursors.count >= samples && sums.count == samples * columnBlock.width)
  for sample in 0..<samples {
    cursors[sample] = 0
    for i in 0..<columnBlock.width { sums[sample * columnBlock.width + i] = bias[i] }
  }
  let table = RealFeatures()
  let reals = table.bytes
  let tile = KernelShape.weightTile / columnBlock.width
  for start in stride(from: 0, to: inputs, by: tile) {
    let end = min(start + tile, inputs)
    switch KernelWidth(columnBlock.width) {
    case .eight: RegisterBlock<8>.forward(end, reals, lists, weights, &cursors, &sums)
    case .four: RegisterBlock<4>.forward(end, reals, lists, weights, &cursors, &sums)
    case .two: RegisterBlock<2>.forward(end, reals, lists, weights, &cursors, &sums)
    case .one: RegisterBlock<1>.forward(end, reals, lists, weights, &cursors, &sums)
    }
  }
}

/// The kernels of a column block of `width` vectors, whose sums the compiler keeps in registers because it
/// knows their number.
enum RegisterBlock<let width: Int> {
  /// Adds the inputs below `end` that the cursors have not passed. The caller has checked every size;
  /// an input's number is compared with `end`, so its weights are in bounds.
  ///
  /// A sum waits for the addition before. Where there are registers for it, another sample's are added
  /// meanwhile.
  @inline(never)
  static func forward(
    _ end: Int, _ reals: RawSpan, _ lists: NonzeroLists, _ weights: Span<Vector>,
    _ cursors: inout MutableSpan<Int32>, _ sums: inout MutableSpan<Vector>
  ) {
    let entries = lists.entries
    var sample = 0
    while KernelShape.inTurns == 2 && sample &+ 1 < lists.samples {
      var one = SampleSums<width>(sample, lists, cursors.span, sums.span)
      var other = SampleSums<width>(sample &+ 1, lists, cursors.span, sums.span)
      while one.isBefore(end, entries) && other.isBefore(end, entries) {
        one.addNext(reals, entries, weights)
        other.addNext(reals, entries, weights)
      }
      while one.isBefore(end, entries) { one.addNext(reals, entries, weights) }
      while other.isBefore(end, entries) { other.addNext(reals, entries, weights) }
      one.store(sample, lists, &cursors, &sums)
      other.store(sample &+ 1, lists, &cursors, &sums)
      sample &+= 2
    }
    while sample < lists.samples {
      var one = SampleSums<width>(sample, lists, cursors.span, sums.span)
      while one.isBefore(end, entries) { one.addNext(reals, entries, weights) }
      one.store(sample, lists, &cursors, &sums)
      sample &+= 1
    }
  }
}

/// A sample's sums for a column block, up to one of its inputs.
private struct SampleSums<let width: Int> {
  private var sums = InlineArray<width, Vector>(repeating: Vector())
  /// Place of the next input in its list.
  private var entry: Int
  private let last: Int

  @inline(__always)
  init(_ sample: Int, _ lists: NonzeroLists, _ cursors: Span<Int32>, _ stored: Span<Vector>) {
    let start = unsafe lists.starts[unchecked: sample]
    entry = start &+ Int(unsafe cursors[unchecked: sample])
    last = start &+ Int(unsafe lists.counts[unchecked: sample])
    for i in 0..<width { sums[i] = unsafe stored[unchecked: sample &* width &+ i] }
  }

  /// Whether there is another input, and that one below `end`.
  @inline(__always)
  func isBefore(_ end: Int, _ entries: Span<NonzeroFeature>) -> Bool {
    entry < last && Int(unsafe entries[unchecked: entry].index) < end
  }

  /// Adds the next input, which there must be.
  @inline(__always)
  mutating func addNext(
    _ reals: RawSpan, _ entries: Span<NonzeroFeature>, _ weights: Span<Vector>
  ) {
    let feature = unsafe entries[unchecked: entry]
    let row = Int(feature.index) &* width
    let x = reals.real(Int(feature.value & 255))
    for i in 0..<width {
      sums[i] = sums[i].addingProduct(x, unsafe weights[unchecked: row &+ i])
    }
    entry &+= 1
  }

  @inline(__always)
  func store(
    _ sample: Int, _ lists: NonzeroLists, _ cursors: inout MutableSpan<Int32>,
    _ stored: inout MutableSpan<Vector>
  ) {
    let start = unsafe lists.starts[unchecked: sample]
    unsafe cursors[unchecked: sample] = Int32(truncatingIfNeeded: entry &- start)
    for i in 0..<width { unsafe stored[unchecked: sample &* width &+ i] = sums[i] }
  }
}
