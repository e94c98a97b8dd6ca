import CommandLineSupport
import Foundation

/// Paths as far as data sets are told by them.
enum Paths {
  /// The last three names of a folder's path, in full however it was named.
  static func end(of folder: String) -> String {
    var path = folder.fileName
    if let full = unsafe folder.withFileName({ unsafe realpath($0, nil) }) {
      path = unsafe Array(UnsafeBufferPointer(start: full, count: strlen(full))).map {
        UInt8(bitPattern: $0)
      }
      unsafe free(full)
    }
    return String(fileName: path).split(separator: "/").suffix(3).joined(separator: "/")
  }

  /// The last name of a path, for people.
  static func name(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "").escapingControls()
  }
}
