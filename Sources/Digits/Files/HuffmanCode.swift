/// A code whose words are of 1...15 bits: of words of one length the symbols are in rising order, and longer
/// words come behind shorter ones (RFC 1951, 3.2.2).
struct HuffmanCode {
  /// How many words there are of each length.
  private let counts: [Int]
  /// The symbols, in the order of their words.
  private let symbols: [Int]

  /// A code with words of these lengths, one a symbol, 0 for none; nil if there are more words than fit.
  init?(_ widths: [Int]) {
    self.init(whole: widths)
    var left = 1
    for width in 1...15 {
      left = 2 * left - counts[width]
      if left < 0 { return nil }
    }
  }

  /// The same, for lengths known to fit.
  init(whole widths: [Int]) {
    var counts = [Int](repeating: 0, count: 16)
    for width in widths { counts[width] += 1 }
    counts[0] = 0
    self.counts = counts
    symbols = (1...15).flatMap { width in widths.indices.filter { widths[$0] == width } }
  }

  /// How far a word has been read.
  struct Walk {
    fileprivate var word = 0
    fileprivate var first = 0
    fileprivate var index = 0
    fileprivate var width = 0
  }

  /// What a bit more leads to.
  enum Step {
    case further
    case symbol(Int)
    /// There is no such word.
    case none
  }

  /// Goes on by a bit.
  func step(_ walk: inout Walk, _ bit: Int) -> Step {
    walk.width += 1
    guard walk.width <= 15 else { return .none }
    walk.word |= bit
    let count = counts[walk.width]
    if walk.word - count < walk.first {
      return .symbol(symbols[walk.index + walk.word - walk.first])
    }
    walk.index += count
    walk.first = (walk.first + count) << 1
    walk.word <<= 1
    return .further
  }
}
