import Digits
import Int8Runtime

// What a training takes of memory, to be asked for before it begins.
extension TrainingRequest {
  /// The most bytes that are taken once the digits are read: a list of what the network sees of them that
  /// is not zero, and the networks with the optimizer's moments.
  func bytes(_ all: DigitSet, _ test: DigitSet) -> Int {
    let seen = (all.count + test.count) * inputSpec.inputs
    let listed = 4 * (all.pixels.count { $0 != 0 } + test.pixels.count { $0 != 0 })
    // A list that outgrows its memory is copied to one of twice the size.
    let lists = listed > seen ? 3 * listed : seen
    return lists + networkBytes
  }

  /// The same where so many digits are drawn first.
  func bytes(drawing count: Int) -> Int {
    2 * count * (pictureBytes + inputSpec.inputs) + networkBytes
  }

  /// Parameters, the best of them, two moments, and copies of all for a checkpoint, in four bytes each.
  private var networkBytes: Int { 32 * inputSpec.inputs * (hidden + (teacher ?? 0)) }
}
