import Foundation

// A file may be written and yet not be replaced by another of its name. That should show before the work.
extension Destination {
  /// Refuses an existing file whose name cannot be given to another.
  func checkReplaceable() throws(Failure) {
    guard let existing else { return }
    if isMounted {
      throw Failure(
        .cannotCreate,
        "\(shown): is mounted by itself, as into a container, and cannot be replaced; mount its "
          + "folder, or write elsewhere")
    }
    let user = geteuid()
    let isSticky = folderStatus.st_mode & S_ISVTX != 0
    if isSticky, user != 0, existing.st_uid != user, folderStatus.st_uid != user {
      throw Failure(
        .cannotCreate,
        "\(shown): is another user's, in a folder where only they may replace it; write elsewhere")
    }
    if let problem = refusalToReplace() {
      throw Failure(
        .cannotCreate, "\(shown): cannot be replaced: \(reason(problem)); write elsewhere")
    }
  }

  /// What the system answers who would rename a folder over the file, but for the one answer that a file
  /// which can be replaced gives: that a folder cannot take a file's place. So nothing is ever replaced.
  private func refusalToReplace() -> Int32? {
    guard let probe = TemporaryFile.makeFolder(in: folder) else { return nil }
    defer { _ = unsafe withPath(probe) { unsafe rmdir($0) } }
    let answer = unsafe withPath(probe) { probe in
      unsafe withPath(path) { unsafe rename(probe, $0) }
    }
    guard answer != 0 else { return nil }
    let problem = errno
    // Attributes that forbid it: immutable, append-only. Other answers are another system's ways to say
    // what was expected.
    return problem == EPERM || problem == EBUSY ? problem : nil
  }

  /// Whether the file is a mount of its own. (Its device tells nothing: it may be that of its folder.)
  private var isMounted: Bool {
    #if os(Linux)
      guard let full = unsafe withPath(path, { unsafe realpath($0, nil) }) else { return false }
      defer { unsafe free(full) }
      let wanted = unsafe UnsafeBufferPointer(start: full, count: strlen(full)).map {
        UInt8(bitPattern: $0)
      }
      guard let mounts = unsafe fopen("/proc/self/mountinfo", "re") else { return false }
      defer { unsafe fclose(mounts) }
      var line: UnsafeMutablePointer<CChar>?
      var room = 0
      defer { unsafe free(line) }
      while unsafe getline(&line, &room, mounts) > 0, let line = unsafe line {
        if unsafe mountPoint(UnsafeBufferPointer(start: line, count: strlen(line))) == wanted {
          return true
        }
      }
    #endif
    return false
  }

  /// The fifth field of a line, in which a backslash and three octal digits stand for a byte.
  private func mountPoint(_ line: UnsafeBufferPointer<CChar>) -> [UInt8] {
    let fields = unsafe line.lazy.map { UInt8(bitPattern: $0) }.split(
      separator: UInt8(ascii: " "), maxSplits: 5)
    guard unsafe fields.count > 4 else { return [] }
    var rest = unsafe Array(fields[4])[...]
    var point: [UInt8] = []
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3).map { Int($0) - Int(UInt8(ascii: "0")) }
      if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (0..<8).contains($0) })
      {
        point.append(UInt8(truncatingIfNeeded: digits.reduce(0) { 8 * $0 + $1 }))
        rest = rest.dropFirst(3)
      } else {
        point.append(byte)
      }
    }
    return point
  }
}
