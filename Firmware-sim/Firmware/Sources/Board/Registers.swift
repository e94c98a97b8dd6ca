import _Volatile

/// A word of memory, read exactly as often as the source says.
@inline(__always)
package func word(at address: UInt) -> UInt32 {
  unsafe VolatileMappedRegister<UInt32>(unsafeBitPattern: address).load()
}

/// Writes a word of memory, exactly as often as the source says.
@inline(__always)
package func setWord(at address: UInt, _ value: UInt32) {
  unsafe VolatileMappedRegister<UInt32>(unsafeBitPattern: address).store(value)
}
