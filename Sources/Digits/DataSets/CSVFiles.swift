import CommandLineSupport

/// The tables of a set, a line a picture: one to train on and one to test with, or a single one.
struct CSVFiles: Sendable, Equatable {
  /// What comes before `train` in the names: `mnist_`.
  let prefix: String
  var training: String?
  var test: String?

  /// All that there are.
  var files: [String] { [training, test].compactMap(\.self) }

  /// The sets in a folder: files named `...train.csv` and `...test.csv`, or one file of any name.
  static func named(in folder: String) -> [CSVFiles] {
    var sets: [String: CSVFiles] = [:]
    let tables = (Folder.names(folder) ?? []).filter {
      stem($0) != nil && Folder.kind(Folder.path(folder, $0)) == .file
    }
    for name in tables {
      guard let (prefix, part) = stem(name).flatMap(Part.split) else { continue }
      let path = Folder.path(folder, name)
      var set = sets[prefix] ?? CSVFiles(prefix: prefix)
      if part == .training { set.training = set.training ?? path }
      if part == .test { set.test = set.test ?? path }
      sets[prefix] = set
    }
    if sets.isEmpty, tables.count == 1 {
      return [CSVFiles(prefix: "", training: Folder.path(folder, tables[0]))]
    }
    return sets.values.sorted { $0.prefix < $1.prefix }
  }

  /// A table's name without its ending, nil if it is no table's.
  private static func stem(_ name: String) -> String? {
    guard !name.hasPrefix(".") else { return nil }
    for ending in [".csv", ".csv.gz"] where name.lowercased().hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return nil
  }

  /// The pictures of a table.
  static func read(_ path: String) throws(DigitsError) -> DigitSet {
    let table = try PackedFile.read(path) { (file) throws(DigitsError) in try CSV.table(in: file) }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let name = Paths.name(path)
    let known = KnownSet(
      file: name,
      folders: Paths.end(of: folder.isEmpty ? "." : folder.joined(separator: "/") + "/"))
    let meaning = ClassNames.meaning(of: table.labels, in: known)
    return DigitSet(
      pixels: table.pixels, labels: table.rows.map { meaning.classes[Int($0)] }, name: name,
      classNames: meaning.names)
  }
}
