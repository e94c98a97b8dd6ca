// IDX files by their paths, packed by gzip or not.
extension IDX {
  /// The labels in a file of them, numbers of any kind.
  static func labels(_ path: String) throws(DigitsError) -> [UInt8] {
    try PackedFile.read(path) { (file) throws(DigitsError) in try labels(in: file) }
  }

  /// The pixels of the digits in a file of 28x28 pictures, of which there must be as many as labels.
  static func images(
    _ path: String, count: Int, labelFile: String
  ) throws(DigitsError) -> [UInt8] {
    try PackedFile.read(path) { (file) throws(DigitsError) in
      try images(in: file, count: count, labelFile: labelFile)
    }
  }
}
