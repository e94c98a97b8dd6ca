import Foundation

/// What stands in folders.
package enum Folder {
  /// The kinds of things that a path leads to, with links followed.
  package enum Kind: Sendable {
    case file
    case folder
    /// A device, a pipe.
    case other
  }

  /// What is at a path; nil, with the reason in `errno`, if there is nothing or it cannot be seen.
  package static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard unsafe path.withFileName({ unsafe stat($0, &status) }) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// The names of a folder's entries, sorted, but for itself and the one above it; nil if it cannot be
  /// read.
  package static func names(_ path: String) -> [String]? {
    names(path.fileName)?.map { String(fileName: $0) }.sorted()
  }

  /// The path of an entry.
  package static func path(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
  }

  static func names(_ path: [UInt8]) -> [[UInt8]]? {
    guard let entries = unsafe withPath(path, { unsafe opendir($0) }) else { return nil }
    defer { unsafe closedir(entries) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(entries) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 1) { name in
          unsafe UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
        }
      }
      if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
    }
    return names
  }
}

/// A new folder in `$TMPDIR`, gone with all that is in it when this goes.
package final class TemporaryFolder {
  /// Its path.
  package let path: String

  /// Makes one.
  ///
  /// - Throws: ``ExitCode/cannotCreate`` with the reason.
  package init(prefix: String) throws(Failure) {
    let base = String(environment: "TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let template = Folder.path(base, prefix + "XXXXXX")
    var buffer = template.fileName.map { CChar(bitPattern: $0) } + [0]
    guard unsafe mkdtemp(&buffer) != nil else {
      throw Failure(
        .cannotCreate, "\(base): no folder can be created in it: \(reason(errno)); set TMPDIR")
    }
    path = unsafe String(cFileName: buffer)
  }

  deinit { TemporaryFolder.remove(path.fileName) }

  /// Writes a file into it and returns its path.
  ///
  /// - Throws: ``ExitCode/io`` with the reason.
  package func write(_ bytes: [UInt8], _ name: String) throws(Failure) -> String {
    let file = Folder.path(path, name)
    let descriptor = unsafe file.withFileName {
      unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else { throw TemporaryFolder.failure(file, errno) }
    let problem = unsafe bytes.withUnsafeBytes { unsafe writeFully(descriptor, $0) }
    close(descriptor)
    if let problem { throw TemporaryFolder.failure(file, problem) }
    return file
  }

  private static func failure(_ file: String, _ code: Int32) -> Failure {
    Failure(.io, "\(file): cannot be written: \(reason(code)); set TMPDIR to where there is room")
  }

  private static func remove(_ folder: [UInt8]) {
    for name in Folder.names(folder) ?? [] {
      let path = folder + [UInt8(ascii: "/")] + name
      if unsafe withPath(path, { unsafe unlink($0) }) != 0 { remove(path) }
    }
    _ = unsafe withPath(folder) { unsafe rmdir($0) }
  }
}
