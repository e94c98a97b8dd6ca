/// The memory that the linker script lays out.
package enum Memory {
  /// The model image that was linked in.
  package static var modelImage: RawSpan {
    @_lifetime(immortal)
    get {
      let start = unsafe UnsafeRawPointer(bitPattern: address(flashImageStart))
      let count = address(flashImageEnd) &- address(flashImageStart)
      // Flash, mapped for good and never written.
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(bitPattern: count))
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), copying: ())
    }
  }

  /// The bytes of RAM that neither the stack nor variables take.
  package static var arenaBytes: Int { Int(bitPattern: address(arenaEnd) &- address(arenaStart)) }

  /// The first `count` bytes of them. There is one arena: the caller asks once.
  @_lifetime(immortal)
  package static func arena(_ count: Int) -> MutableRawSpan {
    precondition(count <= arenaBytes)
    let start = unsafe UnsafeMutableRawPointer(bitPattern: address(arenaStart))
    // Between the variables and the end of RAM: nothing else is there.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
    return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: bytes), copying: ())
  }

  /// Copies the initial values of variables to RAM and clears the others. Runs first.
  @inline(__always)
  package static func initialize() {
    var source = address(dataLoad)
    var target = address(dataStart)
    while target < address(dataEnd) {
      setWord(at: target, word(at: source))
      target &+= 4
      source &+= 4
    }
    target = address(bssStart)
    while target < address(bssEnd) {
      setWord(at: target, 0)
      target &+= 4
    }
  }
}
