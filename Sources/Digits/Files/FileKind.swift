/// What a file is by its first bytes.
enum FileKind: Equatable {
  case empty, gzip, webPage, largeFilePointer, pdf, svg, text, unknown
  /// Of a format that other programs convert.
  case picture(PictureFormat)

  init(_ bytes: Span<UInt8>) {
    func begins(_ text: StaticString, at start: Int = 0) -> Bool {
      guard bytes.count >= start + text.utf8CodeUnitCount else { return false }
      return (0..<text.utf8CodeUnitCount).allSatisfy {
        unsafe bytes[start + $0] == text.utf8Start[$0]
      }
    }
    if bytes.count == 0 {
      self = .empty
    } else if let format = PictureFormat(bytes) {
      self = .picture(format)
    } else if bytes.count >= 2, bytes[0] == 0x1F, bytes[1] == 0x8B {
      self = .gzip
    } else if begins("version https://git-lfs") {
      self = .largeFilePointer
    } else if begins("%PDF") {
      self = .pdf
    } else {
      self = FileKind(text: bytes)
    }
  }

  /// Kinds of text, told by words near its beginning.
  private init(text bytes: Span<UInt8>) {
    let first = (0..<min(512, bytes.count)).map { bytes[$0] }
    let start = String(decoding: first, as: UTF8.self).lowercased()
    let isText = first.allSatisfy { $0 >= 32 || (9...13).contains($0) }
    if start.contains("<html") || start.contains("<!doctype html") {
      self = .webPage
    } else if start.contains("<svg") {
      self = .svg
    } else {
      self = isText ? .text : .unknown
    }
  }

  /// Why a file of this kind is no PGM, and what helps.
  func failure(_ file: String) -> DigitsError {
    switch self {
    case .empty: .malformed(file, "is empty", "save the picture again")
    case .gzip:
      .malformed(file, "is compressed with gzip", "unpack it with: gzip -dc FILE > digit.pgm")
    case .webPage:
      .malformed(file, "is a web page, not a picture", "download the picture itself")
    case .largeFilePointer:
      .malformed(
        file, "is Git LFS's pointer to a picture, not the picture", "fetch it with: git lfs pull")
    case .pdf, .svg:
      .malformed(
        file, "is \(self == .pdf ? "a PDF" : "an SVG drawing"), not a picture of pixels",
        "export it as PNG or PGM")
    case .picture(let format):
      .malformed(
        file, "is not a PGM picture but \(format.title)", "convert it to PNG, JPEG or PGM")
    case .text, .unknown:
      .malformed(
        file, "is no picture but something else\(self == .text ? ": text" : "")",
        "give a PGM, PNG or JPEG picture")
    }
  }
}
