/// Formats that a converter reads.
enum PictureFormat: String, CaseIterable {
  case png, jpeg, gif, bmp, tiff, webp, heic, avif

  /// The format of a file by its first bytes.
  init?(_ bytes: Span<UInt8>) {
    func begins(_ signature: [UInt8], at start: Int = 0) -> Bool {
      guard bytes.count >= start + signature.count else { return false }
      return signature.indices.allSatisfy { bytes[start + $0] == signature[$0] }
    }
    let brand =
      begins(Array("ftyp".utf8), at: 4) && bytes.count >= 12
      ? String(decoding: (8..<12).map { bytes[$0] }, as: UTF8.self) : ""
    if begins([0x89, 0x50, 0x4E, 0x47]) {
      self = .png
    } else if begins([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if begins(Array("GIF8".utf8)) {
      self = .gif
    } else if begins(Array("BM".utf8)), bytes.count >= 26, bytes[15] == 0, bytes[16] == 0 {
      self = .bmp
    } else if begins([0x49, 0x49, 0x2A, 0]) || begins([0x4D, 0x4D, 0, 0x2A]) {
      self = .tiff
    } else if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) {
      self = .webp
    } else if ["heic", "heix", "mif1", "msf1", "hevc"].contains(brand) {
      self = .heic
    } else if brand == "avif" {
      self = .avif
    } else {
      return nil
    }
  }

  /// With its article, for messages.
  var title: String {
    switch self {
    case .png: "a PNG"
    case .jpeg: "a JPEG"
    case .gif: "a GIF"
    case .bmp: "a BMP"
    case .tiff: "a TIFF"
    case .webp: "a WebP"
    case .heic: "a HEIC"
    case .avif: "an AVIF"
    }
  }
}
