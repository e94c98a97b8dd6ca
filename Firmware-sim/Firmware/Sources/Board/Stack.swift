/// The stack, painted at the start so that its deepest use can be read off later.
package enum Stack {
  private static let paint: UInt32 = 0xA5A5_A5A5

  /// Paints what is not in use.
  @inline(never)
  package static func paintUnused() {
    var here: UInt32 = 0
    // Above this function's own frame everything is in use; below it a few words are left as they are.
    let frame = unsafe withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
    var cursor = address(stackBottom)
    while cursor < frame &- 64 {
      setWord(at: cursor, paint)
      cursor &+= 4
    }
  }

  /// How many bytes were in use at the deepest.
  package static var highWater: Int {
    var cursor = address(stackBottom)
    while cursor < address(stackTop) && word(at: cursor) == paint { cursor &+= 4 }
    return Int(bitPattern: address(stackTop) &- cursor)
  }
}
