import SIMDMath

/// Turns lists of samples' inputs round: for each input, which samples have it and with what value.
///
/// - Parameters:
///   - lists: the samples' inputs that are not zero.
///   - features: the inputs wanted.
///   - masks: [features][words], a bit for each sample; `words` is what 64 samples a word need.
///   - columns: [features][64 · words], the values where bits are set, 0 elsewhere.
package func gatherColumns(
  _ lists: NonzeroLists, features: Range<Int>, masks: inout MutableSpan<UInt64>,
  columns: inout MutableSpan<UInt8>
) {
  let words = wordsPerMask(lists.samples)
  precondition(
    masks.count == features.count * words && columns.count == masks.count * samplesPerWord)
  // The span's address in a register: a store of bytes might change a span that is in memory.
  unsafe columns.withUnsafeMutableBufferPointer { columns in
    unsafe columns.update(repeating: 0)
    let stride = words &* samplesPerWord
    for sample in 0..<lists.samples {
      lists.prefetchUpcoming(sample)
      let first = lists.starts[sample]
      let last = first &+ Int(lists.counts[sample])
      let start = firstEntry(atLeast: features.lowerBound, lists.entries, first, last)
      let end = firstEntry(atLeast: features.upperBound, lists.entries, start, last)
      for entry in start..<end {
        // In bounds: entries are within the sample's list, and their inputs within the features.
        let feature = unsafe lists.entries[unchecked: entry]
        let row = Int(feature.index) &- features.lowerBound
        unsafe columns[row &* stride &+ sample] = UInt8(truncatingIfNeeded: feature.value)
      }
    }
  }
  let bytes = unsafe columns.span.bytes
  for i in 0..<masks.count {
    // In bounds: there are as many columns as bits.
    masks[i] = nonzeroLanes(
      unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: samplesPerWord &* i, as: SIMD64<UInt8>.self))
  }
}

/// A word of a mask has a bit for each of so many samples.
@inlinable
package var samplesPerWord: Int { UInt64.bitWidth }

/// How many words hold a bit for each of `samples`.
@inlinable
package func wordsPerMask(_ samples: Int) -> Int {
  (samples + samplesPerWord - 1) / samplesPerWord
}

/// The first entry in `start ..< end` of an input not below `index`: mostly the first or none, otherwise found
/// by bisection.
private func firstEntry(
  atLeast index: Int, _ entries: Span<NonzeroFeature>, _ start: Int, _ end: Int
) -> Int {
  if start == end || Int(entries[start].index) >= index { return start }
  if Int(entries[end &- 1].index) < index { return end }
  var low = start
  var high = end
  while low < high {
    let middle = (low &+ high) / 2
    if Int(entries[middle].index) < index { low = middle &+ 1 } else { high = middle }
  }
  return low
}

/// What the gradient of a column block's weights is made of.
package struct HiddenGradientInputs: ~Escapable {
  /// [rows][words], of ``gatherColumns(_:features:masks:columns:)`` for the rows' inputs; no bit beyond the
  /// samples.
  let masks: Span<UInt64>
  /// [rows][64 · words], of the same.
  let columns: Span<UInt8>
  /// [samples][width] vectors, ∂loss/∂(X W + b).
  let errors: Span<Vector>

  /// - Precondition: a mask's bit has a column's value.
  @_lifetime(copy masks, copy columns, copy errors)
  package init(masks: Span<UInt64>, columns: Span<UInt8>, errors: Span<Vector>) {
    precondition(columns.count == masks.count * samplesPerWord)
    self.masks = masks
    self.columns = columns
    self.errors = errors
  }
}

/// One step of a column block's weights: for each input j, `g = Σₛ x[s][j] · errors[s]`, s rising, and the rule's
/// update with it.
///
/// - Parameters:
///   - columnBlock: the hidden units whose weights change.
///   - step: the optimizer's rule and its numbers.
///   - batch: the samples' inputs and errors.
///   - weights: [rows][width] vectors, the column block's slice of W.
///   - first: the rule's first moment, as many vectors as the weights, or none where it keeps none.
///   - second: the rule's second moment, likewise.
/// - Complexity: `width` multiplications and additions of vectors for each set bit, and an update of
///   each row that the rule may not skip.
package func hiddenBackward(
  _ columnBlock: ColumnBlock, step: UpdateStep, _ batch: HiddenGradientInputs,
  weights: inout MutableSpan<Vector>, first: inout MutableSpan<Vector>,
  second: inout MutableSpan<Vector>
) {
  let samples = batch.errors.count / columnBlock.width
  let rows = weights.count / columnBlock.width
  precondition(
    batch.errors.count == samples * columnBlock.width && weights.count == rows * columnBlock.width)
  precondition(batch.masks.count == rows * wordsPerMask(samples))
  precondition(masksName(samples, batch.masks))
  checkMoments(step, rows * columnBlock.width, weights.count, first.count, second.count)
  updateHidden(columnBlock, step, batch, &weights, &first, &second)
}

/// Whether every bit that is set names a sample that there is: only a row's last word can have others.
private func masksName(_ samples: Int, _ masks: Span<UInt64>) -> Bool {
  let rest = samples % samplesPerWord
  if rest == 0 { return true }
  let words = wordsPerMask(samples)
  var beyond: UInt64 = 0
  if words == 1 {
    // Neighbors: many at a time.
    for row in masks.indices { beyond |= masks[row] }
  } else {
    for last in stride(from: words - 1, to: masks.count, by: words) { beyond |= masks[last] }
  }
  return beyond >> UInt64(rest) == 0
}

