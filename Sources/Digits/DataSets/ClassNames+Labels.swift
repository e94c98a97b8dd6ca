import SIMDMath

// What classes may be called and how many there may be, and which class a label means.
extension ClassNames {
  /// How many classes a set may have.
  package static let counts = 2...ClassValues.most
  /// The longest name, in bytes of UTF-8.
  package static let longest = 32

  /// Refuses names that are too few, too many, too long, or not fit to be printed.
  static func check(_ names: [String], file: String) throws(DigitsError) {
    guard names.count >= counts.lowerBound else {
      throw .malformed(
        file, "has \(names.count == 1 ? "a single class" : "no classes")",
        "give a set with \(counts.lowerBound) at least")
    }
    guard names.count <= counts.upperBound else {
      throw .malformed(
        file, "has \(names.count) classes, more than \(counts.upperBound)",
        "pick some with --classes")
    }
    // As a person compares them: "é" is one letter, whether written as one or as two.
    guard Set(names).count == names.count else {
      let name = names.first { name in names.count { $0 == name } > 1 } ?? ""
      throw .malformed(file, "has two classes called \(shortened(name))", "rename one")
    }
    for name in names {
      guard (1...longest).contains(name.utf8.count) else {
        throw .malformed(
          file, "a class has a name of \(name.utf8.count) bytes, \(shortened(name))",
          "names may have 1 ... \(longest); rename it")
      }
      guard isPrintable(name) else {
        throw .malformed(
          file, "the name of class \(shortened(name)) is not printable UTF-8", "rename it")
      }
    }
  }

  /// Whether a model image may hold a name: nothing that controls a terminal or the direction of a text, and no
  /// byte that is not UTF-8 (see ``String/init(cFileName:)``).
  private static func isPrintable(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
      default: scalar.value < 0x10_FF00
      }
    }
  }

  /// Which class each label is.
  struct Meaning {
    /// The classes, in order.
    let names: [String]
    /// For each label, an index into ``names``.
    let classes: [UInt8]
  }

  /// The classes that the labels of a set are, at most 256 and all different.
  ///
  /// Numbers that the set is known to use for something are that. Other numbers 0...9 are the ten
  /// digits, whether all occur or not; others again are called what they are, in rising order. Words
  /// are in the order of their bytes.
  static func meaning(of labels: [String], in set: KnownSet?) -> Meaning {
    let numbers = labels.compactMap { Int($0) }
    guard numbers.count == labels.count else {
      return ordered(
        labels, labels.indices.sorted { labels[$0].utf8.lexicographicallyPrecedes(labels[$1].utf8) }
      )
    }
    let order = labels.indices.sorted { numbers[$0] < numbers[$1] }
    if let set {
      let names = numbers.compactMap(set.name(of:))
      if names.count == numbers.count { return ordered(names, order) }
    }
    if numbers.allSatisfy({ (0...9).contains($0) }) {
      return Meaning(names: digits, classes: numbers.map { UInt8($0) })
    }
    return ordered(labels, order)
  }

  static func ordered(_ names: [String], _ order: [Int]) -> Meaning {
    var classes = [UInt8](repeating: 0, count: names.count)
    for (index, label) in order.enumerated() { classes[label] = UInt8(index) }
    return Meaning(names: order.map { names[$0] }, classes: classes)
  }

  /// A name for a message.
  static func shortened(_ name: String) -> String {
    name.count > longest ? name.prefix(longest) + "..." : name
  }

  /// A list of names for a message.
  static func list(_ names: [String]) -> String {
    names.prefix(counts.upperBound).map(shortened).joined(separator: ", ")
      + (names.count > counts.upperBound ? ", ..." : "")
  }
}
