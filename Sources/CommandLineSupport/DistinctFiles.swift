import Foundation

/// A file that a command reads or writes, and what it is on the command line.
package struct NamedFile: Sendable {
  let role: String
  let path: String

  /// - Parameters:
  ///   - role: the option that names it, as typed: `--output`.
  ///   - path: its name.
  package init(_ role: String, _ path: String) {
    self.role = role
    self.path = path
  }
}

/// Sees to it that no file a command writes is another that it writes or reads, by whatever path.
package enum DistinctFiles {
  /// Compares all outputs with one another and with all inputs: the folders they end in, as the file
  /// system numbers them, and their names there, with symbolic links followed.
  ///
  /// - Throws: ``ExitCode/usage`` for the first two that are one.
  package static func check(outputs: [NamedFile], inputs: [NamedFile]) throws(Failure) {
    let written = outputs.map { (file: $0, location: FileLocation($0.path)) }
    for (index, one) in written.enumerated() {
      for other in written[..<index] where one.location != nil && one.location == other.location {
        throw Failure(
          .usage,
          "\(other.file.role) \(other.file.path) and \(one.file.role) \(one.file.path) are the same "
            + "file; give each its own")
      }
    }
    for input in inputs {
      guard let location = FileLocation(input.path) else { continue }
      for output in written where output.location == location {
        throw Failure(
          .usage,
          "\(output.file.role) \(output.file.path) would replace what is read, \(input.role) "
            + "\(input.path); write elsewhere")
      }
    }
  }
}

/// Where a path ends: which folder, and which name in it.
struct FileLocation: Equatable {
  private let device: dev_t
  private let folder: ino_t
  private let name: [UInt8]

  /// Follows links; nil if that leads nowhere.
  init?(_ path: String) {
    guard let end = try? Destination.followingLinks(path) else { return nil }
    let folder = Destination.folder(of: end)
    var status = stat()
    guard unsafe withPath(folder, { unsafe stat($0, &status) }) == 0 else { return nil }
    device = status.st_dev
    self.folder = status.st_ino
    name = FileLocation.asCompared(Destination.name(of: end), in: folder)
  }

  /// A name such that equal ones are one file: where the file system makes nothing of capitals, nor of
  /// the ways to compose an accent, neither is there anything of them here.
  private static func asCompared(_ name: [UInt8], in folder: [UInt8]) -> [UInt8] {
    #if canImport(Darwin)
      let isSensitive = withPath(folder) { pathconf($0, _PC_CASE_SENSITIVE) } != 0
      let text = String(fileName: name).decomposedStringWithCanonicalMapping
      return (isSensitive ? text : text.lowercased()).fileName
    #else
      return name
    #endif
  }
}
