import CommandLineSupport
import Foundation

/// The folder that MNIST is handed around in: two files of pictures, two of labels, as they are or
/// compressed by gzip (LeCun, Cortes and Burges, <http://yann.lecun.com/exdb/mnist/>).
package enum MNIST {
  /// The 60,000 digits to train on.
  ///
  /// - Throws: ``DigitsError`` if a file is missing or broken.
  package static func train(in folder: String) throws(DigitsError) -> DigitSet {
    try set("train", in: folder, name: "MNIST training digits")
  }

  /// The 10,000 digits to test with.
  ///
  /// - Throws: ``DigitsError`` if a file is missing or broken.
  package static func test(in folder: String) throws(DigitsError) -> DigitSet {
    try set("t10k", in: folder, name: "MNIST test digits")
  }

  /// Whether all four files are there; they may still be broken.
  package static func isPresent(in folder: String) -> Bool {
    ["train", "t10k"].allSatisfy { part in
      find("\(part)-images", "idx3", in: folder) != nil
        && find("\(part)-labels", "idx1", in: folder) != nil
    }
  }

  /// Those of the four files that are there.
  package static func files(in folder: String) -> [String] {
    ["train", "t10k"].flatMap { part in
      [
        find("\(part)-images", "idx3", in: folder), find("\(part)-labels", "idx1", in: folder),
      ].compactMap(\.self)
    }
  }

  private static func set(
    _ part: String, in folder: String, name: String
  ) throws(DigitsError) -> DigitSet {
    let imagePath = try require("\(part)-images", "idx3", in: folder)
    let labelPath = try require("\(part)-labels", "idx1", in: folder)
    let labels = try IDX.labels(labelPath)
    let pixels = try IDX.images(imagePath, count: labels.count, labelFile: labelPath)
    return DigitSet(pixels: pixels, labels: labels, name: name)
  }

  /// The spellings found in the wild: of the original site, and of what unpacks its archives.
  private static func find(_ stem: String, _ type: String, in folder: String) -> String? {
    for name in ["\(stem)-\(type)-ubyte", "\(stem).\(type)-ubyte"] {
      for ending in ["", ".gz"] {
        let path = Folder.path(folder, name + ending)
        // Archives are also unpacked into folders of their names.
        if let kind = Folder.kind(path), kind != .folder { return path }
      }
    }
    return nil
  }

  private static func require(
    _ stem: String, _ type: String, in folder: String
  ) throws(DigitsError) -> String {
    if let path = find(stem, type, in: folder) { return path }
    throw missing("\(stem)-\(type)-ubyte", in: folder)
  }
}
