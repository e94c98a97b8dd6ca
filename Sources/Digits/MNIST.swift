import Foundation

/// The folder that MNIST is handed around in: two files of pictures, two of labels, as they are or
/// compressed by gzip (LeCun, Cortes and Burges, <http://yann.lecun.com/exdb/mnist/>).
public enum MNIST {
  /// The 60,000 digits to train on.
  ///
  /// - Throws: ``DigitsError`` if a file is missing or broken.
  public static func train(in folder: String) throws(DigitsError) -> DigitSet {
    try set("train", in: folder, name: "MNIST training digits")
  }

  /// The 10,000 digits to test with.
  ///
  /// - Throws: ``DigitsError`` if a file is missing or broken.
  public static func test(in folder: String) throws(DigitsError) -> DigitSet {
    try set("t10k", in: folder, name: "MNIST test digits")
  }

  /// Whether all four files are there; they may still be broken.
  public static func isPresent(in folder: String) -> Bool {
    ["train", "t10k"].allSatisfy { part in
      find("\(part)-images", "idx3", in: folder) != nil
        && find("\(part)-labels", "idx1", in: folder) != nil
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
        let path = (folder.hasSuffix("/") ? folder : folder + "/") + name + ending
        if FileManager.default.fileExists(atPath: path) { return path }
      }
    }
    return nil
  }

  private static func require(
    _ stem: String, _ type: String, in folder: String
  ) throws(DigitsError) -> String {
    if let path = find(stem, type, in: folder) { return path }
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw DigitsError(
        kind: .notFound, file: folder, problem: "no such folder", advice: "check the path")
    }
    throw DigitsError(
      kind: .notFound, file: folder,
      problem: isFolder.boolValue ? "has no \(stem)-\(type)-ubyte[.gz]" : "is not a folder",
      advice: "name the folder with the four MNIST files")
  }
}
