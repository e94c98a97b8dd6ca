import Digits
import Int8Runtime
import Network
import Pipeline
import Testing

@Suite("Augmented examples")
struct AugmentedExamplesTests {
  private let inputSpec = InputSpec(side: 28, deskew: false)

  private func augmented(_ digits: DigitSet, epochs: Int) -> AugmentedExamples {
    AugmentedExamples(
      digits: digits, epochs: epochs,
      distortion: Distortion(Augmentation(.elastic), inputSpec, seed: 1))
  }

  private func features(_ source: some ExampleSource, _ index: Int, epoch: Int) -> [Int] {
    var bytes = [UInt8](repeating: 0, count: source.inputs)
    var span = bytes.mutableSpan
    _ = source.write(index, epoch: epoch, into: &span)
    return bytes.map(Int.init)
  }

  @Test("an epoch's distortion of a digit is its own, and the same again")
  func reproducible() {
    let digits = Handwriting(seed: 3).set(count: 5)
    let source = augmented(digits, epochs: 4)
    for index in 0..<5 {
      #expect(features(source, index, epoch: 1) == features(source, index, epoch: 1))
      #expect(features(source, index, epoch: 1) != features(source, index, epoch: 2))
    }
  }

  @Test("distortions have their whole strength for three quarters of the epochs, then weaken")
  func weakening() {
    let digits = Handwriting(seed: 3).set(count: 200)
    let plain = digits.preprocessed(by: inputSpec, threads: 1)
    let (short, long) = (augmented(digits, epochs: 8), augmented(digits, epochs: 1000))
    /// How far an epoch's digits are from the plain ones.
    func change(_ source: AugmentedExamples, _ epoch: Int) -> Int {
      (0..<digits.count).reduce(0) { sum, index in
        let pairs = zip(
          features(source, index, epoch: epoch), features(plain, index, epoch: epoch))
        return sum + pairs.reduce(0) { $0 + abs($1.0 - $1.1) }
      }
    }
    for epoch in 1...6 { #expect(change(short, epoch) == change(long, epoch)) }
    #expect(change(short, 7) < change(long, 7))
    #expect(change(short, 8) < change(short, 7))
    #expect(Double(change(short, 8)) < 0.75 * Double(change(long, 8)))
  }
}
