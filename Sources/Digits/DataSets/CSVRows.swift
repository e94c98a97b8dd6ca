import CommandLineSupport

/// The lines of a table, field by field: what each means, and what is wrong with it.
struct CSVRows {
  private let file: String
  private var table = CSV.Table()
  /// The index of each label in the table.
  private var kinds: [[UInt8]: UInt8] = [:]
  /// The line that is being read, from 1, and its fields so far.
  private var line = 1
  private var column = 0
  /// The fields of the first line that has some, until it is known whether they are names: their bytes and
  /// where each ends.
  private var isFirst = true
  private var firstBytes: [UInt8] = []
  private var firstEnds: [Int] = []
  /// Where labels are.
  private var labelColumn = 0
  private var kind: UInt8 = 0

  init(file: String) { self.file = file }

  /// Whether no field of this line has come.
  var isLineEmpty: Bool { column == 0 }

  /// The most lines, empty ones too, and the most fields of one, before a table is given up that may have
  /// no end.
  private static let mostLines = 2 * IDX.maximumCount
  private static let mostFields = 10 * CSV.columns

  /// Goes on to the next line.
  mutating func skipLine() throws(DigitsError) {
    guard line < CSVRows.mostLines else {
      throw .malformed(
        file, "has more than \(CSVRows.mostLines) lines", "give a smaller set")
    }
    column = 0
    line += 1
  }

  /// Whether the next field is a pixel, and its line not the first.
  var isAtPixel: Bool { !isFirst && column != labelColumn && column < CSV.columns }

  /// Takes a pixel in where one is due.
  mutating func add(pixel: UInt8) {
    table.pixels.append(pixel)
    column += 1
  }

  /// Takes a field in.
  mutating func add(_ field: [UInt8]) throws(DigitsError) {
    defer { column += 1 }
    // Of a line that has too many it is only counted how many.
    guard column < CSVRows.mostFields else { throw wrongCount() }
    guard column < CSV.columns else { return }
    if isFirst {
      firstBytes += field
      firstEnds.append(firstBytes.count)
    } else {
      try use(field)
    }
  }

  /// Ends the line.
  mutating func endLine() throws(DigitsError) {
    guard column == CSV.columns else { throw wrongCount() }
    if isFirst {
      isFirst = false
      let fields = firstEnds.indices.map { i in
        firstBytes[(i == 0 ? 0 : firstEnds[i - 1])..<firstEnds[i]]
      }
      if areNames(fields) { return try skipLine() }
      try makeRoom()
      column = 0
      for field in fields {
        try use(Array(field))
        column += 1
      }
    }
    guard table.rows.count < IDX.maximumCount else {
      throw .malformed(
        file, "has more than \(IDX.maximumCount) pictures", "give a smaller set")
    }
    table.rows.append(kind)
    try skipLine()
    try makeRoom()
  }

  /// Sees to it that there is memory for another picture.
  private mutating func makeRoom() throws(DigitsError) {
    let needed = table.pixels.count + CSV.columns
    guard needed > table.pixels.capacity else { return }
    let room = max(2 * table.pixels.count, needed)
    guard Memory.has(room) else { throw DigitsError.noMemory(file) }
    table.pixels.reserveCapacity(room)
  }

  /// Whether the first line has names of columns; if so, they say where the label is.
  private mutating func areNames(_ fields: [ArraySlice<UInt8>]) -> Bool {
    guard fields.prefix(2).allSatisfy({ !CSVRows.isNumber(Array($0)) }) else { return false }
    // Last, as OpenML has it.
    let ends = [fields[0], fields[fields.count - 1]].map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    let names = ["label", "class", "target"]
    if names.contains(ends[1]), !names.contains(ends[0]) { labelColumn = fields.count - 1 }
    return true
  }

  /// What was read.
  consuming func finish() throws(DigitsError) -> CSV.Table {
    guard !table.rows.isEmpty else {
      throw .malformed(file, "has no pictures", "give a table with a line for each picture")
    }
    return table
  }

