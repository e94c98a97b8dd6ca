import CommandLineSupport

/// Labeled pictures on disk, in any of the layouts that people have them in.
package struct DataSet: Sendable, Equatable {
  /// How a set is laid out.
  enum Layout: Sendable, Equatable {
    case idx(IDXFiles)
    case csv(CSVFiles)
    /// A table that was named itself.
    case table(String)
    case folders(ClassFolders)
  }

  /// The file or folder, as it was named.
  package let path: String
  let layout: Layout

  /// Finds out what is at a path: a table in CSV, or a folder with IDX files, with tables, or with a folder
  /// of pictures a class. `FOLDER/emnist-letters` is those of a folder's files whose names begin so.
  ///
  /// - Throws: ``DigitsError`` if there is nothing, or nothing that is known, or more than one set.
  package init(_ path: String) throws(DigitsError) {
    self.path = path
    switch Folder.kind(path) {
    case .folder: layout = try DataSet.layout(in: path)
    case .file, .other: layout = .table(path)
    case nil:
      guard let layout = DataSet.chosen(path) else {
        throw MissingData.nothing(at: path)
      }
      self.layout = layout
    }
  }

  /// Whether a folder has MNIST's four files, or others of IDX; they may still be broken.
  package static func isPresent(in folder: String) -> Bool {
    guard let set = try? DataSet(folder), case .idx(let files) = set.layout else { return false }
    return files.training.isWhole && files.test.isWhole
  }

  /// The files that are read; none if nothing is known of what is there.
  package static func files(at path: String) -> [String] {
    switch (try? DataSet(path))?.layout {
    case .idx(let files): files.files
    case .csv(let files): files.files
    case .table(let path): [path]
    case .folders(let folders): folders.files
    case nil: []
    }
  }

  /// Whether pictures to test with are kept apart from those to train on.
  package var hasTestPart: Bool {
    switch layout {
    // A set of IDX files comes in two parts, of which one may be missing.
    case .idx: true
    case .csv(let files): files.test != nil
    case .table: false
    case .folders(let folders): folders.test != nil
    }
  }

  /// Whether the names of files and folders say that rows and columns are exchanged: EMNIST's are.
  package var isLikelyTransposed: Bool {
    let names: [String]
    switch layout {
    case .idx(let files): names = [files.prefix, Paths.end(of: files.folder)]
    case .csv(let files): names = files.files.map(Paths.name)
    case .table(let path): names = [Paths.name(path)]
    case .folders: names = []
    }
    return names.contains { $0.lowercased().contains("emnist") }
  }

  /// One part; all there is, where parts are not kept apart. Classes are the set's own.
  ///
  /// - Parameters:
  ///   - isTransposed: whether rows and columns are exchanged in the files.
  ///   - threads: how many read pictures at a time.
  package func read(
    _ part: Part, isTransposed: Bool = false, threads: Int = 1
  ) throws(DigitsError) -> DigitSet {
    var set: DigitSet
    switch layout {
    case .idx(let files): set = try files.read(part)
    case .table(let path): set = try CSVFiles.read(path)
    case .csv(let files):
      guard let file = part == .test ? files.test ?? files.training : files.training else {
        throw MissingData.failure("has no \(files.prefix)train.csv[.gz]", in: path)
      }
      set = try CSVFiles.read(file)
    case .folders(let folders):
      guard part == .test || !folders.training.isEmpty else {
        throw MissingData.failure("has no folder train with pictures", in: path)
      }
      set = try folders.read(part, threads: threads)
    }
    if isTransposed { set.transpose() }
    return set
  }

  // MARK: - Recognition

  private static func layout(in folder: String) throws(DigitsError) -> Layout {
    guard Folder.names(folder) != nil else { throw MissingData.failure("", in: folder) }
    if let files = try only(IDXFiles.named(in: folder), in: folder) { return .idx(files) }
    let tables = CSVFiles.named(in: folder)
    if tables.count > 1 { throw MissingData.several(tables.map(\.prefix), in: folder) }
    if let files = tables.first { return .csv(files) }
    // As torchvision and EMNIST's archive leave them: in `raw`, `MNIST/raw` or `gzip`.
    let inner = (Folder.names(folder) ?? []).map { Folder.path(folder, $0) }
    let nested = inner + inner.map { Folder.path($0, "raw") }
    var sets: [IDXFiles] = []
    for place in nested where Folder.kind(place) == .folder {
      sets += IDXFiles.named(in: place).filter(\.isReadable)
    }
    if sets.count > 1 {
      throw MissingData.several(paths: sets.map { Folder.path($0.folder, $0.prefix) }, in: folder)
    }
    if let files = sets.first { return .idx(files) }
    if let classes = ClassFolders(in: folder) { return .folders(classes) }
    if let files = IDXFiles.found(in: folder) { return .idx(files) }
    throw MissingData.failure("holds no data set that is known", in: folder)
  }

  private static func only(
    _ sets: [IDXFiles], in folder: String
  ) throws(DigitsError) -> IDXFiles? {
    if sets.count > 1 { throw MissingData.several(sets.map(\.prefix), in: folder) }
    return sets.first
  }

  /// Those of a folder's sets whose files' names begin as the last name of a path does.
  private static func chosen(_ path: String) -> Layout? {
    guard let slash = path.lastIndex(of: "/") else { return chosen(path, in: ".") }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return chosen(String(path[path.index(after: slash)...]), in: folder)
  }

  private static func chosen(_ prefix: String, in folder: String) -> Layout? {
    guard !prefix.isEmpty, Folder.kind(folder) == .folder else { return nil }
    func matches(_ found: String) -> Bool {
      found == prefix || (found.hasPrefix(prefix) && found.dropFirst(prefix.count).count == 1)
    }
    if let files = IDXFiles.named(in: folder).first(where: { matches($0.prefix) }) {
      return .idx(files)
    }
    return CSVFiles.named(in: folder).first { matches($0.prefix) }.map(Layout.csv)
  }
}
