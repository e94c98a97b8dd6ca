/// Sets whose folder or files say by their names what the numbers of their labels mean.
enum KnownSet: Equatable {
  /// Fashion-MNIST: Xiao, Rasul and Vollgraf, <https://arxiv.org/abs/1708.07747>, table 2.
  case fashion
  /// Kuzushiji-MNIST: Clanuwat et al., <https://arxiv.org/abs/1812.01718>, and its `kmnist_classmap.csv`.
  case kuzushiji
  /// EMNIST's letters, capital and small ones as one: Cohen, Afshar, Tapson and van Schaik,
  /// <https://arxiv.org/abs/1702.05373>.
  case letters
  /// EMNIST's digits, capitals, and small letters that look unlike theirs: its sets "balanced" and "by
  /// merge".
  case merged
  /// EMNIST's digits, capitals and small letters: its set "by class".
  case byClass

  /// What is known of a file by its name and by the folders it is in.
  ///
  /// - Parameters:
  ///   - file: its name, in which EMNIST's sets are told apart.
  ///   - folders: the path above it.
  init?(file: String, folders: String) {
    let file = file.lowercased()
    let words = folders.lowercased() + "/" + file
    if words.contains("fashion") {
      self = .fashion
    } else if words.contains("kuzushiji") || words.contains("kmnist") {
      self = .kuzushiji
    } else if file.contains("letters") {
      self = .letters
    } else if file.contains("balanced") || file.contains("bymerge") {
      self = .merged
    } else if file.contains("byclass") {
      self = .byClass
    } else {
      return nil
    }
  }

  /// What the set is called.
  var title: String {
    switch self {
    case .fashion: "Fashion-MNIST"
    case .kuzushiji: "Kuzushiji-MNIST"
    case .letters: "EMNIST letters"
    case .merged: "EMNIST merged"
    case .byClass: "EMNIST by class"
    }
  }

  /// The class of a label, nil if the set has none of that number.
  func name(of label: Int) -> String? {
    let names = names
    let index = self == .letters ? label - 1 : label
    return names.indices.contains(index) ? names[index] : nil
  }

  private var names: [String] {
    func each(_ text: String) -> [String] { text.map { String($0) } }
    let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return switch self {
    case .fashion:
      [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ]
    case .kuzushiji: each("おきすつなはまやれを")
    case .letters: each(capitals)
    case .merged: each("0123456789" + capitals + "abdefghnqrt")
    case .byClass: each("0123456789" + capitals + capitals.lowercased())
    }
  }
}
