import CommandLineSupport
import Foundation

// What to say where MNIST's files should be and are not.
extension MNIST {
  /// Why a folder has no file of a name, and what to do about what it has instead.
  static func missing(_ name: String, in folder: String) -> DigitsError {
    guard let kind = Folder.kind(folder) else {
      let code = errno
      if code == ENOENT || code == ENOTDIR {
        return DigitsError(
          kind: .notFound, file: folder, problem: "no such folder", advice: "check the path")
      }
      return unsafe DigitsError(
        kind: .unreadable, file: folder,
        problem: "cannot be looked into: " + String(cString: strerror(code)).lowercased(),
        advice: "check its permissions")
    }
    guard kind == .folder else {
      return DigitsError(
        kind: .notFound, file: folder, problem: "is not a folder",
        advice: "name the folder with the four MNIST files")
    }
    guard let names = Folder.names(folder) else {
      return DigitsError(
        kind: .unreadable, file: folder, problem: "may not be read",
        advice: "change its permissions with chmod")
    }
    return DigitsError(
      kind: .notFound, file: folder, problem: "has no \(name)[.gz]" + others(names),
      advice: advice(names, in: folder))
  }

  /// The first names that are there instead.
  private static func others(_ names: [String]) -> String {
    let shown = names.filter { !$0.hasPrefix(".") }
    guard !shown.isEmpty else { return " and nothing else" }
    return ", but " + shown.prefix(3).joined(separator: ", ") + (shown.count > 3 ? ", ..." : "")
  }

  private static func advice(_ names: [String], in folder: String) -> String {
    // As torchvision leaves them.
    for inner in ["raw", "MNIST/raw"] {
      let path = Folder.path(folder, inner)
      if isPresent(in: path) { return "name \(path), where they are" }
    }
    func ends(_ name: String, _ endings: [String]) -> Bool {
      endings.contains { name.lowercased().hasSuffix($0) }
    }
    if names.contains(where: { $0.contains("-idx3-ubyte") || $0.contains(".idx3-ubyte") }) {
      return "all four files must have MNIST's names: train- and t10k-, images-idx3-ubyte and "
        + "labels-idx1-ubyte"
    }
    if names.contains(where: { ends($0, [".csv", ".csv.gz"]) }) {
      return "tables are not read; name a folder with the four MNIST files"
    }
    if names.contains(where: { ends($0, [".zip", ".tar", ".tgz", ".tar.gz"]) }) {
      return "unpack the archive first"
    }
    return "name the folder with the four MNIST files"
  }
}
