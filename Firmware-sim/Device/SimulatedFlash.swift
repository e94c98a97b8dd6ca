import Int8Runtime
import SIMDMath

/// Flash of pages and words whose power can fail at any erasure or programming.
///
/// What power failed at is left half done: of the bits that were to change, some have. As in real
/// flash, programming only makes zeros.
package struct SimulatedFlash: FlashMemory, Sendable {
  /// How far the write has come that power fails at.
  package enum Tear: Sendable, CaseIterable {
    /// It has not begun.
    case before
    /// Some bits have changed.
    case within
    /// It is just done.
    case after
  }

  /// The bytes of a page.
  package let pageBytes: Int
  /// What the flash holds.
  package private(set) var bytes: [UInt8]
  /// Erasures and programmings so far.
  package private(set) var writes = 0
  /// The write, counted from 0, that power fails at.
  package var cut: (write: Int, tear: Tear)?
  private var random: Random
  private var isOff = false

  /// Erased flash.
  package init(bytes: Int, pageBytes: Int, seed: UInt64 = 0) {
    self.pageBytes = pageBytes
    self.bytes = [UInt8](repeating: 0xFF, count: bytes)
    random = Random(seed: seed, stream: 0x5057_5221)
  }

  /// Power is back: what was written before stays, and nothing else is known.
  package mutating func powerUp() {
    isOff = false
    cut = nil
    writes = 0
  }

  /// All of it, as it reads now.
  package var contents: RawSpan {
    @_lifetime(borrow self)
    get { unsafe bytes.span.bytes }
  }

  /// Erases the page that starts at `offset`.
  package mutating func erase(page offset: Int) throws(FlashWriteError) {
    guard offset >= 0, offset % pageBytes == 0, offset + pageBytes <= bytes.count else {
      throw .outOfRange
    }
    let page = offset..<offset + pageBytes
    try write(failure: .eraseFailed) { bytes, random, isWhole in
      for i in page {
        bytes[i] |= isWhole ? 0xFF : UInt8(truncatingIfNeeded: random.next())
      }
    }
  }

  /// Programs an erased word at `offset`.
  package mutating func program(_ word: UInt32, at offset: Int) throws(FlashWriteError) {
    guard offset >= 0, offset % 4 == 0, offset + 4 <= bytes.count else { throw .outOfRange }
    try write(failure: .programFailed) { bytes, random, isWhole in
      let programmed = isWhole ? word : word | UInt32(truncatingIfNeeded: random.next())
      for i in 0..<4 { bytes[offset + i] &= UInt8(truncatingIfNeeded: programmed >> UInt32(8 * i)) }
    }
  }

  private mutating func write(
    failure: FlashWriteError, _ change: (inout [UInt8], inout Random, Bool) -> Void
  ) throws(FlashWriteError) {
    guard !isOff else { throw failure }
    let index = writes
    writes += 1
    guard let cut, cut.write == index else {
      change(&bytes, &random, true)
      return
    }
    if cut.tear != .before { change(&bytes, &random, cut.tear == .after) }
    isOff = true
    throw failure
  }
}
