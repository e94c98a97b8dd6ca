import Digits
import Int8Runtime
import Network
import Pipeline
import SIMDMath

/// Times what is done to a digit before the network sees it: drawing it, distorting it, and deskewing
/// it, each for all of 20,000 digits, in microseconds of processor time a digit.
func measureDigits() {
  let count = 20_000
  let handwriting = Handwriting(seed: 1)
  let digits = handwriting.set(count: count)
  let inputSpec = InputSpec(side: 28, deskew: true)
  var output = [UInt8](repeating: 0, count: pictureBytes)
  let drawing = bestTime(of: count) { index in
    var pixels = output.mutableSpan
    handwriting.draw(index: index, into: &pixels)
  }
  let elastic = Augmentation(.elastic)
  let distorting = bestTime(of: count) { index in
    var pixels = output.mutableSpan
    var random = Random(seed: 1, stream: 2, index: UInt64(index))
    elastic.apply(to: digits.picture(index), into: &pixels, random: &random)
  }
  let deskewing = bestTime(of: count) { index in
    var pixels = output.mutableSpan
    var bytes = unsafe pixels.mutableBytes
    unsafe preprocess(digits.picture(index).bytes, by: inputSpec, into: &bytes)
  }
  printJSON([
    ("drawing_us", drawing), ("distorting_us", distorting), ("deskewing_us", deskewing),
    ("together_us", drawing + distorting + deskewing),
  ])
}

/// The shortest of several processor times of one digit, in microseconds.
private func bestTime(of count: Int, _ body: (Int) -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<7 {
    let clock = Clock()
    for index in 0..<count { body(index) }
    best = min(best, clock.elapsed.processor)
  }
  return best * 1e6 / Double(count)
}
