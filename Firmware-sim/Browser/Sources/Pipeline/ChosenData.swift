import Digits

/// The pictures of files that somebody chose: what there is in the place of folders.
package enum ChosenData {
  // A module of WebAssembly has one thread.
  /// What to train on.
  nonisolated(unsafe) package static var training: DigitSet?
  /// What to test with; nil holds out some of the others.
  nonisolated(unsafe) package static var test: DigitSet?
}

extension TrainingRequest {
  func stored(_ path: String) throws(DigitsError) -> TrainingData {
    guard let digits = unsafe ChosenData.training else {
      throw DigitsError(
        kind: .notFound, file: path, problem: "no files were chosen",
        advice: "choose pictures and labels")
    }
    var data = TrainingData(holdingOutOf: digits)
    if let test = unsafe ChosenData.test { (data.training, data.test) = (digits, test) }
    return data
  }

  /// What a training on drawn digits is tested on: drawn ones.
  func testDigits() throws(DigitsError) -> DigitSet? { nil }
}
