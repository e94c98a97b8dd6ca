extension ModelImage {
  /// Classifies the self-test vector stored in the image and compares its logits.
  ///
  /// - Parameter arena: ``ArenaLayout/total`` bytes; what they hold is overwritten.
  /// - Throws: ``ModelImageError/selfTestFailed`` if a logit differs.
  public func selfTest(_ arena: inout MutableRawSpan) throws(ModelImageError) {
    loadSelfTest(&arena)
    if !passes(classify(&arena)) { throw .selfTestFailed }
  }

  /// Puts the self-test vector's picture at the start of `bytes`, which must have room for it.
  @inline(__always)
  func loadSelfTest(_ bytes: inout MutableRawSpan) {
    precondition(bytes.byteCount >= pictureBytes)
    for pixel in 0..<pictureBytes { unsafe bytes.storeUnchecked(selfTestPixel(pixel), at: pixel) }
  }

  /// Whether these are the logits that the self-test vector must give.
  @inline(__always)
  func passes(_ logits: Logits) -> Bool {
    var index = 0
    while index < shape.classes {
      if unsafe logits[unchecked: index] != selfTestLogit(index) { return false }
      index &+= 1
    }
    return true
  }
}
