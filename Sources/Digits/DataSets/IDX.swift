/// IDX files: a big-endian magic number that tells the type and the number of dimensions, the
/// dimensions, and the bytes.
package enum IDX {
  /// The most digits a file may hold.
  static let maximumCount = 10_000_000
  /// Magic numbers of labels and of pictures: bytes in one dimension and in three.
  static let labelMagic = 0x0801
  static let imageMagic = 0x0803

  /// The labels in the bytes of a file of them, 0...255.
  package static func labels(
    in source: borrowing some ByteSource & ~Copyable
  ) throws(DigitsError) -> [UInt8] {
    let path = source.file
    return try contents(of: source, magic: labelMagic, dimensions: 1) {
      (sizes) throws(DigitsError) in try checkedCount(sizes[0], path)
    }
  }

  /// The pixels of the digits in the bytes of a file of 28x28 pictures, of which there must be as many
  /// as labels.
  package static func images(
    in source: borrowing some ByteSource & ~Copyable, count: Int, labelFile: String
  ) throws(DigitsError) -> [UInt8] {
    let path = source.file
    return try contents(of: source, magic: imageMagic, dimensions: 3) {
      (sizes) throws(DigitsError) in
      let found = try checkedCount(sizes[0], path)
      guard sizes[1] == DigitSet.side, sizes[2] == DigitSet.side else {
        throw .malformed(
          path, "has pictures of \(sizes[2]) x \(sizes[1]) pixels", "they must be 28 x 28")
      }
      guard found == count else {
        throw .malformed(
          path, "has \(found) pictures for the \(count) labels in \(labelFile)",
          "take both from the same set")
      }
      return found * DigitSet.side * DigitSet.side
    }
  }

  private static func checkedCount(_ count: Int, _ path: String) throws(DigitsError) -> Int {
    guard count > 0 else { throw .malformed(path, "has no digits", "give a set with digits") }
    guard count <= maximumCount else {
      throw .malformed(
        path, "claims \(count) digits, more than \(maximumCount)", "give a smaller set")
    }
    return count
  }

  /// The bytes after a header; `length` checks the dimensions and tells how many there must be.
  private static func contents(
    of source: borrowing some ByteSource & ~Copyable, magic: Int, dimensions: Int,
    length: ([Int]) throws(DigitsError) -> Int
  ) throws(DigitsError) -> [UInt8] {
    let path = source.file
    var header: [UInt8] = []
    let headerLength = 4 + 4 * dimensions
    try source.read(upTo: headerLength, into: &header)
    try checkKind(header, path)
    guard header.count == headerLength else {
      throw .malformed(path, "ends within its header", "the file is cut short; copy it again")
    }
    let words = (0...dimensions).map { i in
      header[4 * i..<4 * i + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    guard words[0] == magic else {
      throw .malformed(
        path, "begins with \(words[0]) where an IDX file of this kind has \(magic)",
        words[0] == labelMagic || words[0] == imageMagic
          ? "labels and pictures are exchanged: give each its own file" : "give the original file")
    }
    let needed = try length(Array(words[1...]))
    if let size = source.size, size != headerLength + needed {
      throw wrongLength(path, found: "\(size - headerLength)", needed: needed)
    }
    // Memory follows the bytes that come: nothing is taken on the word of a header alone.
    var bytes: [UInt8] = []
    try source.read(upTo: needed + 1, into: &bytes)
    guard bytes.count == needed else {
      let found = bytes.count > needed ? "more" : "\(bytes.count)"
      throw wrongLength(path, found: found, needed: needed)
    }
    return bytes
  }

  /// Refuses by name what people take for a data set's file.
  private static func checkKind(_ header: [UInt8], _ path: String) throws(DigitsError) {
    if header.first == UInt8(ascii: "<") {
      throw .malformed(path, "is a web page, not IDX", "download the file that it leads to")
    }
    // A Git LFS pointer says "version https://git-lfs...".
    if header.starts(with: "version ".utf8) {
      throw .malformed(path, "is a pointer of Git LFS, not IDX", "fetch the file with git lfs pull")
    }
    if header.starts(with: [0x1F, 0x8B]) {
      throw .malformed(path, "is packed by gzip", "unpack it first")
    }
    if header.starts(with: "PK".utf8) {
      throw .malformed(path, "is a zip archive, not IDX", "unpack it first")
    }
  }

  private static func wrongLength(_ path: String, found: String, needed: Int) -> DigitsError {
    .malformed(
      path, "has \(found) bytes after its header, which promises \(needed)",
      "copy the file again")
  }
}
