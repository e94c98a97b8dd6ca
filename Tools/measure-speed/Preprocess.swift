import Digits
import Foundation
import Int8Runtime
import Pipeline

/// Writes MNIST's digits, centered and deskewed as the device would, as IDX files of the same names.
func writePreprocessed(_ arguments: [String]) throws {
  guard arguments.count == 2 else { throw UsageError() }
  let folder = URL(fileURLWithPath: arguments[1])
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (name, digits) in [
    ("train", try DataSet(arguments[0]).read(.training)),
    ("t10k", try DataSet(arguments[0]).read(.test)),
  ] {
    let count = UInt32(digits.count)
    var pixels = idxHeader([2051, count, 28, 28])
    for i in 0..<digits.count {
      var row = [UInt8](repeating: 0, count: pictureBytes)
      var span = row.mutableSpan
      var bytes = unsafe span.mutableBytes
      unsafe preprocess(
        digits.picture(i).bytes, by: InputSpec(side: 28, deskew: true), into: &bytes)
      pixels += row
    }
    try Data(pixels).write(to: folder.appendingPathComponent("\(name)-images-idx3-ubyte"))
    try Data(idxHeader([2049, count]) + digits.labels)
      .write(to: folder.appendingPathComponent("\(name)-labels-idx1-ubyte"))
  }
}

private func idxHeader(_ words: [UInt32]) -> [UInt8] {
  words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
}
