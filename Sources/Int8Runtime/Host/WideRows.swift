import Kernels

/// Samples rows with a host's wide vectors; to the bit what ``PackedRows`` gives.
struct WideRows {
  /// Samples what lies at the height `y`, from `x` on every `step`, in Q8, to 28 bytes, which are zero.
  @_lifetime(target: copy target)
  func sample(
    y: Int32, of picture: RawSpan, x: Int32, step: Int32,
    to target: inout MutableRawSpan, at offset: Int
  ) {
    guard let pair = RowPair(at: y) else { return }
    let shares = (
      above: Int32(truncatingIfNeeded: pair.aboveShare),
      below: Int32(truncatingIfNeeded: pair.belowShare)
    )
    sampleRow(
      of: picture, above: pair.above, below: pair.below, shares: shares, x: x, step: step,
      faintest: faintestInk, to: &target, at: offset)
  }
}

typealias RowSampler = WideRows
