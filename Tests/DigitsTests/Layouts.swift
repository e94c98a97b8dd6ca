import Foundation

@testable import Digits

/// Small data sets of digits that the built-in handwriting draws, laid out as people have them.
final class Layouts {
  let folder: ScratchFolder
  let training: DigitSet
  let test: DigitSet

  init(_ training: Int = 40, _ test: Int = 20) throws {
    folder = try ScratchFolder()
    self.training = Handwriting(seed: 3).set(count: training)
    self.test = Handwriting(seed: 3).set(count: test, stream: .test)
  }

  var path: String { folder.path }

  /// Writes a file and the folders above it.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let above = URL(fileURLWithPath: "\(path)/\(name)").deletingLastPathComponent()
    try FileManager.default.createDirectory(at: above, withIntermediateDirectories: true)
    return try folder.write(name, bytes)
  }

  /// IDX files of these names, each made from the part (`train`, or `part` for the other) and the kind
  /// with its dash.
  func writeIDX(
    test part: String = "t10k", label: (UInt8) -> UInt8 = { $0 }, isTransposed: Bool = false,
    name: (String, String) -> String
  ) throws {
    for (part, set) in [("train", training), (part, test)] {
      var set = set
      if isTransposed { set.transpose() }
      try write(
        name(part, "images-idx3"), Layouts.idx([0x803, set.count, 28, 28], set.pixels))
      try write(
        name(part, "labels-idx1"), Layouts.idx([0x801, set.count], set.labels.map(label)))
    }
  }

  /// A table's text.
  static func csv(_ set: DigitSet, header: String? = nil, label: (UInt8) -> String = { "\($0)" })
    -> String
  {
    let lines = (0..<set.count).map { i in
      ([label(set.labels[i])] + set.pixels[784 * i..<784 * (i + 1)].map { "\($0)" })
        .joined(separator: ",")
    }
    return ((header.map { [$0] } ?? []) + lines).joined(separator: "\n") + "\n"
  }

  static let names = (["label"] + (0..<784).map { "pixel\($0)" }).joined(separator: ",")

  static func idx(_ header: [Int], _ bytes: [UInt8]) -> [UInt8] {
    header.flatMap { number in [24, 16, 8, 0].map { UInt8(number >> $0 & 255) } } + bytes
  }

  /// Both parts, as a training takes them.
  func read(_ inner: String = "", _ change: (inout TrainingData.Options) -> Void = { _ in }) throws
    -> TrainingData
  {
    var options = TrainingData.Options()
    change(&options)
    return try TrainingData(path + inner, test: nil, options)
  }

  /// Whether that gives the pictures and labels that were written.
  func reads(_ inner: String = "", _ change: (inout TrainingData.Options) -> Void = { _ in }) throws
    -> Bool
  {
    isWhole(try read(inner, change))
  }

  /// Whether these are the pictures and labels that were written.
  func isWhole(_ data: TrainingData) -> Bool {
    data.training.pixels == training.pixels && data.training.labels == training.labels
      && data.test.pixels == test.pixels && data.test.labels == test.labels
  }
}
