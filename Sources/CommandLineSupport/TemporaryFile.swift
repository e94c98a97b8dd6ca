import Foundation

/// A new file beside the destination, gone again unless it takes its place.
///
/// Its writer holds a lock on it. Only `kill -9` and a power cut leave it behind, and with the process
/// goes the lock: that tells a file nobody will finish from one that is being written, wherever its
/// writer runs.
struct TemporaryFile: ~Copyable {
  let descriptor: Int32
  private let path: [UInt8]

  private static let prefix = Array(".simdigit-".utf8)
  private static let suffix = Array(".tmp".utf8)
  private static let folderSuffix = Array(".probe".utf8)

  init(for destination: Destination) throws(Failure) {
    var attempts = 0
    while true {
      // Short, because the destination's own name may already be as long as names can be.
      let name = "\(getpid())-" + String(UInt32.random(in: 0 ... .max), radix: 36)
      let path = destination.folder + Array("/".utf8) + Self.prefix + name.utf8 + Self.suffix
      // 0666 less the umask is what any new file gets; with the usual umask, 0644.
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
      let permissions = destination.permissions ?? 0o666
      let descriptor = unsafe withPath(path) { unsafe open($0, flags, permissions) }
      let problem = errno
      if descriptor >= 0 {
        // Where there are no locks, none can be had by who would remove it either.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
        if Self.hasName(descriptor) {
          self.descriptor = descriptor
          self.path = path
          break
        }
        // Taken for a stray before it was locked.
        close(descriptor)
      }
      attempts += 1
      guard descriptor >= 0 || problem == EINTR || problem == EEXIST, attempts < 100 else {
        throw destination.failure(problem)
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
      let problem = unsafe zeros.withUnsafeBytes {
        unsafe writeFully(descriptor, UnsafeRawBufferPointer(rebasing: $0.prefix(count)))
      }
      if let problem { return problem }
      rest -= count
    }
    // A disk may promise what it does not have until it is asked to keep it.
    return fsync(descriptor) == 0 ? nil : errno
  }

  func takePlace(of destination: Destination, ifStill isWanted: () -> Bool) throws(Failure) {
    #if canImport(Darwin)
      // There, fsync only reaches the drive's cache.
      let isOnDisk = fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0
    #else
      let isOnDisk = fsync(descriptor) == 0
    #endif
    guard isOnDisk else { throw destination.failure(errno) }
    guard isWanted() else { return }
    let isDone =
      unsafe withPath(path) { path in unsafe withPath(destination.path) { unsafe rename(path, $0) }
      } == 0
    guard isDone else { throw destination.failure(errno) }
    // The new name must survive a power cut too. Some file systems cannot promise that, and by
    // now the file is whole either way.
    let folder = unsafe withPath(destination.folder) {
      unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }

  /// Removes its name, which after a rename is no longer there to remove, and with it the lock.
  deinit {
    _ = unsafe withPath(path) { unsafe unlink($0) }
    close(descriptor)
  }

  private static func hasName(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  /// Makes an empty folder beside a destination, for a moment; nil if there can be none.
  static func makeFolder(in folder: [UInt8]) -> [UInt8]? {
    let name = "\(getpid())-" + String(UInt32.random(in: 0 ... .max), radix: 36)
    let path = folder + Array("/".utf8) + prefix + name.utf8 + folderSuffix
    return unsafe withPath(path) { unsafe mkdir($0, 0o700) } == 0 ? path : nil
  }

  /// Removes from a folder the files of this kind whose writers are no more.
  static func removeStrays(in folder: [UInt8]) {
    for name in Folder.names(folder) ?? [] {
      guard name.starts(with: prefix) else { continue }
      let path = folder + Array("/".utf8) + name
      if name.suffix(suffix.count) == suffix[...] {
        unsafe withPath(path) { unsafe removeStray($0) }
      }
      // Only an empty one goes, and who has just made it does without.
      if name.suffix(folderSuffix.count) == folderSuffix[...] {
        _ = unsafe withPath(path) { unsafe rmdir($0) }
      }
    }
  }

  private static func removeStray(_ path: UnsafePointer<CChar>) {
    let descriptor = unsafe open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var (opened, named) = (stat(), stat())
    // The lock may have been waited for by nobody but had because the file took its place and was
    // closed meanwhile: the name must still be that of the file that was opened.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, unsafe fstat(descriptor, &opened) == 0,
      opened.st_mode & S_IFMT == S_IFREG, opened.st_uid == geteuid(),
      unsafe lstat(path, &named) == 0, named.st_ino == opened.st_ino, named.st_dev == opened.st_dev
    else { return }
    unsafe unlink(path)
  }
}
