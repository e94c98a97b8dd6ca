import Console

/// Files read with a bound: nothing a path can lead to takes more memory than was granted, or waits
/// forever.
public enum FileBytes {
  /// How long a pipe may stay silent, in milliseconds.
  static let patience: Int32 = 10_000

  /// Everything in a file, if it is at most `limit` bytes.
  ///
  /// A regular file that is too large is refused before a byte is read; a pipe or a device is read up
  /// to the limit, so that `/dev/zero` is refused too.
  public static func read(_ path: String, limit: Int) throws(DigitsError) -> [UInt8] {
    let stream = try ByteStream(opening: path)
    if let size = stream.size, size > limit { throw tooLong(path, limit: limit) }
    // What is read takes its place a second time as what it means.
    if let size = stream.size, !Memory.has(2 * size) { throw DigitsError.noMemory(path) }
    var bytes: [UInt8] = []
    try stream.read(upTo: limit + 1, into: &bytes)
    guard bytes.count <= limit else { throw tooLong(path, limit: limit) }
    return bytes
  }

  private static func tooLong(_ path: String, limit: Int) -> DigitsError {
    .malformed(path, "is larger than \(limit) bytes", "give a smaller file")
  }
}
