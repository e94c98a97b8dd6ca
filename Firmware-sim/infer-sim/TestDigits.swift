import CommandLineSupport
import Digits
import Foundation
import Int8Runtime

/// The test digits of `--dataset`, or all there are where none are kept apart; a line on standard error
/// says what about them is odd.
func testDigits(
  _ path: String, _ settings: Settings, classNames: [String]
) throws(Failure) -> DigitSet {
  let threads = min(8, ProcessInfo.processInfo.activeProcessorCount)
  let set: DataSet
  var digits: DigitSet
  do throws(DigitsError) {
    set = try DataSet(path)
    digits = try set.read(.test, isTransposed: settings.transpose, threads: threads)
    try digits.match(classNames, leavingOut: false, file: path)
  } catch { throw Failure(error) }
  let isTest = path.split(separator: "/").last.flatMap(Part.split)?.part == .test
  if !set.hasTestPart, !isTest, Folder.kind(path) == .folder {
    StandardStream.tell(
      "\(path): keeps no test pictures apart; all are read, those trained on too", by: "infer-sim")
  }
  if digits.looksTransposed(isLikely: set.isLikelyTransposed && !settings.transpose) {
    StandardStream.tell(
      TrainingData.note(path, isTransposed: settings.transpose), by: "infer-sim")
  }
  return digits
}
