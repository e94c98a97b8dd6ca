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
public enum AtomicFile {
  /// Replaces or creates the file at `path`.
  ///
  /// A symbolic link stays one: what it points to is replaced. An existing file keeps its
  /// permissions; a new one gets those that the process gives new files.
  ///
  /// Ctrl-C and its relatives wait the few milliseconds that this takes.
  ///
  /// - Throws: ``ExitCode/cannotCreate`` if there can be no such file: the folder is missing or
  ///   closed to us, the destination is a folder, a device or write-protected.
  ///   ``ExitCode/io`` if it does not get there: no space, a size limit, a broken disk. The
  ///   destination is then as it was, with nothing left beside it.
  public static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let destination = try Destination(path)
    let signals = HeldSignals()
    defer { signals.release() }
    let temporary = try TemporaryFile(for: destination)
    defer { temporary.discard() }
    if let problem = bytes.withUnsafeBytes({ writeFully(temporary.descriptor, $0) }) {
      throw destination.failure(problem)
    }
    try temporary.takePlace(of: destination)
  }

  /// Proves that ``write(_:to:)`` can work, without touching the destination.
  ///
  /// A file of `bytes` bytes is made beside the destination and removed again, so a missing
  /// folder, a closed one, a full disk and a size limit all show before the work and not after.
  ///
  /// - Throws: What ``write(_:to:)`` would.
  public static func check(_ path: String, bytes: Int) throws(Failure) {
    let destination = try Destination(path)
    let signals = HeldSignals()
    defer { signals.release() }
    let temporary = try TemporaryFile(for: destination)
    defer { temporary.discard() }
    if let problem = temporary.allocate(bytes) { throw destination.failure(problem) }
  }
}

/// A new file beside the destination, gone again unless it takes its place.
private struct TemporaryFile: ~Copyable {
  let descriptor: Int32
  let path: String

  init(for destination: Destination) throws(Failure) {
    var attempts = 0
    while true {
      // Short, because the destination's own name may already be as long as names can be.
      let suffix = String(UInt32.random(in: 0 ... .max), radix: 36)
      let path = destination.folder + "/.simdigit-\(getpid())-\(suffix).tmp"
      // 0666 less the umask is what any new file gets; with the usual umask, 0644.
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
      let descriptor = open(path, flags, destination.permissions ?? 0o666)
      if descriptor >= 0 {
        self.descriptor = descriptor
        self.path = path
        break
      }
      attempts += 1
      guard errno == EINTR || errno == EEXIST, attempts < 100 else {
        throw destination.failure(errno)
      }
    }
    // Past the umask, which an existing file need not agree with. Where the file system has no
    // permissions there is nothing to keep.
    if let permissions = destination.permissions { _ = fchmod(descriptor, permissions) }
  }

  /// Takes up room for `bytes` bytes, and returns nil or the `errno` of failure.
  func allocate(_ bytes: Int) -> Int32? {
    guard bytes > 0 else { return nil }
    #if os(Linux)
      let problem = posix_fallocate(descriptor, 0, off_t(bytes))
      if problem == 0 { return nil }
      guard problem == EOPNOTSUPP || problem == EINVAL || problem == EINTR else { return problem }
    #endif
    let zeros = [UInt8](repeating: 0, count: min(bytes, 1 << 16))
    var rest = bytes
    while rest > 0 {
      let count = min(rest, zeros.count)
      let problem = zeros.withUnsafeBytes {
        writeFully(descriptor, UnsafeRawBufferPointer(rebasing: $0.prefix(count)))
      }
      if let problem { return problem }
      rest -= count
    }
    // A disk may promise what it does not have until it is asked to keep it.
    return fsync(descriptor) == 0 ? nil : errno
  }

  func takePlace(of destination: Destination) throws(Failure) {
    #if canImport(Darwin)
      // There, fsync only reaches the drive's cache.
      let kept = fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0
    #else
      let kept = fsync(descriptor) == 0
    #endif
    guard kept, rename(path, destination.path) == 0 else { throw destination.failure(errno) }
    // The new name must survive a power cut too. Some file systems cannot promise that, and by
    // now the file is whole either way.
    let folder = open(destination.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }

  /// Closes the file and removes its name, which after a rename is no longer there to remove.
  func discard() {
    close(descriptor)
    unlink(path)
  }
}
