import CommandLineSupport

/// A folder a class, named for it, with its pictures inside; for each part, or for all pictures there are.
struct ClassFolders: Sendable, Equatable {
  /// The folder of a class.
  struct Class: Sendable, Equatable {
    let name: String
    /// Its pictures, by name.
    let files: [String]
  }

  /// What messages call the set.
  let folder: String
  var training: [Class] = []
  /// Nil where pictures to test with are not kept apart.
  var test: [Class]?

  /// All pictures.
  var files: [String] { (training + (test ?? [])).flatMap(\.files) }

  /// The most files of a folder that are looked into before it is taken for one without pictures.
  private static let mostTried = 8
  /// What systems leave in folders.
  private static let litter = ["thumbs.db", "desktop.ini", "__macosx"]

  /// What there is in a folder; nil if no folder in it has pictures.
  init?(in folder: String) {
    self.folder = folder
    let inner = ClassFolders.folders(in: folder)
    for (name, path) in inner {
      guard let part = Part(word: name) else { continue }
      let classes = ClassFolders.classes(in: path)
      guard !classes.isEmpty else { continue }
      if part == .training { training = classes } else { test = classes }
    }
    guard training.isEmpty, test == nil else { return }
    training = ClassFolders.classes(in: folder)
    // Archives are also unpacked into folders of their names.
    if training.isEmpty, inner.count == 1 { training = ClassFolders.classes(in: inner[0].path) }
    if training.isEmpty { return nil }
  }

  /// Whether pictures stand in a folder itself.
  static func hasPictures(_ folder: String) -> Bool {
    entries(of: folder).prefix(mostTried).contains(where: isPicture)
  }

  private static func classes(in folder: String) -> [Class] {
    var classes: [Class] = []
    for (name, path) in folders(in: folder) where hasPictures(path) {
      let files = entries(of: path).filter { Folder.kind($0) != .folder }
      classes.append(Class(name: name, files: files))
    }
    return classes
  }

  private static func folders(in folder: String) -> [(name: String, path: String)] {
    names(in: folder).map { ($0, Folder.path(folder, $0)) }.filter {
      Folder.kind($0.1) == .folder
    }
  }

  private static func entries(of folder: String) -> [String] {
    names(in: folder).map { Folder.path(folder, $0) }
  }

  private static func names(in folder: String) -> [String] {
    (Folder.names(folder) ?? []).filter {
      !$0.hasPrefix(".") && !litter.contains($0.lowercased())
    }
  }

  /// Whether a file begins as some picture does.
  private static func isPicture(_ path: String) -> Bool {
    guard Folder.kind(path) == .file, let start = try? PackedFile.firstBytes(512, of: path)
    else { return false }
    return PictureFormat(start.span) != nil || PGM.magic(start.span) != nil
  }
}
