import Foundation

/// Finds programs in a list of folders.
struct ProgramFinder {
  private let folders: [String]

  /// - Parameter searchPath: folders, separated by colons; nil is `$PATH`.
  init(_ searchPath: String?) {
    let path = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    // A folder that depends on where one stands could hold anything.
    folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// Where a program is, nil if it is in none of the folders.
  func path(of name: String) -> String? {
    folders.lazy.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
