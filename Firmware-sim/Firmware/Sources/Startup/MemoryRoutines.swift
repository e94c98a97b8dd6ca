// What the compiler calls to fill and copy memory. `@_silgen_name` rather than `@c`: LLVM must see
// the C name while it optimizes, or it makes each loop below a call of the function it is in.
// Their callers pass valid, disjoint ranges; that is the contract of the C functions.

@inline(never) @used @_silgen_name("memset") @discardableResult
func memset(
  _ target: UnsafeMutablePointer<UInt8>, _ value: Int32, _ count: Int
) -> UnsafeMutablePointer<UInt8> {
  var i = 0
  while i < count {
    unsafe target[i] = UInt8(truncatingIfNeeded: value)
    i &+= 1
  }
  return unsafe target
}

@inline(never) @used @_silgen_name("memcpy") @discardableResult
func memcpy(
  _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ count: Int
) -> UnsafeMutablePointer<UInt8> {
  var i = 0
  while i < count {
    unsafe target[i] = source[i]
    i &+= 1
  }
  return unsafe target
}
