import CommandLineSupport
import Foundation

/// Files read with a bound: nothing a path can lead to takes more memory than was granted, or waits
/// forever.
package enum FileBytes {
  /// How long a pipe may stay silent, in milliseconds.
  static let patience: Int32 = 10_000

  /// Everything in a file, if it is at most `limit` bytes.
  ///
  /// A regular file that is too large is refused before a byte is read; a pipe or a device is read up
  /// to the limit, so that `/dev/zero` is refused too.
  package static func read(_ path: String, limit: Int) throws(DigitsError) -> [UInt8] {
    try read(ByteStream(opening: path), limit: limit)
  }

  /// Everything on standard input, with the same bounds; `-` in errors.
  package static func readStandardInput(limit: Int) throws(DigitsError) -> [UInt8] {
    let descriptor = fcntl(0, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else {
      // A limit of three files is below the least number that was asked for: an invalid argument.
      let code = errno == EINVAL ? EMFILE : errno
      guard code == EBADF else { throw ByteStream.failure("-", code) }
      throw DigitsError(
        kind: .unreadable, file: "-", problem: "standard input is closed",
        advice: "pipe a picture into it")
    }
    return try read(ByteStream(file: "-", adopting: descriptor, size: nil), limit: limit)
  }

  private static func read(
    _ stream: borrowing ByteStream, limit: Int
  ) throws(DigitsError) -> [UInt8] {
    if let size = stream.size, size > limit { throw tooLong(stream.file, limit: limit) }
    // What is read takes its place a second time as what it means.
    if let size = stream.size, !Memory.has(2 * size) { throw DigitsError.noMemory(stream.file) }
    var bytes: [UInt8] = []
    try stream.read(upTo: limit + 1, into: &bytes)
    guard bytes.count <= limit else { throw tooLong(stream.file, limit: limit) }
    return bytes
  }

  private static func tooLong(_ path: String, limit: Int) -> DigitsError {
    .malformed(path, "is larger than \(limit) bytes", "give a smaller file")
  }
}
