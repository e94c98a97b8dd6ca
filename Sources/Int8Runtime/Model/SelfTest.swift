extension ModelImage {
  /// Classifies the self-test digit stored in the image and compares its ten logits.
  ///
  /// - Parameter arena: ``ArenaLayout/total`` bytes; what they hold is overwritten.
  /// - Throws: ``ModelImageError/selfTestFailed`` if a logit or the digit differs.
  public func selfTest(_ arena: inout MutableRawSpan) throws(ModelImageError) {
    precondition(arena.byteCount >= pictureBytes)
    for pixel in 0..<pictureBytes { unsafe arena.storeUnchecked(selfTestPixel(pixel), at: pixel) }
    let logits = classify(&arena)
    var same = unsafe logits.digit == Int(bytes.unchecked(Header.knownLabel))
    for digit in 0..<classCount {
      // One of ten.
      let logit = unsafe logits.values[unchecked: digit]
      same = unsafe same && logit == selfTestLogit(digit)
    }
    if !same { throw .selfTestFailed }
  }
}
