/// Two running sums of words, as Fletcher's checksum has them, for memory that is checked often.
///
/// Any change within one aligned word changes the first sum; two words exchanged change the second.
/// (J. G. Fletcher, An arithmetic checksum for serial transmissions, IEEE Trans. Comm. 30, 1982.)
/// Six instructions for four bytes on a Cortex-M4, where the CRC takes ten for one.
public struct FletcherChecksum: Sendable, Equatable {
  private var plain: UInt32 = 1
  private var weighted: UInt32 = 0

  /// The sum of nothing.
  public init() {}

  /// The sum of `bytes`.
  @inline(never)
  public init(_ bytes: RawSpan) { add(bytes) }

  /// Whether it is that of `bytes`.
  @inline(never)
  func isSum(of bytes: RawSpan) -> Bool { self == FletcherChecksum(bytes) }

  /// Adds bytes, which on a chip start at a multiple of four; those beyond the last whole word are a word of their own.
  public mutating func add(_ bytes: RawSpan) {
    let whole = bytes.byteCount & ~3
    var offset = 0
    while offset < whole {
      // In bounds by the loop.
      add(unsafe wordWithin(bytes, at: offset))
      offset &+= 4
    }
    if offset == bytes.byteCount { return }
    var rest: UInt32 = 0
    while offset < bytes.byteCount {
      rest = rest &<< 8 | UInt32(unsafe bytes.unchecked(offset))
      offset &+= 1
    }
    add(rest)
  }

  /// Adds a word.
  @inline(__always)
  public mutating func add(_ word: UInt32) {
    plain &+= word
    weighted &+= plain
  }
}
