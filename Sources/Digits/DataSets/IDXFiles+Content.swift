import CommandLineSupport

// Files of any name, told by what is in them.
extension IDXFiles {
  /// The most entries of a folder that are looked into.
  private static let mostEntries = 64

  /// The set in a folder whose files are IDX whatever they are called, nil if there is none or if it is
  /// not clear which are which. A part is what a word of its files' names says; files without such a
  /// word are to train on.
  static func found(in folder: String) -> IDXFiles? {
    var result = IDXFiles(folder: folder, prefix: "")
    for name in (Folder.names(folder) ?? []).prefix(mostEntries) {
      let path = Folder.path(folder, name)
      guard !name.hasPrefix("."), Folder.kind(path) == .file,
        let start = try? PackedFile.firstBytes(4, of: path)
      else { continue }
      let part = Part(in: name) ?? .training
      switch start {
      case [0, 0, 8, 3]:
        guard result[part].images == nil else { return nil }
        result[part].images = path
      case [0, 0, 8, 1]:
        guard result[part].labels == nil else { return nil }
        result[part].labels = path
      default: continue
      }
    }
    return result.isReadable ? result : nil
  }
}

extension Part {
  /// The part that some word of a name says.
  fileprivate init?(in name: String) {
    let words = name.split { !$0.isLetter && !$0.isNumber }
    guard let part = words.lazy.compactMap({ Part(word: $0) }).first else { return nil }
    self = part
  }
}
