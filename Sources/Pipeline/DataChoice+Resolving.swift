import CommandLineSupport
import Digits

extension DataChoice {
  /// What was asked for or, if nothing was, MNIST where it is found: `$MNIST_DIR`, then the cache that
  /// `Tools/fetch-mnist` fills; else the built-in handwriting.
  package static func resolve(_ option: String?) -> DataChoice {
    if let option {
      if option.lowercased() == "built-in" { return .builtIn }
      let suffix = ",built-in"
      return option.lowercased().hasSuffix(suffix)
        ? .both(String(option.dropLast(suffix.count))) : .stored(option)
    }
    let folders = [String(environment: "MNIST_DIR"), cache]
    let found = folders.compactMap(\.self).first { DataSet.isPresent(in: $0) }
    return found.map(DataChoice.stored) ?? .builtIn
  }

  /// `$XDG_CACHE_HOME/simdigit/mnist`, or the same under `~/.cache`.
  package static var cache: String? {
    if let base = String(environment: "XDG_CACHE_HOME"), base.hasPrefix("/") {
      return base + "/simdigit/mnist"
    }
    return String(environment: "HOME").map { $0 + "/.cache/simdigit/mnist" }
  }
}
