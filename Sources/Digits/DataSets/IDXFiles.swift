import CommandLineSupport

/// The IDX files of a set: one of pictures and one of labels, for each part that there is.
struct IDXFiles: Sendable, Equatable {
  /// What a part is read from.
  struct Pair: Sendable, Equatable {
    var images: String?
    var labels: String?
    var isWhole: Bool { images != nil && labels != nil }
    var files: [String] { [images, labels].compactMap(\.self) }
  }

  /// The folder they are in.
  let folder: String
  /// What their names begin with: `emnist-letters-`, mostly nothing.
  let prefix: String
  var training = Pair()
  var test = Pair()

  /// Nothing yet.
  init(folder: String, prefix: String) {
    self.folder = folder
    self.prefix = prefix
  }

  /// Whether something can be read.
  var isReadable: Bool { training.isWhole || test.isWhole }
  /// All that there are.
  var files: [String] { training.files + test.files }

  subscript(part: Part) -> Pair {
    get { part == .training ? training : test }
    set { if part == .training { training = newValue } else { test = newValue } }
  }

  /// The sets in a folder whose files have the names that the original sites gave them, or what unpacks
  /// their archives makes of those. That of MNIST's own names, which have nothing before `train`, hides
  /// others.
  static func named(in folder: String) -> [IDXFiles] {
    var sets: [String: IDXFiles] = [:]
    let names = (Folder.names(folder) ?? []).compactMap(FileName.init)
    // Of two spellings the one without `.gz` is taken, and the file rather than the folder that an
    // archive made of its name.
    for name in names.sorted(by: { !$0.isPacked && $1.isPacked }) {
      let path = Folder.path(folder, name.text)
      let kind = Folder.kind(path)
      guard kind != nil, kind != .folder else { continue }
      sets[name.prefix, default: IDXFiles(folder: folder, prefix: name.prefix)].add(path, name)
    }
    for name in names {
      let path = Folder.path(folder, name.text)
      guard Folder.kind(path) == .folder, let inner = name.sameFile(in: path) else { continue }
      sets[name.prefix, default: IDXFiles(folder: folder, prefix: name.prefix)].add(inner, name)
    }
    if let own = sets[""] { return [own] }
    return sets.values.sorted { $0.prefix < $1.prefix }
  }

  private mutating func add(_ path: String, _ name: FileName) {
    if name.isLabels {
      self[name.part].labels = self[name.part].labels ?? path
    } else {
      self[name.part].images = self[name.part].images ?? path
    }
  }

  /// Digits and labels of a part.
  func read(_ part: Part) throws(DigitsError) -> DigitSet {
    let pair = self[part]
    guard let images = pair.images, let labels = pair.labels else {
      let file = part == .training ? "train" : "t10k"
      let kind = pair.images == nil ? "images-idx3-ubyte" : "labels-idx1-ubyte"
      throw MissingData.failure("has no \(prefix)\(file)-\(kind)[.gz]", in: folder)
    }
    var numbers = try IDX.labels(labels)
    let pixels = try IDX.images(images, count: numbers.count, labelFile: labels)
    let known = KnownSet(file: prefix + part.title, folders: Paths.end(of: folder))
    var occurs = [Bool](repeating: false, count: 256)
    for number in numbers { occurs[Int(number)] = true }
    let found = occurs.indices.filter { occurs[$0] }
    let meaning = ClassNames.meaning(of: found.map { "\($0)" }, in: known)
    var classes = [UInt8](repeating: 0, count: 256)
    for (index, number) in found.enumerated() { classes[number] = meaning.classes[index] }
    for i in numbers.indices { numbers[i] = classes[Int(numbers[i])] }
    return DigitSet(
      pixels: pixels, labels: numbers, name: name(part, known), classNames: meaning.names)
  }

  private func name(_ part: Part, _ known: KnownSet?) -> String {
    if let known { return "\(known.title) \(part.title) set" }
    if prefix.lowercased().hasPrefix("emnist") { return "EMNIST \(part.title) digits" }
    return "MNIST \(part.title) digits"
  }
}

/// The name of an IDX file, taken apart: `emnist-letters-train-images-idx3-ubyte.gz`.
private struct FileName {
  let text: String
  let prefix: String
  let part: Part
  let isLabels: Bool
  let isPacked: Bool

  /// Nil if it is another file's name.
  init?(_ text: String) {
    self.text = text
    isPacked = text.hasSuffix(".gz")
    let plain = isPacked ? text.dropLast(3) : text[...]
    let endings = [
      ("images-idx3-ubyte", false), ("images.idx3-ubyte", false), ("labels-idx1-ubyte", true),
      ("labels.idx1-ubyte", true),
    ]
    guard let (ending, isLabels) = endings.first(where: { plain.hasSuffix("-" + $0.0) }),
      let (prefix, part) = Part.split(plain.dropLast(ending.count + 1))
    else { return nil }
    self.prefix = prefix
    self.part = part
    self.isLabels = isLabels
  }

  /// The file of this name, in either spelling, in a folder of this name.
  func sameFile(in folder: String) -> String? {
    for name in Folder.names(folder) ?? [] {
      guard let inner = FileName(name), inner.prefix == prefix, inner.part == part,
        inner.isLabels == isLabels
      else { continue }
      let path = Folder.path(folder, name)
      if Folder.kind(path) == .file { return path }
    }
    return nil
  }
}
