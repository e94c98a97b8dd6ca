/// An array of numbers with a name, as it stands in a file.
struct NamedArray: Sendable, Equatable {
  var name: String
  /// Its dimensions, the slowest first; none for a scalar.
  var shape: [Int]
  /// Row by row.
  var values: [Float]

  /// The most arrays that are read from a file, and the most numbers of each: files may have many arrays
  /// share their bytes, so that memory is not bounded by the file alone.
  static let most = 16
  /// The widest hidden layer that there may be.
  static let mostNumbers = 784 * 1024

  /// A matrix with rows and columns exchanged.
  var transposed: [Float] {
    let (rows, columns) = (shape[0], shape[1])
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for column in 0..<columns {
      for row in 0..<rows { result.append(values[row * columns + column]) }
    }
    return result
  }

  /// The name and shape, to be named in a line.
  var text: String { "\(shortened(name)) (\(shapeText(shape)))" }
}

/// The number of elements of a shape, if it is at most `limit` and no dimension is negative.
func elementCount(_ shape: [Int], limit: Int) -> Int? {
  var count = 1
  for size in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    guard size >= 0, !overflow, product <= limit else { return nil }
    count = product
  }
  return count
}
