extension ModelImage {
  /// Classifies the self-test vector stored in the image and compares its logits.
  ///
  /// - Parameter arena: ``ArenaLayout/total`` bytes; what they hold is overwritten.
  /// - Throws: ``ModelImageError/selfTestFailed`` if a logit differs.
  public func selfTest(_ arena: inout MutableRawSpan) throws(ModelImageError) {
    precondition(arena.byteCount >= pictureBytes)
    for pixel in 0..<pictureBytes { unsafe arena.storeUnchecked(selfTestPixel(pixel), at: pixel) }
    let logits = classify(&arena)
    var index = 0
    while index < shape.classes {
      if unsafe logits[unchecked: index] != selfTestLogit(index) { throw .selfTestFailed }
      index &+= 1
    }
  }
}
