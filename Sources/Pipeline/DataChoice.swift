/// Which digits to train on.
package enum DataChoice: Sendable, Equatable {
  /// The built-in handwriting, drawn when it is needed.
  case builtIn
  /// A data set: a folder or a file.
  case stored(String)
  /// A data set of digits, and half as many of the built-in handwriting beside it.
  case both(String)

  /// The data set's path, if digits are read from one.
  package var path: String? {
    switch self {
    case .builtIn: nil
    case .stored(let path), .both(let path): path
    }
  }

  /// Whether the built-in handwriting is trained on, alone or beside others.
  package var draws: Bool {
    if case .stored = self { return false }
    return true
  }
}
