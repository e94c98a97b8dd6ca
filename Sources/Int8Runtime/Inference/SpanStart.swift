// Where spans begin, for loops that count addresses instead of offsets.

extension RawSpan {
  /// The address of the first byte, of which there must be one; good for as long as what the span views.
  @inlinable @inline(__always) @unsafe
  var start: UnsafeRawPointer {
    unsafe withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
  }
}

extension MutableRawSpan {
  /// The address of the first byte, of which there must be one; good for as long as the span is not used otherwise.
  @inlinable @inline(__always) @unsafe
  var start: UnsafeMutableRawPointer {
    mutating get { unsafe withUnsafeMutableBytes { unsafe $0.baseAddress.unsafelyUnwrapped } }
  }
}
