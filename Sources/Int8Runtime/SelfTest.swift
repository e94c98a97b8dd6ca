extension FlashImage {
  /// Classifies the known-answer digit stored in the image and compares its ten logits.
  ///
  /// - Parameter arena: as for ``classify(_:)``; what it holds is overwritten.
  public func selfTest(_ arena: inout MutableRawSpan) throws(FlashError) {
    for pixel in 0..<pictureBytes { arena.store(knownPixel(pixel), at: pixel) }
    let logits = classify(&arena)
    var same = logits.digit == Int(byte(Header.knownLabel))
    for digit in 0..<classCount { same = same && logits.values[digit] == knownLogit(digit) }
    if !same { throw .selfTestFailed }
  }
}
