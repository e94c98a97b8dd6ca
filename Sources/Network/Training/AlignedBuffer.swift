import SIMDMath

/// Memory for a fixed number of elements, taken once, aligned to a cache line.
@safe @usableFromInline
package struct AlignedBuffer<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// How many elements there are.
  package let count: Int

  /// `count` copies of `element`.
  package init(repeating element: Element, count: Int) {
    precondition(count >= 0)
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: cacheLineBytes)
    unsafe base = unsafe raw.bindMemory(to: Element.self, capacity: count)
    unsafe base.initialize(repeating: element, count: count)
    self.count = count
  }

  @inlinable deinit {
    unsafe UnsafeMutableRawPointer(base).deallocate()
  }

  /// All elements, to read.
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get { slice(0..<count) }
  }

  /// The elements of a range.
  @_lifetime(borrow self)
  package func slice(_ range: Range<Int>) -> Span<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // In bounds by the line above; the memory lives as long as self.
    return unsafe _overrideLifetime(
      Span(_unsafeStart: base + range.lowerBound, count: range.count), borrowing: self)
  }

  /// The elements of a range, to write to.
  ///
  /// Several threads may hold parts of one buffer as long as the parts do not overlap: who calls this
  /// answers for that, because the compiler cannot see it.
  @_lifetime(borrow self) @unsafe
  package func ownedSlice(_ range: Range<Int>) -> MutableSpan<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // In bounds by the line above; the memory lives as long as self.
    return unsafe _overrideLifetime(
      MutableSpan(_unsafeStart: base + range.lowerBound, count: range.count), borrowing: self)
  }

  /// A copy of all elements.
  package func array() -> [Element] {
    // As long as it says, and alive for the length of the call.
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Copies all elements of another buffer of the same size.
  package func copy(from other: borrowing AlignedBuffer) {
    precondition(other.count == count)
    unsafe base.update(from: other.base, count: count)
  }
}

extension AlignedBuffer where Element == SIMD16<Float> {
  /// The lanes of the vectors of a range, sixteen for each.
  @_lifetime(borrow self)
  func lanes(_ range: Range<Int>) -> Span<Float> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // A vector is sixteen floats in a row; in bounds by the line above.
    let start = unsafe UnsafeRawPointer(base + range.lowerBound)
      .assumingMemoryBound(to: Float.self)
    return unsafe _overrideLifetime(
      Span(_unsafeStart: start, count: 16 * range.count), borrowing: self)
  }
}
