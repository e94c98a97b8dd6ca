import CommandLineSupport

/// Pictures as people have them: netpbm's formats are read here, others through a converter that is
/// installed.
package enum PictureFile {
  /// The name that stands for standard input.
  package static let standardInput = "-"

  /// The picture in a file, or on standard input where the path is `-`.
  ///
  /// - Throws: ``DigitsError`` if there is no such file, if it cannot be read, if it is no picture, or
  ///   if it needs a converter that is not installed.
  package static func read(_ path: String) throws(DigitsError) -> Picture {
    let bytes =
      path == standardInput
      ? try FileBytes.readStandardInput(limit: PGM.maximumBytes)
      : try FileBytes.read(path, limit: PGM.maximumBytes)
    return try decode(bytes, file: path)
  }

  /// The picture in the bytes of a file of any format; `file` is its name in errors.
  ///
  /// - Parameter searchPath: folders to look for programs in, separated by colons; nil is `$PATH`.
  package static func decode(
    _ bytes: [UInt8], file: String, searchPath: String? = nil
  ) throws(DigitsError) -> Picture {
    switch FileKind(bytes.span) {
    case .gzip:
      let plain = try unpacked(bytes, file: file, searchPath)
      guard FileKind(plain.span) != .gzip else {
        throw .malformed(file, "is compressed with gzip twice", "unpack it with: gzip -d")
      }
      return try decode(plain, file: file, searchPath: searchPath)
    case .picture(let format):
      return try Converter(format, file: file, searchPath: searchPath).picture(bytes)
    default:
      return try PGM.decode(bytes, file: file)
    }
  }

  private static func unpacked(
    _ bytes: [UInt8], file: String, _ searchPath: String?
  ) throws(DigitsError) -> [UInt8] {
    guard let gzip = ChildProcess.find("gzip", in: searchPath) else {
      throw .malformed(file, "is compressed with gzip, which is not installed", "install gzip")
    }
    let program = ExternalProgram(path: gzip, arguments: ["-dc"])
    guard let plain = try program.output(of: bytes, limit: PGM.maximumBytes, file: file) else {
      throw .malformed(file, "is not what gzip can unpack", "copy it again, or unpack it yourself")
    }
    return plain
  }
}
