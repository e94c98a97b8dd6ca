import Foundation

/// Files that appear whole or not at all.
///
/// The bytes go to a new file beside the destination, which takes the destination's name only
/// once they are on the disk. Whoever reads the destination sees the old content or the new,
/// whatever happens in between: a full disk, Ctrl-C, a power cut.
///
/// ```swift
/// try AtomicFile.check("digits.flash", bytes: 120_000)  // Before an hour of training,
/// try AtomicFile.write(image, to: "digits.flash")       // not after it.
/// ```
package enum AtomicFile {
  /// Replaces or creates the file at `path`.
  ///
  /// A symbolic link stays one: what it points to is replaced. An existing file keeps its
  /// permissions; a new one gets those that the process gives new files.
  ///
  /// Ctrl-C and its relatives wait the few milliseconds that this takes.
  ///
  /// - Parameter isWanted: asked at the last moment whether the file is still to be replaced.
  /// - Throws: ``ExitCode/cannotCreate`` if there can be no such file: the folder is missing or
  ///   closed to us, the destination is a folder, a device or write-protected.
  ///   ``ExitCode/io`` if it does not get there: no space, a size limit, a broken disk. The
  ///   destination is then as it was, with nothing left beside it.
  package static func write(
    _ bytes: [UInt8], to path: String, ifStill isWanted: () -> Bool = { true }
  ) throws(Failure) {
    let destination = try Destination(path)
    let signals = HeldSignals()
    defer { signals.release() }
    let temporary = try TemporaryFile(for: destination)
    if let problem = unsafe bytes.withUnsafeBytes({ unsafe writeFully(temporary.descriptor, $0) }) {
      throw destination.failure(problem)
    }
    try temporary.takePlace(of: destination, ifStill: isWanted)
  }

  /// Proves that ``write(_:to:)`` can work, without touching the destination.
  ///
  /// A file of `bytes` bytes is made beside the destination and removed again, so a missing
  /// folder, a closed one, a full disk and a size limit all show before the work and not after. What
  /// processes that were killed while they wrote have left in the folder is removed first.
  ///
  /// - Throws: What ``write(_:to:)`` would.
  package static func check(_ path: String, bytes: Int) throws(Failure) {
    let destination = try Destination(path)
    let signals = HeldSignals()
    defer { signals.release() }
    TemporaryFile.removeStrays(in: destination.folder)
    try destination.checkReplaceable()
    let temporary = try TemporaryFile(for: destination)
    if let problem = temporary.allocate(bytes) { throw destination.failure(problem) }
  }

  /// Removes the file at `path`. A symbolic link stays, and leads nowhere until the file is written again.
  package static func remove(_ path: String) {
    guard let end = try? Destination.followingLinks(path) else { return }
    _ = unsafe withPath(end) { unsafe unlink($0) }
  }
}
