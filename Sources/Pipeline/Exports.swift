import CommandLineSupport
import Quantizer

/// The files that `--export` names: networks for other programs, in the formats of their endings.
package struct Exports: Sendable {
  /// A file, and its format.
  private let files: [(path: String, format: InterchangeFormat)]

  /// What `--export` reads: the name of a file with one of the known endings.
  package static var reader: ValueReader<String> {
    let endings = InterchangeFormat.endings(InterchangeFormat.written)
    return ValueReader(
      placeholder: "FILE", expectation: "a file name that ends in one of \(endings)",
      show: { $0 }, read: { format($0) == nil ? nil : $0 })
  }

  private static func format(_ path: String) -> InterchangeFormat? {
    InterchangeFormat(path: path).flatMap { InterchangeFormat.written.contains($0) ? $0 : nil }
  }

  /// Files of names that ``reader`` has accepted.
  package init(_ paths: [String]) {
    files = paths.compactMap { path in Exports.format(path).map { (path, $0) } }
  }

  /// Whether there are none.
  package var isEmpty: Bool { files.isEmpty }

  /// The files, to be compared with others of the same command.
  package var outputs: [NamedFile] { files.map { NamedFile("--export", $0.path) } }

  /// Refuses what can be seen to be impossible before there is a network.
  ///
  /// - Parameters:
  ///   - isRectified: whether its activation is ReLU.
  ///   - parameters: weights and biases that it will have.
  package func check(isRectified: Bool, parameters: Int) throws(Failure) {
    for (path, format) in files {
      guard isRectified || format != .tflite else {
        throw Failure(
          .usage,
          "--export \(path): TensorFlow Lite's integers know no activation but ReLU here; export .h, "
            + ".npz or .safetensors, or train with --activation relu")
      }
      // Text takes five characters a weight, a Float four bytes.
      try AtomicFile.check(path, bytes: 5 * parameters + 65_536)
    }
  }

  /// Writes them.
  ///
  /// - Parameters:
  ///   - image: a model image, with its name for complaints.
  ///   - network: the network in floating point; nil takes what the integers stand for.
  /// - Returns: what was written.
  package func write(
    _ image: (name: String, bytes: [UInt8]), network: FloatModel? = nil
  ) throws(Failure) -> [Written] {
    // All of them are made before any is written.
    var contents: [[UInt8]] = []
    for (path, format) in files {
      do throws(InterchangeError) {
        contents.append(try format.file(image: image.bytes, network: network))
      } catch {
        throw Failure(.data, "\(image.name): \(error.problem); \(error.advice) (--export \(path))")
      }
    }
    var written: [Written] = []
    for (content, file) in zip(contents, files) {
      try AtomicFile.write(content, to: file.path)
      written.append(Written(file: file.path, bytes: content.count))
    }
    return written
  }

  /// A file that was written.
  package struct Written: Encodable, Sendable {
    /// Its name.
    package let file: String
    /// Its length.
    package let bytes: Int

    /// What to tell people.
    package var text: String {
      "Exported \(file.escapingControls()) (\(NumberText.count(bytes)) bytes).\n"
    }
  }
}
