/// Bytes that come a few at a time.
package protocol ByteSource: ~Copyable {
  /// The name to speak of in errors.
  var file: String { get }
  /// How many there are in all, where that is known.
  var size: Int? { get }
  /// Appends up to `count` bytes, fewer only where they end. Memory follows what arrives, not what was
  /// asked for.
  func read(upTo count: Int, into bytes: inout [UInt8]) throws(DigitsError)
}
