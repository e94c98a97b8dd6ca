#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  // Words of 32 bits at any address. Firmware has `Firmware/AlignedWordAccess.swift` in its place.

  /// The little-endian word at an offset that lies, with its four bytes, inside `bytes`.
  @inlinable @inline(__always) @unsafe
  public func wordWithin(_ bytes: RawSpan, at offset: Int) -> UInt32 {
    UInt32(
      littleEndian: unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt32.self))
  }

  /// The little-endian word at an address.
  @inlinable @inline(__always) @unsafe
  public func word(at pointer: UnsafeRawPointer) -> UInt32 {
    unsafe UInt32(littleEndian: pointer.loadUnaligned(as: UInt32.self))
  }

  /// Stores a little-endian word at an address.
  @inlinable @inline(__always) @unsafe
  public func setWord(at pointer: UnsafeMutableRawPointer, _ word: UInt32) {
    unsafe pointer.storeBytes(of: word.littleEndian, as: UInt32.self)
  }

  /// Stores a little-endian word at an offset that lies, with its four bytes, inside `bytes`.
  @inlinable @inline(__always) @unsafe
  public func setWordWithin(_ bytes: inout MutableRawSpan, at offset: Int, _ word: UInt32) {
    unsafe bytes.storeBytes(
      of: word.littleEndian, toUncheckedByteOffset: offset, as: UInt32.self)
  }
#endif
