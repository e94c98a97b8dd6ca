/// NumPy's .npy format, versions 1 to 3: a header in Python's words, then the numbers.
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
enum NumpyArray {
  /// Reads an array of numbers: little-endian `f2`, `f4`, `f8`, or bytes.
  ///
  /// - Parameters:
  ///   - name: what the file calls it.
  ///   - content: a .npy file.
  /// - Throws: for damage, and for other types, by name.
  /// - Complexity: linear in the bytes, memory for one Float a number.
  static func read(
    _ name: String, _ content: ArraySlice<UInt8>
  ) throws(InterchangeError) -> NamedArray {
    let bytes = BoundedBytes(bytes: Array(content))
    guard Array(bytes.bytes.prefix(6)) == magic else {
      throw .damaged("\(shortened(name)) is not a .npy array")
    }
    let version = try bytes.short(at: 6) & 255
    guard (1...3).contains(version) else {
      throw InterchangeError(
        "holds \(shortened(name)) as .npy version \(version)", "save it with numpy.savez")
    }
    let length = try version == 1 ? bytes.short(at: 8) : bytes.word(at: 8)
    let start = version == 1 ? 10 : 12
    guard length <= longestHeader else {
      throw .damaged("the header of \(shortened(name)) is too long")
    }
    let header = NumpyHeader(try bytes.slice(at: start, count: length))
    guard let header else { throw .damaged("the header of \(shortened(name)) cannot be read") }
    return try array(name, header, bytes, from: start + length)
  }

  private static func array(
    _ name: String, _ header: NumpyHeader, _ bytes: BoundedBytes, from start: Int
  ) throws(InterchangeError) -> NamedArray {
    guard let kind = kinds[header.type] else {
      throw InterchangeError(
        "holds \(shortened(name)) as numbers of type \(shortened(header.type))",
        "convert it with astype('float32')")
    }
    let rest = bytes.count - start
    guard let count = elementCount(header.shape, limit: rest / kind.width),
      count * kind.width == rest
    else {
      throw .damaged(
        "\(shortened(name)) has not as many numbers as \(shapeText(header.shape)) takes")
    }
    guard count <= NamedArray.mostNumbers else {
      throw InterchangeError(
        "has an array \(shortened(name)) (\(shapeText(header.shape))), \(FloatModel.expectation)",
        FloatModel.advice)
    }
    var array = NamedArray(
      name: name, shape: header.shape,
      values: kind.values(try bytes.slice(at: start, count: rest)))
    if header.isColumnMajor, array.shape.count == 2 {
      // Column by column is row by row of the transposed.
      array.shape.reverse()
      array.values = array.transposed
      array.shape.reverse()
    } else if header.isColumnMajor, array.shape.count > 2 {
      throw InterchangeError(
        "holds \(array.text) in Fortran order", "save numpy.ascontiguousarray of it")
    }
    return array
  }

  private static let longestHeader = 4096
  private static let magic: [UInt8] = [0x93] + "NUMPY".utf8
  private static let kinds: [String: NumberKind] = [
    "<f2": .half, "<f4": .float, "<f8": .double, "|u1": .byte, "<u1": .byte,
  ]

  /// Floats as a .npy file, row by row.
  static func file(_ array: NamedArray) -> [UInt8] {
    var bytes = head("<f4", array.shape)
    bytes.append(littleEndian: array.values)
    return bytes
  }

  /// Bytes as a .npy file.
  static func file(bytes content: [UInt8]) -> [UInt8] { head("|u1", [content.count]) + content }

  private static func head(_ type: String, _ shape: [Int]) -> [UInt8] {
    let sizes = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
    // The numbers start at a multiple of 64.
    while (10 + text.utf8.count + 1) % 64 != 0 { text += " " }
    text += "\n"
    var bytes = magic + [1, 0]
    bytes.append(littleEndian: UInt16(text.utf8.count))
    return bytes + text.utf8
  }
}

/// The header of a .npy file: a Python dictionary of three known keys.
private struct NumpyHeader {
  var type = ""
  var isColumnMajor = false
  var shape: [Int] = []

  /// The most dimensions an array may have.
  private static let mostDimensions = 8

  /// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (784, 128), }`.
  init?(_ bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let type = NumpyHeader.value("descr", in: text), type.first == "'" || type.first == "\"",
      let order = NumpyHeader.value("fortran_order", in: text),
      let shape = NumpyHeader.value("shape", in: text), shape.first == "("
    else { return nil }
    self.type = String(type.dropFirst().prefix { $0 != "'" && $0 != "\"" })
    guard order.hasPrefix("True") || order.hasPrefix("False") else { return nil }
    isColumnMajor = order.hasPrefix("True")
    guard let end = shape.firstIndex(of: ")") else { return nil }
    let sizes = shape[shape.index(after: shape.startIndex)..<end].split(separator: ",")
    for size in sizes {
      let digits = size.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let number = Int(digits), number >= 0 else { return nil }
      self.shape.append(number)
    }
    guard self.shape.count <= NumpyHeader.mostDimensions else { return nil }
  }

  /// What follows a key and its colon.
  private static func value(_ key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let range = text.range(of: quote + key + quote) else { continue }
      let rest = text[range.upperBound...].drop { $0 == " " }
      guard rest.first == ":" else { return nil }
      return rest.dropFirst().drop { $0 == " " }
    }
    return nil
  }
}

extension String {
  /// Where a shorter text first stands in this one.
  fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
