/// Takes a table in by its bytes, as they come.
struct CSVParser {
  private let file: String
  private var rows: CSVRows
  /// What separates fields; the first such sign of the file.
  private var separator: UInt8?
  /// The field that is being read, without its quotes.
  private var field: [UInt8] = []
  private var quotes = Quotes.none
  private var isAfterReturn = false
  /// Bytes taken, up to three: for the byte order mark.
  private var taken = 0
  private var isInMark = true

  private enum Quotes { case none, open, closed }
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(file: String) {
    self.file = file
    rows = CSVRows(file: file)
  }

  /// Goes on with some bytes.
  mutating func take(_ bytes: Span<UInt8>) throws(DigitsError) {
    var i = 0
    while i < bytes.count {
      if let length = takePixel(bytes, at: i) {
        i += length
      } else {
        try take(bytes[i])
        i += 1
      }
    }
  }

  /// Takes a pixel and what separates it from the next, as nearly all fields are: one to three digits.
  ///
  /// - Returns: how many bytes these were; nil if there is something else, and nothing was taken.
  private mutating func takePixel(_ bytes: Span<UInt8>, at start: Int) -> Int? {
    guard field.isEmpty, quotes == .none, let separator, rows.isAtPixel else { return nil }
    var value = 0
    var i = start
    while i < bytes.count, i < start + 3, (48...57).contains(bytes[i]) {
      value = 10 * value + Int(bytes[i] - 48)
      i += 1
    }
    guard i > start, i < bytes.count, bytes[i] == separator, let pixel = UInt8(exactly: value)
    else { return nil }
    isAfterReturn = false
    rows.add(pixel: pixel)
    return i + 1 - start
  }

  /// What was read, when there are no bytes any more.
  consuming func finish() throws(DigitsError) -> CSV.Table {
    guard quotes != .open else { throw rows.failure("has quotes that are not closed", nil) }
    try endLine()
    return try rows.finish()
  }

  private mutating func take(_ byte: UInt8) throws(DigitsError) {
    if isInMark, taken < 3 {
      isInMark = byte == CSVParser.mark[taken]
      taken += 1
      if isInMark { return }
    }
    let isFeed = byte == 10 && isAfterReturn
    isAfterReturn = byte == 13
    if isFeed { return }
    if quotes == .open {
      if byte == UInt8(ascii: "\"") { quotes = .closed } else { try append(byte) }
      return
    }
    switch byte {
    case 10, 13: try endLine()
    case UInt8(ascii: "\""):
      // A quote that follows one is a quote in the text.
      if quotes == .closed { try append(byte) }
      quotes = .open
    case UInt8(ascii: ","), UInt8(ascii: ";"), 9:
      separator = separator ?? byte
      if byte == separator { try endField() } else { try append(byte) }
    default: try append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) throws(DigitsError) {
    guard byte != 10, byte != 13 else {
      throw rows.failure("has quotes that are not closed", nil)
    }
    guard field.count < CSV.longestField else {
      throw try rows.tooLong(field)
    }
    field.append(byte)
  }

  private mutating func endField() throws(DigitsError) {
    try rows.add(field)
    field.removeAll(keepingCapacity: true)
    quotes = .none
  }

  private mutating func endLine() throws(DigitsError) {
    if rows.isLineEmpty, field.isEmpty, quotes == .none {
      try rows.skipLine()
    } else {
      try endField()
      try rows.endLine()
    }
  }
}
