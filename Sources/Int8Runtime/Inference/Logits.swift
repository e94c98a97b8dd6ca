/// The logits of a classification, one for each class, where they stand in the arena.
public struct Logits: ~Escapable {
  /// The same as bytes: Int32 each, little-endian.
  public let bytes: RawSpan

  /// Views four bytes for each class, the first at a multiple of four.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) { self.bytes = bytes }

  /// How many classes there are.
  public var count: Int { bytes.byteCount &>> 2 }

  /// The logit of a class, in steps of the model image's logit scale.
  ///
  /// - Parameter index: 0 ..< ``count``.
  public subscript(index: Int) -> Int32 {
    precondition(index >= 0 && index < count)
    return unsafe self[unchecked: index]
  }

  /// The logit of a class that there is.
  @unsafe subscript(unchecked index: Int) -> Int32 {
    @inline(__always) get { Int32(bitPattern: unsafe wordWithin(bytes, at: 4 &* index)) }
  }

  /// The class with the largest logit; of equal ones the first.
  public var argmax: Int {
    var best = 0
    var largest = unsafe self[unchecked: 0]
    // A range would be checked first, which takes a chip some bytes.
    var candidate = 1
    while candidate < count {
      let value = unsafe self[unchecked: candidate]
      if value > largest { (best, largest) = (candidate, value) }
      candidate &+= 1
    }
    return best
  }
}
