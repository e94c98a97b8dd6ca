import CommandLineSupport
import Digits
import Int8Runtime

// What a request has read from data sets, and what it cannot do with them.
extension TrainingRequest {
  private var options: TrainingData.Options {
    var options = TrainingData.Options()
    // An imported network has its classes in its own order.
    let own = imported?.notes.classNames ?? []
    options.classes = classes ?? (own.isEmpty ? nil : own)
    options.isTransposed = isTransposed
    options.threads = plan.threads
    return options
  }

  /// The pictures at a path, and those to test on.
  func stored(_ path: String) throws(DigitsError) -> TrainingData {
    let data = try TrainingData(path, test: testData, options)
    try check(data.training.classNames, path)
    guard data.training.count > 1 else {
      throw DigitsError(
        kind: .malformed, file: path, problem: "has a single training digit",
        advice: "give two at least, one of them to validate with")
    }
    guard Memory.has(bytes(data.training, data.test)) else { throw DigitsError.noMemory(path) }
    return data
  }

  /// What a training on drawn digits is tested on, if not on drawn ones.
  func testDigits() throws(DigitsError) -> DigitSet? {
    guard let testData else { return nil }
    var digits = try DataSet(testData).read(
      .test, isTransposed: isTransposed, threads: plan.threads)
    try digits.match(ClassNames.digits, leavingOut: false, file: testData)
    return digits
  }

  /// Refuses classes that cannot be learned.
  private func check(_ names: [String], _ path: String) throws(DigitsError) {
    if case .both = data, names != ClassNames.digits {
      throw DigitsError(
        kind: .malformed, file: path, problem: "has other classes than the digits 0 ... 9",
        advice: "leave the built-in handwriting out")
    }
    if let imported, imported.network.classes != names.count {
      throw DigitsError(
        kind: .malformed, file: path,
        problem: "has \(names.count) classes, and the imported network \(imported.network.classes)",
        advice: "pick as many with --classes, in the network's order")
    }
  }
}
