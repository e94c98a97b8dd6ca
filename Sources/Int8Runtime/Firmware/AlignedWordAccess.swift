#if hasFeature(Embedded) && (arch(arm) || arch(riscv32))
  // Words of 32 bits at multiples of four, which is where firmware has its arena and its model image, and
  // they have all their parts. Small cores load such a word at once and others byte by byte.

  /// The word at an offset that lies, with its four bytes, inside `bytes`, and at a multiple of four.
  @inlinable @inline(__always) @unsafe
  public func wordWithin(_ bytes: RawSpan, at offset: Int) -> UInt32 {
    unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt32.self)
  }

  /// The word at an address, a multiple of four.
  @inlinable @inline(__always) @unsafe
  public func word(at pointer: UnsafeRawPointer) -> UInt32 {
    unsafe pointer.assumingMemoryBound(to: UInt32.self).pointee
  }

  /// Stores a word at an address, a multiple of four.
  @inlinable @inline(__always) @unsafe
  public func setWord(at pointer: UnsafeMutableRawPointer, _ word: UInt32) {
    unsafe pointer.assumingMemoryBound(to: UInt32.self).pointee = word
  }

  /// Stores a word at an offset that lies, with its four bytes, inside `bytes`, and at a multiple of four.
  @inlinable @inline(__always) @unsafe
  public func setWordWithin(_ bytes: inout MutableRawSpan, at offset: Int, _ word: UInt32) {
    unsafe bytes.withUnsafeMutableBytes { bytes in
      // Not empty: it has the four bytes.
      let start = unsafe bytes.baseAddress.unsafelyUnwrapped
      unsafe (start + offset).assumingMemoryBound(to: UInt32.self).pointee = word
    }
  }
#endif
