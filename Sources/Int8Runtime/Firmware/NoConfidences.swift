#if hasFeature(Embedded) && (arch(arm) || arch(riscv32))
  extension ModelImage {
    /// Bare metal computes no confidences.
    @inline(__always)
    var hasFiniteConfidences: Bool { true }
  }
#endif
