extension ModelImage {
  /// The longest name of a class, in bytes of UTF-8.
  package static var longestName: Int { 32 }
}

#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  extension ModelImage {
    /// What the classes are called, as many as there are.
    package var classNames: [String] {
      let text = bytes.extracting(layout.names..<layout.total)
      if text.byteCount == 0 { return (0..<shape.classes).map(String.init) }
      return ModelImage.names(in: text, count: shape.classes) ?? []
    }

    /// Whether the names, if there are any, are as many as classes, each different, of 1 ... 32 bytes of
    /// UTF-8 and without control characters.
    var hasNames: Bool {
      let text = bytes.extracting(layout.names..<layout.total)
      return text.byteCount == 0 || ModelImage.names(in: text, count: shape.classes) != nil
    }

    /// The bytes of names as an image has them: none for 0, 1, 2, ….
    package static func bytes(of names: [String]) -> [UInt8] {
      if names == (0..<names.count).map(String.init) { return [] }
      var bytes: [UInt8] = []
      for name in names { bytes += Array(name.utf8) + [0] }
      return bytes + [UInt8](repeating: 0, count: -bytes.count & 3)
    }

    /// Whether a class can be called so.
    package static func isName(_ name: String) -> Bool {
      (1...longestName).contains(name.utf8.count)
        && !name.unicodeScalars.contains {
          $0.properties.generalCategory.isInvisible || $0.value >= 0x10_FF00
        }
    }

    private static func names(in text: RawSpan, count: Int) -> [String]? {
      let all = unsafe text.withUnsafeBytes { unsafe Array($0) }
      let pieces = all.split(separator: 0, omittingEmptySubsequences: false)
      // Behind the last zero there is filling, if anything: at most three more.
      guard pieces.count > count, pieces.count <= count + 4,
        pieces[count...].allSatisfy({ $0.isEmpty })
      else { return nil }
      let names = pieces[..<count].compactMap { String(validating: $0, as: UTF8.self) }
      guard names.count == count, Set(names).count == count, names.allSatisfy(isName) else {
        return nil
      }
      return names
    }
  }

  extension Unicode.GeneralCategory {
    /// Controls and what changes the direction or the line of a text.
    fileprivate var isInvisible: Bool {
      switch self {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
      default: false
      }
    }
  }
#else
  extension ModelImage {
    /// Whether the names are no longer than so many can be. Bare metal shows none.
    @inline(__always)
    var hasNames: Bool {
      layout.total &- layout.names <= (ModelImage.longestName &+ 1) &* ModelShape.mostClasses
    }
  }
#endif
