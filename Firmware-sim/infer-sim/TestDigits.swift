import CommandLineSupport
import Digits
import Foundation
import Int8Runtime

/// The test digits of `--dataset`, or all there are where none are kept apart; a line on standard error
/// says what about them is odd.
func testDigits(_ path: String, _ settings: Settings) throws(Failure) -> DigitSet {
  let threads = min(8, ProcessInfo.processInfo.activeProcessorCount)
  let set: DataSet
  let digits: DigitSet
  do throws(DigitsError) {
    set = try DataSet(path)
    digits = try set.read(.test, isTransposed: settings.transpose, threads: threads)
  } catch { throw Failure(error) }
  // The image does not say what its classes are: they are those of the set, in its order.
  guard digits.classNames.count == classCount else {
    throw Failure(
      .data,
      "\(path): has \(digits.classNames.count) classes, and the network \(classCount); give the "
        + "data set that it was trained on")
  }
  let isTest = path.split(separator: "/").last.flatMap(Part.split)?.part == .test
  if !set.hasTestPart, !isTest, Folder.kind(path) == .folder {
    tell("\(path): keeps no test pictures apart; all are read, those trained on too")
  }
  if digits.looksTransposed(isLikely: set.isLikelyTransposed && !settings.transpose) {
    tell(TrainingData.note(path, isTransposed: settings.transpose))
  }
  return digits
}

private func tell(_ note: String) {
  // Nobody can be told that standard error is closed.
  try? StandardStream.error.write("infer-sim: \(note.escapingControls())\n")
}
