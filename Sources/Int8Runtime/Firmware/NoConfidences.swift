extension FlashImage {
  /// Bare metal computes no confidences.
  @inline(__always)
  var hasFiniteConfidences: Bool { true }
}
