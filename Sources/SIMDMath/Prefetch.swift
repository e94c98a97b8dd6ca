import Builtin

/// What memory comes in: the bytes of a cache line, of a ``Vector``, and of the widest register.
package var cacheLineBytes: Int { 64 }

extension Span where Element: BitwiseCopyable {
  /// Asks for the memory of an element in the second-level cache and does not wait for it; any number
  /// will do, for nothing is read.
  @inlinable @inline(__always)
  package func prefetch(_ index: Int) {
    unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let offset = unsafe base + index &* MemoryLayout<Element>.stride
      // Read, not write; kept in the second level; data, not instructions.
      Builtin.int_prefetch_RawPointer(
        offset._rawValue, (0 as Int32)._value, (2 as Int32)._value, (1 as Int32)._value)
    }
  }

  /// Asks for the memory of a range of elements.
  package func prefetch(_ range: Range<Int>) {
    let perLine = Swift.max(1, cacheLineBytes / MemoryLayout<Element>.stride)
    for index in stride(from: range.lowerBound, to: range.upperBound, by: perLine) {
      prefetch(index)
    }
    if !range.isEmpty { prefetch(range.upperBound &- 1) }
  }
}
