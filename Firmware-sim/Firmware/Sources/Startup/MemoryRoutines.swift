// What the compiler calls to fill and copy memory. `@_silgen_name` rather than `@c`: LLVM must see
// the C name while it optimizes, or it makes each loop below a call of the function it is in.
// Their callers pass valid, disjoint ranges; the C functions ask no less.

@inline(never) @used @_silgen_name("memset") @discardableResult
func memset(
  _ target: UnsafeMutablePointer<UInt8>, _ value: Int32, _ count: Int
) -> UnsafeMutablePointer<UInt8> {
  var cursor = UInt(bitPattern: target)
  let end = cursor &+ UInt(bitPattern: count)
  let word = UInt32(UInt8(truncatingIfNeeded: value)) &* 0x0101_0101
  // Words where all of it is at multiples of four, and bytes elsewhere.
  if (cursor | end) & 3 == 0 {
    while cursor != end {
      unsafe UnsafeMutablePointer<UInt32>(bitPattern: cursor).unsafelyUnwrapped.pointee = word
      cursor &+= 4
    }
  }
  while cursor != end {
    unsafe UnsafeMutablePointer<UInt8>(bitPattern: cursor).unsafelyUnwrapped.pointee =
      UInt8(truncatingIfNeeded: value)
    cursor &+= 1
  }
  return unsafe target
}

@inline(never) @used @_silgen_name("memcpy") @discardableResult
func memcpy(
  _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ count: Int
) -> UnsafeMutablePointer<UInt8> {
  let aligned = (UInt(bitPattern: target) | UInt(bitPattern: source) | UInt(bitPattern: count)) & 3
  var i = 0
  if aligned == 0 {
    while i < count {
      let word = unsafe UnsafeRawPointer(source + i).assumingMemoryBound(to: UInt32.self).pointee
      unsafe UnsafeMutableRawPointer(target + i).assumingMemoryBound(to: UInt32.self).pointee = word
      i &+= 4
    }
  }
  while i < count {
    unsafe target[i] = source[i]
    i &+= 1
  }
  return unsafe target
}
