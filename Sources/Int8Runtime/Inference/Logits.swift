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
  public var argmax: Int { firstLargest(count) { unsafe self[unchecked: $0] } }
}

/// The index of the largest of a few values, of equal ones the first.
///
/// - Parameters:
///   - count: how many there are, at least one.
///   - value: the value at an index, 0 ..< `count`.
@inlinable @inline(__always)
package func firstLargest<Value: Comparable>(
  _ count: @autoclosure () -> Int, _ value: (Int) -> Value
) -> Int {
  var best = 0
  var largest = value(0)
  // A range would be checked first, and a count known now kept in a register: both take a chip some bytes.
  var candidate = 1
  while candidate < count() {
    let next = value(candidate)
    if next > largest { (best, largest) = (candidate, next) }
    candidate &+= 1
  }
  return best
}
