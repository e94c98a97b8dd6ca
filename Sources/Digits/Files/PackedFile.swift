/// Files that gzip may have packed, read as what they unpack to.
enum PackedFile {
  /// What `parse` makes of a file, unpacked if gzip packed it: its first bytes say so, or its name where
  /// they can be read only once.
  static func read<Value>(
    _ path: String, _ parse: (borrowing ByteStream) throws(DigitsError) -> Value
  ) throws(DigitsError) -> Value {
    let file = try ByteStream(opening: path)
    let isPacked = file.firstBytes(2).map { $0 == [0x1F, 0x8B] } ?? path.hasSuffix(".gz")
    guard isPacked else { return try parse(file) }
    let unpacking = try Unpacking(file)
    let value: Value
    do throws(DigitsError) {
      value = try parse(unpacking.output)
    } catch {
      // If gzip failed, its trouble is the cause and the short contents only a consequence.
      try unpacking.finish()
      throw error
    }
    try unpacking.finish()
    return value
  }

  /// The first bytes of a file, unpacked.
  static func firstBytes(_ count: Int, of path: String) throws(DigitsError) -> [UInt8] {
    try read(path) { (source) throws(DigitsError) in
      var bytes: [UInt8] = []
      try source.read(upTo: count, into: &bytes)
      return bytes
    }
  }
}