  private mutating func use(_ field: [UInt8]) throws(DigitsError) {
    if column == labelColumn {
      kind = try label(field)
    } else {
      table.pixels.append(try pixel(field))
    }
  }

  private mutating func label(_ field: [UInt8]) throws(DigitsError) -> UInt8 {
    let key = CSVRows.plain(field)
    if let kind = kinds[key] { return kind }
    guard !key.isEmpty else { throw failure("has no label", "give each line one") }
    guard let text = String(validating: key, as: UTF8.self) else {
      throw failure("has a label that is not UTF-8", "save the table as UTF-8")
    }
    guard kinds.count < CSV.mostLabels else {
      throw failure(
        "has the label \(ClassNames.shortened(text)) beside \(CSV.mostLabels) others",
        "labels must be in column \(labelColumn + 1)")
    }
    let kind = UInt8(kinds.count)
    kinds[key] = kind
    table.labels.append(text)
    return kind
  }

  private func pixel(_ field: [UInt8]) throws(DigitsError) -> UInt8 {
    var value = 0
    // Most are one to three digits and nothing else.
    guard (1...3).contains(field.count), field.allSatisfy({ (48...57).contains($0) }) else {
      return try unusualPixel(field)
    }
    for digit in field { value = 10 * value + Int(digit - 48) }
    guard let pixel = UInt8(exactly: value) else { return try unusualPixel(field) }
    return pixel
  }

  private func unusualPixel(_ field: [UInt8]) throws(DigitsError) -> UInt8 {
    let text = String(decoding: CSVRows.plain(field), as: UTF8.self)
    if let pixel = UInt8(text) { return pixel }
    let isShare = Double(text).map { $0 > 0 && $0 <= 1 } ?? false
    throw .malformed(
      file, "line \(line), column \(column + 1) is \(ClassNames.shortened(text).debugDescription)",
      isShare
        ? "pixels must be whole numbers of 0 ... 255: multiply them by 255"
        : "pixels must be whole numbers of 0 ... 255")
  }

  private static func isNumber(_ field: [UInt8]) -> Bool {
    Double(String(decoding: plain(field), as: UTF8.self)) != nil
  }

  /// A field without the space around it; a whole number without zeros before it and after its point.
  private static func plain(_ field: [UInt8]) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    var text = field[...]
    while let last = text.last, isSpace(last) { text.removeLast() }
    text = text.drop(while: isSpace)
    let digits = text.prefix { (48...57).contains($0) }
    let rest = text[digits.endIndex...]
    guard !digits.isEmpty,
      rest.isEmpty || (rest.first == 46 && rest.dropFirst().allSatisfy { $0 == 48 })
    else { return Array(text) }
    let number = digits.drop { $0 == 48 }
    return number.isEmpty ? [48] : Array(number)
  }

  private func wrongCount() -> DigitsError {
    let needed = CSV.columns
    if column == needed - 1 {
      return failure(
        "has \(column) values: pixels and no label",
        "a label must come first; of Kaggle's tables only train.csv has some: name it itself")
    }
    return failure(
      "has \(column) value\(column == 1 ? "" : "s"), \(needed) are needed",
      "give a label and 28 x 28 pixels a line")
  }

  /// That a field is longer than any can be; in a file that is no table this is usually its first line.
  func tooLong(_ field: [UInt8]) throws(DigitsError) -> DigitsError {
    if line == 1, column == 0 {
      return .malformed(
        file, "is no table of numbers", "give CSV: a label and 28 x 28 pixels a line")
    }
    return failure(
      "has more than \(CSV.longestField) bytes in column \(column + 1)",
      "give a label and 28 x 28 pixels a line")
  }

  /// What is wrong with this line.
  func failure(_ problem: String, _ advice: String?) -> DigitsError {
    .malformed(
      file, "line \(line) \(problem)", advice ?? "give a label and 28 x 28 pixels a line")
  }
}
