/// Turns lists of samples' inputs round: for each input, which samples have it and with what value.
///
/// - Parameters:
///   - features: the inputs wanted.
///   - masks: [features][words], a bit for each sample; `words` is what 64 samples a word need.
///   - columns: [features][64 · words], the values where bits are set, 0 elsewhere.
public func gatherColumns(
  _ lists: ActiveLists, features: Range<Int>, masks: inout MutableSpan<UInt64>,
  columns: inout MutableSpan<UInt8>
) {
  let words = wordsPerMask(lists.samples)
  precondition(masks.count == features.count * words && columns.count == masks.count * 64)
  // The span's address in a register: a store of bytes might change a span that is in memory.
  unsafe columns.withUnsafeMutableBufferPointer { columns in
    unsafe columns.update(repeating: 0)
    for sample in 0..<lists.samples {
      let first = lists.starts[sample]
      let last = first &+ Int(lists.counts[sample])
      var entry = firstEntry(atLeast: features.lowerBound, lists.entries, first, last)
      while entry < last {
        // In bounds: entries are within the sample's list, rows within the features.
        let feature = unsafe lists.entries[unchecked: entry]
        let row = Int(feature.index) &- features.lowerBound
        if row >= features.count { break }
        unsafe columns[row &* words &* 64 &+ sample] = UInt8(truncatingIfNeeded: feature.value)
        entry &+= 1
      }
    }
  }
  let bytes = columns.span.bytes
  for i in 0..<masks.count {
    // In bounds: there are 64 times as many columns.
    masks[i] = nonzeroLanes(
      unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 64 &* i, as: SIMD64<UInt8>.self))
  }
}

/// How many 64-bit words hold a bit for each of `samples`.
@inlinable
public func wordsPerMask(_ samples: Int) -> Int { (samples + 63) / 64 }

/// The first entry in `start ..< end` of an input not below `index`, by bisection.
private func firstEntry(
  atLeast index: Int, _ entries: Span<ActiveFeature>, _ start: Int, _ end: Int
) -> Int {
  var low = start
  var high = end
  while low < high {
    let middle = (low &+ high) / 2
    if Int(entries[middle].index) < index { low = middle &+ 1 } else { high = middle }
  }
  return low
}

/// One step of a panel's weights: for each input j, `g = Σₛ x[s][j] · errors[s]`, s rising, and the rule's
/// update with it.
///
/// - Parameters:
///   - masks: what ``gatherColumns`` gave for the rows' inputs; `columns` likewise.
///   - errors: [samples][width], ∂loss/∂sum.
///   - weights: [rows][width] vectors.
///   - first: the rule's moments, as many as the weights, or none where it keeps none; `second` likewise.
/// - Complexity: `width` multiplications and additions of vectors for each set bit, and an update of
///   each row that the rule may not skip.
public func hiddenBackward(
  _ panel: Panel, step: UpdateStep, masks: Span<UInt64>, columns: Span<UInt8>, errors: Span<Vector>,
  weights: inout MutableSpan<Vector>, first: inout MutableSpan<Vector>,
  second: inout MutableSpan<Vector>
) {
  let samples = errors.count / panel.width
  let rows = weights.count / panel.width
  precondition(errors.count == samples * panel.width && weights.count == rows * panel.width)
  precondition(masks.count == rows * wordsPerMask(samples) && columns.count == masks.count * 64)
  checkMoments(step, rows * panel.width, weights.count, first.count, second.count)
  switch step {
  case .gradientDescent(let rate):
    hiddenRows(
      panel, GradientDescent(rate: rate), masks, columns, errors, &weights, &first, &second)
  case .momentum(let rate, let momentum):
    hiddenRows(
      panel, Momentum(rate: rate, momentum: momentum), masks, columns, errors, &weights, &first,
      &second)
  case .adamW(let rate, let decay, let beta1, let beta2, let power1, let power2):
    hiddenRows(
      panel,
      AdamW(
        rate: rate, decay: decay, beta1: beta1, beta2: beta2, power1: power1, power2: power2),
      masks, columns, errors, &weights, &first, &second)
  }
}

private func hiddenRows<Rule: UpdateRule>(
  _ panel: Panel, _ rule: Rule, _ masks: Span<UInt64>, _ columns: Span<UInt8>,
  _ errors: Span<Vector>, _ weights: inout MutableSpan<Vector>,
  _ first: inout MutableSpan<Vector>, _ second: inout MutableSpan<Vector>
) {
  let table = RealFeatures()
  let reals = table.bytes
  switch panel.width {
  case 8: RegisterBlock<8>.backward(rule, reals, masks, columns, errors, &weights, &first, &second)
  case 4: RegisterBlock<4>.backward(rule, reals, masks, columns, errors, &weights, &first, &second)
  case 2: RegisterBlock<2>.backward(rule, reals, masks, columns, errors, &weights, &first, &second)
  default: RegisterBlock<1>.backward(rule, reals, masks, columns, errors, &weights, &first, &second)
  }
}

extension RegisterBlock {
  /// The caller has checked every size; a bit that is set names a sample that there is.
  @inline(never)
  static func backward<Rule: UpdateRule>(
    _ rule: Rule, _ reals: RawSpan, _ masks: Span<UInt64>, _ columns: Span<UInt8>,
    _ errors: Span<Vector>, _ weights: inout MutableSpan<Vector>,
    _ first: inout MutableSpan<Vector>,
    _ second: inout MutableSpan<Vector>
  ) {
    let words = wordsPerMask(errors.count / width)
    for row in 0..<masks.count / words {
      var gradient = InlineArray<width, Vector>(repeating: Vector())
      var any: UInt64 = 0
      for word in 0..<words {
        var bits = unsafe masks[unchecked: row &* words &+ word]
        any |= bits
        while bits != 0 {
          let sample = word &* 64 &+ bits.trailingZeroBitCount
          bits &= bits &- 1
          let value = unsafe columns[unchecked: row &* words &* 64 &+ sample]
          let x = reals.real(Int(value))
          for i in 0..<width {
            gradient[i] = gradient[i] + x * (unsafe errors[unchecked: sample &* width &+ i])
          }
        }
      }
      if Rule.skipsZero && any == 0 { continue }
      update(rule, row &* width, gradient, &weights, &first, &second)
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
      let place = start &+ i
      var weight = unsafe weights[unchecked: place]
      var moment1 = Vector()
      var moment2 = Vector()
      if Rule.moments > 0 { moment1 = unsafe first[unchecked: place] }
      if Rule.moments > 1 { moment2 = unsafe second[unchecked: place] }
      rule.update(&weight, gradient: gradient[i], first: &moment1, second: &moment2)
      unsafe weights[unchecked: place] = weight
      if Rule.moments > 0 { unsafe first[unchecked: place] = moment1 }
      if Rule.moments > 1 { unsafe second[unchecked: place] = moment2 }
    }
  }
}
