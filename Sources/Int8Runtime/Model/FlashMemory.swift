/// The writes to a chip's flash failed: it is worn out or write-protected, or power went.
public enum FlashWriteError: UInt8, Error, Sendable {
  /// The page could not be erased.
  case eraseFailed = 1
  /// The word could not be programmed.
  case programFailed
  /// There is no flash at that offset, or no page or word starts there.
  case outOfRange
}

/// Flash that can be read as memory, erased by pages and programmed by words, as microcontrollers have
/// it: erasing makes all bits of a page one, programming makes some of them zero.
public protocol FlashMemory: ~Copyable {
  /// What is erased at once: a multiple of four.
  var pageBytes: Int { get }
  /// All of it, as it reads now.
  var contents: RawSpan { @_lifetime(borrow self) get }
  /// Erases a page.
  ///
  /// - Parameter offset: where it starts, a multiple of ``pageBytes``.
  mutating func erase(page offset: Int) throws(FlashWriteError)
  /// Programs an erased word.
  ///
  /// - Parameters:
  ///   - word: what it shall read.
  ///   - offset: where it starts, a multiple of four.
  mutating func program(_ word: UInt32, at offset: Int) throws(FlashWriteError)
}
