/// Tables of pictures as text, a line each: a label and 784 pixels of 0...255, row after row, between
/// commas, semicolons or tabs. Names of columns may stand in the first line; the label may stand last if
/// they say so.
///
/// A label is a number or a word. Numbers may be written `5.0`, fields may be in quotes, lines may end in
/// CR LF, a byte order mark may come first, and empty lines are passed over.
package enum CSV {
  /// Fields of a line.
  static let columns = 1 + DigitSet.side * DigitSet.side
  /// The longest field, in bytes.
  static let longestField = 256
  /// The most kinds of labels.
  static let mostLabels = 256

  /// What is in a table.
  package struct Table: Sendable {
    /// Brightness, picture after picture.
    package internal(set) var pixels: [UInt8] = []
    /// The kinds of labels, in the order in which they come; at most 256.
    package internal(set) var labels: [String] = []
    /// The kind of each picture's label, an index into ``labels``.
    package internal(set) var rows: [UInt8] = []
  }

  /// The table in the bytes of a file.
  ///
  /// Beside the result, of which pixels take 784 bytes a line, memory is taken for the first line, at most
  /// 785 fields of 256 bytes, for one field of the others, and for 64 KB of the file.
  ///
  /// - Throws: ``DigitsError`` of kind `malformed` with the line and the column.
  package static func table(
    in source: borrowing some ByteSource & ~Copyable
  ) throws(DigitsError) -> Table {
    var parser = CSVParser(file: source.file)
    var bytes: [UInt8] = []
    try source.read(upTo: 1 << 16, into: &bytes)
    try checkKind(bytes, source.file)
    while !bytes.isEmpty {
      try parser.take(bytes.span)
      bytes.removeAll(keepingCapacity: true)
      try source.read(upTo: 1 << 16, into: &bytes)
    }
    return try parser.finish()
  }

  /// Refuses by name what people take for a table.
  private static func checkKind(_ bytes: [UInt8], _ file: String) throws(DigitsError) {
    switch FileKind(bytes.span) {
    case .webPage:
      throw .malformed(file, "is a web page, not CSV", "download the file that it leads to")
    case .largeFilePointer:
      throw .malformed(file, "is a pointer of Git LFS, not CSV", "fetch the file with git lfs pull")
    case .gzip: throw .malformed(file, "is packed by gzip twice", "unpack it first")
    case .picture(let format):
      throw .malformed(
        file, "is \(format.title), not a data set", "name the folder that holds a folder a class")
    case .empty, .pdf, .svg, .text, .unknown: break
    }
    if PGM.magic(bytes.span) != nil {
      throw .malformed(
        file, "is a picture, not a data set", "name the folder that holds a folder a class")
    }
    if bytes.starts(with: [0, 0, 8]) {
      throw .malformed(file, "is an IDX file", "name the folder that holds it and the others")
    }
    if bytes.starts(with: "PK".utf8) {
      throw .malformed(file, "is a zip archive, not CSV", "unpack it first")
    }
    if bytes.prefix(256).contains(0) {
      throw .malformed(
        file, "is no table of text", "give CSV in UTF-8: a label and 28 x 28 pixels a line")
    }
  }
}
