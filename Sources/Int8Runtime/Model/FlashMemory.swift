/// The writes to a chip's flash failed: it is worn out or write-protected, or power went.
public enum FlashWriteError: UInt8, Error, Sendable {
  case eraseFailed = 1
  case programFailed
  case outOfRange
}

/// Flash that can be read as memory, erased by pages and programmed by words, as microcontrollers have
/// it: erasing makes all bits of a page one, programming makes some of them zero.
public protocol FlashMemory: ~Copyable {
  /// What is erased at once: a multiple of four.
  var pageBytes: Int { get }
  /// All of it, as it reads now.
  var contents: RawSpan { @_lifetime(borrow self) get }
  /// Erases the page that starts at `place`.
  mutating func erase(page place: Int) throws(FlashWriteError)
  /// Programs an erased word at `place`, a multiple of four.
  mutating func program(_ word: UInt32, at place: Int) throws(FlashWriteError)
}
