import Foundation
import SIMDMath

@testable import Digits

/// A folder for one test, removed when the test is over.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "digits-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}

/// The error a piece of code throws, nil if it throws none.
func error(of body: () throws(DigitsError) -> Void) -> DigitsError? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}

/// The bytes of a text.
func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The folder with MNIST, for the tests that measure on it.
let mnistFolder = ProcessInfo.processInfo.environment["MNIST_DIR"]

/// A 28x28 picture between its pixels, dark beyond its edges, as a textbook has it.
func bilinear(_ pixels: [UInt8], _ x: Double, _ y: Double) -> Double {
  func pixel(_ column: Int, _ row: Int) -> Double {
    guard (0..<28).contains(column), (0..<28).contains(row) else { return 0 }
    return Double(pixels[28 * row + column])
  }
  let column = Int(x.rounded(.down))
  let row = Int(y.rounded(.down))
  let fx = x - Double(column)
  let fy = y - Double(row)
  return (pixel(column, row) * (1 - fx) + pixel(column + 1, row) * fx) * (1 - fy)
    + (pixel(column, row + 1) * (1 - fx) + pixel(column + 1, row + 1) * fx) * fy
}

/// Drawn digits, none of them as a coarse scan gives them.
func sharpDigits(_ count: Int, seed: UInt64) -> DigitSet {
  let handwriting = Handwriting(seed: seed)
  var pixels: [UInt8] = []
  for index in 0..<count {
    var digit = [UInt8](repeating: 0, count: 784)
    var span = digit.mutableSpan
    var random = Random(seed: seed, index: UInt64(index))
    handwriting.drawDigit(index % 10, &random, into: &span)
    pixels += digit
  }
  return DigitSet(pixels: pixels, labels: (0..<count).map { UInt8($0 % 10) }, name: "sharp")
}
