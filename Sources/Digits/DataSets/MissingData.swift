import CommandLineSupport
import Foundation

/// What to say where a data set should be and is not.
enum MissingData {
  /// Why there is nothing at a path.
  static func nothing(at path: String) -> DigitsError {
    var status = stat()
    let code = unsafe path.withFileName({ unsafe stat($0, &status) }) == 0 ? ENOENT : errno
    if code == ENOENT || code == ENOTDIR {
      return DigitsError(
        kind: .notFound, file: path, problem: "no such file or folder", advice: "check the path")
    }
    return unsafe DigitsError(
      kind: .unreadable, file: path,
      problem: "cannot be looked into: " + String(cString: strerror(code)).lowercased(),
      advice: "check its permissions")
  }

  /// What a folder lacks, what it has instead, and what to do about that.
  static func failure(_ problem: String, in folder: String) -> DigitsError {
    guard let names = Folder.names(folder) else {
      return DigitsError(
        kind: .unreadable, file: folder, problem: "may not be read",
        advice: "change its permissions with chmod")
    }
    return DigitsError(
      kind: .notFound, file: folder, problem: problem + others(names),
      advice: advice(names, in: folder))
  }

  /// That a folder has more than one set, told apart by what their files' names begin with.
  static func several(_ prefixes: [String], in folder: String) -> DigitsError {
    several(paths: prefixes.map { Folder.path(folder, $0) }, in: folder)
  }

  /// That a folder has more than one set, each of which can be named.
  static func several(paths: [String], in folder: String) -> DigitsError {
    let trimmed = paths.map { path in
      String(path.reversed().drop { "-_./".contains($0) }.reversed())
    }
    return .malformed(
      folder, "holds \(paths.count) data sets",
      "name one: \(trimmed.prefix(6).joined(separator: ", "))\(paths.count > 6 ? ", ..." : "")")
  }

  /// The first names that are there instead.
  private static func others(_ names: [String]) -> String {
    let shown = names.filter { !$0.hasPrefix(".") }
    guard !shown.isEmpty else { return " and nothing else" }
    return ", but " + shown.prefix(3).joined(separator: ", ") + (shown.count > 3 ? ", ..." : "")
  }

  private static func advice(_ names: [String], in folder: String) -> String {
    func ends(_ name: String, _ endings: [String]) -> Bool {
      endings.contains { name.lowercased().hasSuffix($0) }
    }
    if names.contains(where: { $0.contains("idx3-ubyte") || $0.contains("idx1-ubyte") }) {
      return "all four files must have MNIST's names: train- and t10k-, images-idx3-ubyte and "
        + "labels-idx1-ubyte"
    }
    if names.contains(where: { ends($0, [".csv", ".csv.gz"]) }) {
      return "name the table itself, or call them train.csv and test.csv"
    }
    if names.contains(where: { ends($0, [".zip", ".tar", ".tgz", ".tar.gz"]) }) {
      return "unpack the archive first"
    }
    if ClassFolders.hasPictures(folder) {
      return "put the pictures of each class into a folder named for it"
    }
    return "give MNIST's four files, train.csv and test.csv, or a folder of pictures for each class"
  }
}
