#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  /// Samples rows with a host's wide vectors; to the bit what ``PackedRows`` gives.
  struct WideRows {
    /// Samples the row so far from the center, in Q8, to 28 bytes, which are zero.
    @_lifetime(target: copy target)
    func sample(
      _ transform: DeskewTransform, _ fromCenter: Int32, of picture: RawSpan,
      to target: inout MutableRawSpan, at offset: Int
    ) {
      guard let pair = RowPair(at: transform.centerY &+ fromCenter) else { return }
      sampleRow(
        of: picture, between: pair, x: transform.firstX(fromCenter), step: transform.stepX,
        to: &target, at: offset)
    }
  }

  typealias RowSampler = WideRows
#endif