/// The rows of a column block by one rule. The caller has checked every size.
func hiddenRows<Rule: UpdateRule>(
  _ columnBlock: ColumnBlock, _ rule: Rule, _ batch: HiddenGradientInputs,
  _ weights: inout MutableSpan<Vector>, _ first: inout MutableSpan<Vector>,
  _ second: inout MutableSpan<Vector>
) {
  let table = RealFeatures()
  let reals = table.bytes
  switch KernelWidth(columnBlock.width) {
  case .eight: RegisterBlock<8>.backward(rule, reals, batch, &weights, &first, &second)
  case .four: RegisterBlock<4>.backward(rule, reals, batch, &weights, &first, &second)
  case .two: RegisterBlock<2>.backward(rule, reals, batch, &weights, &first, &second)
  case .one: RegisterBlock<1>.backward(rule, reals, batch, &weights, &first, &second)
  }
}

extension RegisterBlock {
  /// The caller has checked every size and every mask.
  ///
  /// Rows are taken in turns as samples are in
  /// ``forward(_:_:_:_:_:_:)``.
  @inline(never)
  static func backward<Rule: UpdateRule>(
    _ rule: Rule, _ reals: RawSpan, _ batch: HiddenGradientInputs,
    _ weights: inout MutableSpan<Vector>, _ first: inout MutableSpan<Vector>,
    _ second: inout MutableSpan<Vector>
  ) {
    let (masks, columns, errors) = (batch.masks, batch.columns, batch.errors)
    let words = wordsPerMask(errors.count / width)
    let rows = masks.count / words
    if KernelShape.inTurns == 1 {
      for row in 0..<rows {
        var gradient = RowGradient<width>(row &* words)
        for word in 0..<words {
          gradient.start(word, masks)
          while gradient.bits != 0 { gradient.addNext(reals, columns, errors) }
        }
        if Rule.skipsZero && gradient.isZero { continue }
        update(rule, row &* width, gradient.sums, &weights, &first, &second)
      }
      return
    }
    var row = 0
    while row < rows {
      let last = min(row &+ 1, rows &- 1)
      var one = RowGradient<width>(row &* words)
      var other = RowGradient<width>(last &* words)
      for word in 0..<words {
        one.start(word, masks)
        other.start(word, masks)
        RowGradient.addInTurns(&one, &other, reals, columns, errors)
      }
      for number in row...last {
        if !(Rule.skipsZero && one.isZero) {
          update(rule, number &* width, one.sums, &weights, &first, &second)
        }
        one = other
      }
      row &+= 2
    }
  }

  /// The rule's step for the `width` vectors of weights from `start`.
  @inline(__always)
  static func update<Rule: UpdateRule>(
    _ rule: Rule, _ start: Int, _ gradient: InlineArray<width, Vector>,
    _ weights: inout MutableSpan<Vector>, _ first: inout MutableSpan<Vector>,
    _ second: inout MutableSpan<Vector>
  ) {
    for i in 0..<width {
      let offset = start &+ i
      var weight = unsafe weights[unchecked: offset]
      var moment1 = Vector()
      var moment2 = Vector()
      if Rule.moments > 0 { moment1 = unsafe first[unchecked: offset] }
      if Rule.moments > 1 { moment2 = unsafe second[unchecked: offset] }
      rule.update(&weight, gradient: gradient[i], first: &moment1, second: &moment2)
      unsafe weights[unchecked: offset] = weight
      if Rule.moments > 0 { unsafe first[unchecked: offset] = moment1 }
      if Rule.moments > 1 { unsafe second[unchecked: offset] = moment2 }
    }
  }
}

/// A row's gradient, up to one of the samples that have its input.
private struct RowGradient<let width: Int> {
  var sums = InlineArray<width, Vector>(repeating: Vector())
  /// Samples of the word in hand that are still to come.
  var bits: UInt64 = 0
  /// Whether no sample has the input.
  var isZero = true
  /// The row's first word.
  private let offset: Int
  private var word = 0

  @inline(__always)
  init(_ offset: Int) { self.offset = offset }

  /// Goes on to word `word` of the row.
  @inline(__always)
  mutating func start(_ word: Int, _ masks: Span<UInt64>) {
    self.word = word
    bits = unsafe masks[unchecked: offset &+ word]
    if bits != 0 { isZero = false }
  }

  /// Adds all samples of two rows' words, one of each in turns.
  @inline(__always)
  static func addInTurns(
    _ one: inout Self, _ other: inout Self, _ reals: RawSpan, _ columns: Span<UInt8>,
    _ errors: Span<Vector>
  ) {
    while one.bits != 0 && other.bits != 0 {
      one.addNext(reals, columns, errors)
      other.addNext(reals, columns, errors)
    }
    while one.bits != 0 { one.addNext(reals, columns, errors) }
    while other.bits != 0 { other.addNext(reals, columns, errors) }
  }

  /// Adds the next sample of the word, which there must be.
  @inline(__always)
  mutating func addNext(_ reals: RawSpan, _ columns: Span<UInt8>, _ errors: Span<Vector>) {
    let lane = bits.trailingZeroBitCount
    bits &= bits &- 1
    let x = reals.real(Int(unsafe columns[unchecked: (offset &+ word) &* samplesPerWord &+ lane]))
    let sample = (word &* samplesPerWord &+ lane) &* width
    for i in 0..<width {
      sums[i] = sums[i].addingProduct(x, unsafe errors[unchecked: sample &+ i])
    }
  }
}
