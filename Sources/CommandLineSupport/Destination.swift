import Foundation

/// A place where a regular file stands or can be put, with symbolic links followed.
struct Destination {
  /// Where the file goes: the end of the chain, if `shown` is a symbolic link.
  let path: [UInt8]

  /// The folder the file goes into.
  let folder: [UInt8]

  /// What stands there now, if something does.
  let existing: stat?

  /// What the system knows of the folder it is in.
  let folderStatus: stat

  /// The path as it was asked for, to name in complaints.
  let shown: String

  /// Looks at `path` and refuses what cannot become a regular file.
  init(_ path: String) throws(Failure) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw Failure(.cannotCreate, "'\(path)': not a file name; name a file to write")
    }
    shown = path
    self.path = try Self.followingLinks(path)
    folder = Self.folder(of: self.path)
    existing = try Self.existing(self.path, shown: path)
    folderStatus = try Self.checkFolder(folder, shown: path)
  }

  /// The permissions of the file that stands there now, if one does.
  var permissions: mode_t? { existing.map { $0.st_mode & 0o777 } }

  /// The failure to report when the system answers with `code` on the way to this file.
  func failure(_ code: Int32) -> Failure { Self.failure(code, shown: shown) }

  private static func failure(_ code: Int32, shown: String) -> Failure {
    switch code {
    case ENOSPC, EDQUOT:
      return Failure(.io, "\(shown): no space left on its disk; free some or write elsewhere")
    case EFBIG:
      return Failure(.io, "\(shown): over the file size limit; raise it (ulimit -f)")
    case EMFILE, ENFILE:
      return Failure(.io, "\(shown): too many open files; raise the limit (ulimit -n)")
    case EIO, EAGAIN, ENOMEM:
      return Failure(.io, "\(shown): cannot write: \(reason(code))")
    default:
      return Failure(.cannotCreate, "\(shown): cannot create: \(reason(code)); write elsewhere")
    }
  }

  static func followingLinks(_ path: String) throws(Failure) -> [UInt8] {
    var current = path.fileName
    // As many as Linux itself follows.
    for _ in 0..<40 {
      guard let target = linkTarget(current) else {
        // Not a link, or nothing there yet: what it is will be looked at next.
        return current
      }
      current =
        target.first == UInt8(ascii: "/")
        ? target : folder(of: current) + [UInt8(ascii: "/")] + target
    }
    throw failure(ELOOP, shown: path)
  }

  /// Where a symbolic link leads; nil for anything else.
  private static func linkTarget(_ path: [UInt8]) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe withPath(path) { unsafe readlink($0, &buffer, buffer.count) }
    return count > 0 ? buffer.prefix(count).map { UInt8(bitPattern: $0) } : nil
  }

  static func folder(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return [UInt8(ascii: ".")] }
    return Array(slash == 0 ? path[...0] : path[..<slash])
  }

  static func name(of path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[($0 + 1)...]) } ?? path
  }

  private static func existing(_ path: [UInt8], shown: String) throws(Failure) -> stat? {
    var status = stat()
    guard unsafe withPath(path, { unsafe stat($0, &status) }) == 0 else {
      let problem = errno
      if path.last == UInt8(ascii: "/") {
        throw Failure(
          .cannotCreate, "\(shown): names a folder, and there is none; name a file to write")
      }
      // A missing folder is reported by name, where the folder is looked at.
      if problem == ENOENT || problem == ENOTDIR { return nil }
      throw failure(problem, shown: shown)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.cannotCreate, "\(shown): is a folder; name a file to write")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.cannotCreate, "\(shown): not a regular file; name one to write")
    }
    // Renaming over it would work, but whoever protected the file meant it.
    guard unsafe withPath(path, { unsafe access($0, W_OK) }) == 0 else {
      throw Failure(.cannotCreate, "\(shown): is write-protected; unprotect it or write elsewhere")
    }
    return status
  }

  private static func checkFolder(_ folder: [UInt8], shown: String) throws(Failure) -> stat {
    var status = stat()
    let name = String(fileName: folder)
    guard unsafe withPath(folder, { unsafe stat($0, &status) }) == 0 else {
      let problem = errno
      guard problem == ENOENT else { throw failure(problem, shown: shown) }
      throw Failure(.cannotCreate, "\(shown): there is no folder \(name); create it first")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(.cannotCreate, "\(shown): \(name) is not a folder; write elsewhere")
    }
    guard unsafe withPath(folder, { unsafe access($0, W_OK | X_OK) }) == 0 else {
      throw Failure(.cannotCreate, "\(shown): no permission to write in \(name); write elsewhere")
    }
    return status
  }
}
