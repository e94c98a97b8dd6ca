import CommandLineSupport

/// A program that is installed and turns a picture of some format into one of netpbm's.
struct Converter {
  private let format: PictureFormat
  private let file: String
  private let searchPath: String?
  private let limit: Int

  /// - Parameters:
  ///   - searchPath: folders to look for programs in, separated by colons; nil is `$PATH`.
  ///   - limit: the most bytes that a program may write.
  init(
    _ format: PictureFormat, file: String, searchPath: String?, limit: Int = PGM.maximumBytes
  ) {
    self.format = format
    self.file = file
    self.searchPath = searchPath
    self.limit = limit
  }

  /// The picture as a person sees it: turned as the camera was held, transparent parts on a page.
  func picture(_ bytes: [UInt8]) throws(DigitsError) -> Picture {
    var tried: [String] = []
    var reason: DigitsError?
    for program in [imageMagick, netpbm].compactMap(\.self) {
      let name = program.path.split(separator: "/").last.map(String.init) ?? program.path
      tried.append(name)
      var output: [UInt8]?
      do throws(DigitsError) {
        output = try program.output(of: bytes, limit: limit, file: file)
      } catch {
        // Another program may do what this one cannot; if none does, this is what kept it from it.
        reason = reason ?? error
      }
      guard let output else { continue }
      do throws(DigitsError) {
        return upright(try PGM.decode(output, file: file), by: name, bytes)
      } catch {
        // The trouble of what it wrote is none that the user's file has: it could not read that.
      }
    }
    if let reason { throw reason }
    guard !tried.isEmpty else {
      throw .malformed(
        file, "is \(format.title), and no program that converts it is installed", advice)
    }
    let names = tried.joined(separator: " and ")
    throw .malformed(
      file, "is \(format.title) that \(names) could not read",
      format == .heic || format == .avif || format == .webp
        ? "save it as PNG or JPEG" : "open it and save it again, or give another picture")
  }

  private var advice: String {
    #if canImport(Darwin)
      "install ImageMagick (brew install imagemagick), or save it as PGM"
    #else
      "install ImageMagick (package imagemagick), or save it as PGM"
    #endif
  }

  private func find(_ name: String) -> String? { ChildProcess.find(name, in: searchPath) }

  /// ImageMagick 7 or 6. The format is named, so that what a file holds cannot choose a reader.
  private var imageMagick: ExternalProgram? {
    guard let path = find("magick") ?? find("convert") else { return nil }
    let limits = [
      ("memory", "512MiB"), ("map", "512MiB"), ("disk", "0"), ("time", "20"), ("thread", "1"),
    ].flatMap { ["-limit", $0.0, $0.1] }
    // Of an animation or a scan of several pages, the first picture.
    let input = format == .heic || format == .avif ? "heic:-" : "\(format.rawValue):-[0]"
    let steps = ["-auto-orient", "-resize", "2048x2048>", "-colorspace", "sRGB", "-depth", "8"]
    return ExternalProgram(path: path, arguments: limits + [input] + steps + ["pam:-"])
  }

  /// netpbm's programs, one a format.
  private var netpbm: ExternalProgram? {
    let command: (String, [String])? =
      switch format {
      case .png: ("pngtopam", ["-alphapam"])
      case .jpeg: ("jpegtopnm", [])
      case .gif: ("giftopnm", [])
      case .bmp: ("bmptopnm", [])
      case .tiff: ("tifftopnm", [])
      case .webp, .heic, .avif: nil
      }
    guard let command, let path = find(command.0) else { return nil }
    return ExternalProgram(path: path, arguments: command.1)
  }

  /// netpbm's programs leave a photograph as the sensor saw it.
  private func upright(_ picture: Picture, by name: String, _ bytes: [UInt8]) -> Picture {
    name == "jpegtopnm" ? ExifOrientation(jpeg: bytes.span).upright(picture) : picture
  }
}
