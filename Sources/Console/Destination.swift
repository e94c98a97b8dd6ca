import Foundation

/// A place where a regular file stands or can be put, with symbolic links followed.
struct Destination {
  /// Where the file goes: the end of the chain, if `shown` is a symbolic link.
  let path: String

  /// The folder the file goes into.
  let folder: String

  /// The permissions of the file that stands there now, if one does.
  let permissions: mode_t?

  /// The path as it was asked for, to name in complaints.
  private let shown: String

  /// Looks at `path` and refuses what cannot become a regular file.
  init(_ path: String) throws(Failure) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw Failure(.cannotCreate, "'\(path)': not a file name; name a file to write")
    }
    shown = path
    self.path = try Self.followingLinks(path)
    folder = Self.folder(of: self.path)
    permissions = try Self.permissions(of: self.path, shown: path)
    try Self.checkFolder(folder, shown: path)
  }

  /// The failure to report when the system answers with `code` on the way to this file.
  func failure(_ code: Int32) -> Failure { Self.failure(code, shown: shown) }

  private static func failure(_ code: Int32, shown: String) -> Failure {
    switch code {
    case ENOSPC, EDQUOT:
      return Failure(.io, "\(shown): no space left on its disk; free some or write elsewhere")
    case EFBIG:
      return Failure(.io, "\(shown): over the file size limit; raise it (ulimit -f)")
    case EIO, EAGAIN, ENOMEM, EMFILE, ENFILE:
      return Failure(.io, "\(shown): cannot write: \(reason(code))")
    default:
      return Failure(.cannotCreate, "\(shown): cannot create: \(reason(code)); write elsewhere")
    }
  }

  private static func followingLinks(_ path: String) throws(Failure) -> String {
    var current = path
    // As many as Linux itself follows.
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(current, &buffer, buffer.count)
      // Not a link, or nothing there yet: what it is will be looked at next.
      guard count > 0 else { return current }
      let bytes = buffer.prefix(count).map { UInt8(bitPattern: $0) }
      let target = String(decoding: bytes, as: UTF8.self)
      current = target.hasPrefix("/") ? target : folder(of: current) + "/" + target
    }
    throw failure(ELOOP, shown: path)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func permissions(of path: String, shown: String) throws(Failure) -> mode_t? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let problem = errno
      if path.hasSuffix("/") { throw isFolder(shown) }
      // A missing folder is reported by name, where the folder is looked at.
      if problem == ENOENT || problem == ENOTDIR { return nil }
      throw failure(problem, shown: shown)
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw isFolder(shown) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.cannotCreate, "\(shown): not a regular file; name one to write")
    }
    // Renaming over it would work, but whoever protected the file meant it.
    guard access(path, W_OK) == 0 else {
      throw Failure(.cannotCreate, "\(shown): is write-protected; unprotect it or write elsewhere")
    }
    return status.st_mode & 0o777
  }

  private static func checkFolder(_ folder: String, shown: String) throws(Failure) {
    var status = stat()
    guard stat(folder, &status) == 0 else {
      let problem = errno
      guard problem == ENOENT else { throw failure(problem, shown: shown) }
      throw Failure(.cannotCreate, "\(shown): there is no folder \(folder); create it first")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(.cannotCreate, "\(shown): \(folder) is not a folder; write elsewhere")
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw Failure(
        .cannotCreate, "\(shown): no permission to write in \(folder); write elsewhere")
    }
  }

  private static func isFolder(_ shown: String) -> Failure {
    Failure(.cannotCreate, "\(shown): is a folder; name a file to write")
  }
}
