import Digits

/// The pictures of files that somebody chose: what there is in the place of folders.
package enum ChosenData {
  // A module of WebAssembly has one thread.
  nonisolated(unsafe) package static var current: TrainingData?
}

extension TrainingRequest {
  func stored(_ path: String) throws(DigitsError) -> TrainingData {
    guard let data = unsafe ChosenData.current else {
      throw DigitsError(
        kind: .notFound, file: path, problem: "no files were chosen",
        advice: "choose pictures and labels")
    }
    return data
  }

  /// What a training on drawn digits is tested on: drawn ones.
  func testDigits() throws(DigitsError) -> DigitSet? { nil }
}
