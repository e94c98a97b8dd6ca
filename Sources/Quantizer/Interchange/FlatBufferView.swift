/// A table in a FlatBuffer: fields by their number in the schema, each of which may be missing.
///
/// https://flatbuffers.dev/internals. Every offset is checked to lead inside; nothing is followed twice, so
/// that offsets in a circle do no harm.
struct FlatTable: Sendable {
  private let bytes: BoundedBytes
  /// Where the table stands.
  private let start: Int
  /// Where the offsets of its fields stand, and how many there are.
  private let fields: Int
  private let fieldCount: Int

  /// The root of a buffer.
  init(root bytes: BoundedBytes) throws(InterchangeError) {
    try self.init(bytes, at: bytes.word(at: 0))
  }

  /// The table at an offset.
  init(_ bytes: BoundedBytes, at start: Int) throws(InterchangeError) {
    self.bytes = bytes
    self.start = start
    let back = Int(Int32(bitPattern: try bytes.number(at: start, as: UInt32.self)))
    let length = try bytes.short(at: start - back)
    guard length >= 4 else { throw .damaged("a table has no fields' offsets") }
    fields = start - back + 4
    fieldCount = (length - 4) / 2
  }

  private func offset(_ field: Int) throws(InterchangeError) -> Int? {
    guard field < fieldCount else { return nil }
    let offset = try bytes.short(at: fields + 2 * field)
    return offset == 0 ? nil : start + offset
  }

  /// An 8-bit number.
  func byte(_ field: Int) throws(InterchangeError) -> UInt8? {
    guard let offset = try offset(field) else { return nil }
    return try bytes.number(at: offset, as: UInt8.self)
  }

  /// A 32-bit number.
  func int(_ field: Int) throws(InterchangeError) -> Int32? {
    guard let offset = try offset(field) else { return nil }
    return Int32(bitPattern: try bytes.number(at: offset, as: UInt32.self))
  }

  /// A Float.
  func float(_ field: Int) throws(InterchangeError) -> Float? {
    try int(field).map { Float(bitPattern: UInt32(bitPattern: $0)) }
  }

  /// Another table.
  func table(_ field: Int) throws(InterchangeError) -> FlatTable? {
    guard let offset = try offset(field) else { return nil }
    return try FlatTable(bytes, at: offset + bytes.word(at: offset))
  }

  /// Elements of some bytes each.
  func vector(_ field: Int, width: Int) throws(InterchangeError) -> FlatVector? {
    guard let offset = try offset(field) else { return nil }
    return try FlatVector(bytes, at: offset + bytes.word(at: offset), width: width)
  }

  /// The beginning of a text, 60 bytes at most.
  func text(_ field: Int) throws(InterchangeError) -> String {
    guard let vector = try vector(field, width: 1) else { return "" }
    return String(decoding: vector.content.prefix(60), as: UTF8.self)
  }
}

/// Elements of a FlatBuffer that all have the same width.
struct FlatVector: Sendable {
  private let bytes: BoundedBytes
  private let start: Int
  private let width: Int
  /// Elements.
  let count: Int

  init(_ bytes: BoundedBytes, at offset: Int, width: Int) throws(InterchangeError) {
    self.bytes = bytes
    self.width = width
    count = try bytes.word(at: offset)
    start = offset + 4
    _ = try bytes.slice(at: start, count: count * width)
  }

  /// Its bytes.
  var content: ArraySlice<UInt8> { bytes.bytes[start..<start + count * width] }

  /// The table that an element leads to.
  func table(_ index: Int) throws(InterchangeError) -> FlatTable {
    let offset = start + 4 * index
    return try FlatTable(bytes, at: offset + bytes.word(at: offset))
  }

  /// The elements as numbers of their width.
  func numbers<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type
  ) throws(InterchangeError) -> [T] {
    var result: [T] = []
    result.reserveCapacity(count)
    for index in 0..<count {
      result.append(try bytes.number(at: start + width * index, as: T.self))
    }
    return result
  }
}
