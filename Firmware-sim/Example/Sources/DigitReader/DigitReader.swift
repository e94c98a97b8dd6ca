import Int8Runtime

/// Reads a digit.
///
/// - Parameters:
///   - model: the bytes of `digits.flash`; on a chip they stay where they were flashed.
///   - memory: at least ``memoryNeeded(by:)`` bytes, whose first 784 are the picture: 28 rows of 28 pixels, ink 255.
/// - Returns: 0 ... 9.
/// - Throws: `ModelImageError` where the image is damaged, or its self-test gives other logits than it should.
public func readDigit(model: RawSpan, memory: inout MutableRawSpan) throws(ModelImageError) -> Int {
  let image = try ModelImage(model)
  let arena = ArenaLayout(image.shape).total
  precondition(memory.byteCount == arena)
  return image.classify(&memory).argmax
}

/// How many bytes a classification wants.
public func memoryNeeded(by model: RawSpan) throws(ModelImageError) -> Int {
  ArenaLayout(try ModelImage(model).shape).total
}
