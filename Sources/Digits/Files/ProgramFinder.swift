import CommandLineSupport

/// Finds programs in a list of folders.
struct ProgramFinder {
  private let searchPath: String

  /// - Parameter searchPath: folders, separated by colons; nil is `$PATH`.
  init(_ searchPath: String?) {
    self.searchPath = searchPath ?? String(environment: "PATH") ?? "/usr/bin:/bin"
  }

  /// Where a program is, nil if it is in none of the folders.
  func path(of name: String) -> String? { ChildProcess.find(name, in: searchPath) }
}
