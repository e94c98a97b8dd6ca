/// Memory that nothing may write, painted so that one can see whether something did: on either side of
/// the arena, and from the end of the data to the stack.
public enum Canary {
  /// The paint: no address, no small number, no text.
  public static let paint: UInt32 = 0xC5A9_3B6E

  /// The bytes of the canary on each side of an arena.
  public static let bytes = 16

  /// Paints whole words.
  ///
  /// - Parameter region: on a chip at a multiple of four; up to three bytes at its end are left alone.
  @inline(never)
  public static func paint(_ region: inout MutableRawSpan) {
    var offset = 0
    while offset &+ 4 <= region.byteCount {
      // In bounds by the loop.
      unsafe region.storeBytes(of: paint, toUncheckedByteOffset: offset, as: UInt32.self)
      offset &+= 4
    }
  }

  /// Whether all of it is still painted.
  @inline(never)
  public static func isIntact(_ region: RawSpan) -> Bool {
    untouched(region) == region.byteCount & ~3
  }

  /// How many bytes, from the lowest address, are still painted: what a stack that grows downward has
  /// never used.
  public static func untouched(_ region: RawSpan) -> Int {
    var offset = 0
    // In bounds by the first condition.
    while unsafe offset &+ 4 <= region.byteCount && wordWithin(region, at: offset) == paint {
      offset &+= 4
    }
    return offset
  }
}
