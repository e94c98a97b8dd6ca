import Int8Runtime

/// A ZIP archive whose files are stored as they are, which is what `numpy.savez` writes.
///
/// The format is PKWARE's APPNOTE.TXT. Files are found by the directory at the end; what stands before a
/// file repeats its name and is skipped.
enum ZipArchive {
  /// A file in an archive.
  struct Entry {
    let name: String
    let content: ArraySlice<UInt8>
  }

  /// The most files that are looked at.
  static let mostEntries = NamedArray.most

  /// The files, in the directory's order.
  ///
  /// - Throws: for damage, and for files that are compressed, encrypted or larger than 4 GB, by name.
  /// - Complexity: linear in the bytes; memory for names only.
  static func entries(_ bytes: BoundedBytes) throws(InterchangeError) -> [Entry] {
    let end = try endOfDirectory(bytes)
    let count = try bytes.short(at: end + 10)
    guard count <= mostEntries else {
      throw InterchangeError(
        "holds \(count) arrays, \(FloatModel.expectation)", FloatModel.advice)
    }
    var offset = try bytes.word(at: end + 16)
    var entries: [Entry] = []
    for _ in 0..<count {
      guard try bytes.word(at: offset) == 0x0201_4B50 else {
        throw .damaged("its directory is not where it says")
      }
      let nameLength = try bytes.short(at: offset + 28)
      entries.append(try entry(bytes, at: offset, nameLength))
      offset += try 46 + nameLength + bytes.short(at: offset + 30) + bytes.short(at: offset + 32)
    }
    return entries
  }

  /// The end of the directory: the last 22 bytes and a comment.
  private static func endOfDirectory(_ bytes: BoundedBytes) throws(InterchangeError) -> Int {
    var offset = bytes.count - 22
    let first = max(0, offset - 0xFFFF)
    while offset >= first {
      if bytes.bytes[offset] == 0x50, try bytes.word(at: offset) == 0x0605_4B50 { return offset }
      offset -= 1
    }
    throw InterchangeError("is not a ZIP archive, as .npz files are", "save it with numpy.savez")
  }

  private static func entry(
    _ bytes: BoundedBytes, at offset: Int, _ nameLength: Int
  ) throws(InterchangeError) -> Entry {
    let name = String(
      decoding: try bytes.slice(at: offset + 46, count: nameLength).prefix(256), as: UTF8.self)
    let (flags, method) = (try bytes.short(at: offset + 8), try bytes.short(at: offset + 10))
    guard flags & 1 == 0 else {
      throw InterchangeError("holds \(shortened(name)) encrypted", "save it with numpy.savez")
    }
    guard method == 0 else {
      throw InterchangeError(
        "holds \(shortened(name)) compressed", "save it with numpy.savez, not savez_compressed")
    }
    let length = try bytes.word(at: offset + 24)
    guard length < 0xFFFF_FFFF, try bytes.word(at: offset + 20) == length else {
      throw .damaged("the length of \(shortened(name)) is not one that a stored file has")
    }
    let local = try bytes.word(at: offset + 42)
    guard try bytes.word(at: local) == 0x0403_4B50 else {
      throw .damaged("\(shortened(name)) is not where its directory says")
    }
    let start = try local + 30 + bytes.short(at: local + 26) + bytes.short(at: local + 28)
    let content = try bytes.slice(at: start, count: length)
    let checksum = try bytes.number(at: offset + 16, as: UInt32.self)
    guard zipChecksum(content) == checksum else {
      throw .damaged("CRC-32 of \(shortened(name)) differs")
    }
    return Entry(name: name, content: content)
  }

  /// An archive of files. The same files give the same bytes, whenever it is written.
  static func archive(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in files {
      var facts: [UInt8] = []
      // Version 2.0, no flags, stored, midnight of 1 January 1980.
      for value: UInt16 in [20, 0, 0, 0, 0x0021] { facts.append(littleEndian: value) }
      facts.append(littleEndian: zipChecksum(content[...]))
      facts.append(littleEndian: UInt32(content.count))
      facts.append(littleEndian: UInt32(content.count))
      facts.append(littleEndian: UInt16(name.utf8.count))
      facts.append(littleEndian: UInt16(0))
      directory.append(littleEndian: 0x0201_4B50 as UInt32)
      directory.append(littleEndian: 20 as UInt16)
      directory += facts
      // No comment, the first disk, no attributes.
      directory += [UInt8](repeating: 0, count: 10)
      directory.append(littleEndian: UInt32(bytes.count))
      directory += name.utf8
      bytes.append(littleEndian: 0x0403_4B50 as UInt32)
      bytes += facts
      bytes += name.utf8
      bytes += content
    }
    let start = bytes.count
    bytes += directory
    bytes.append(littleEndian: 0x0605_4B50 as UInt32)
    bytes.append(littleEndian: 0 as UInt32)
    bytes.append(littleEndian: UInt16(files.count))
    bytes.append(littleEndian: UInt16(files.count))
    bytes.append(littleEndian: UInt32(directory.count))
    bytes.append(littleEndian: UInt32(start))
    bytes.append(littleEndian: 0 as UInt16)
    return bytes
  }
}

/// The runtime's CRC-32, which is ZIP's.
private func zipChecksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  // The span is read while the slice is held.
  unsafe crc32(bytes.span.bytes)
}
