import _Volatile

/// Writes half a word of memory, exactly as often as the source says.
@inline(__always)
package func setHalf(at address: UInt, _ value: UInt16) {
  unsafe VolatileMappedRegister<UInt16>(unsafeBitPattern: address).store(value)
}
