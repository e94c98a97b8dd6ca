import Digits
import Int8Runtime
import Network
import Pipeline
import Quantizer
import SIMDMath
import Testing

/// Small networks trained on the built-in handwriting, in float and in integers.
@Suite("Float against Int8")
struct ComparisonTests {
  private func trained(
    _ activation: ActivationFunction, _ inputSpec: InputSpec, optimizer: Optimizer = .adamw,
    count: Int = 3000, threads: Int = 2
  ) throws -> (network: FloatNetwork, image: [UInt8]) {
    let digits = Handwriting(seed: 3).set(count: count, threads: threads)
    let examples = digits.preprocessed(by: inputSpec, threads: threads)
    var plan = TrainingPlan()
    plan.optimizer = optimizer
    plan.learningRate = optimizer == .adamw ? 0.004 : optimizer == .momentum ? 0.02 : 0.2
    plan.epochs = 10
    plan.threads = threads
    let augmented = AugmentedExamples(
      digits: digits, epochs: plan.epochs,
      distortion: Distortion(Augmentation(.elastic), inputSpec, seed: 1))
    let network = try Trainer(
      FloatNetwork(
        inputs: inputSpec.inputs, hidden: 32, classes: 10, activation: activation, seed: 1),
      plan: plan, source: optimizer == .adamw ? augmented : examples, validation: nil
    ).train()
    let integers = try QuantizedNetwork(network, inputSpec: inputSpec, calibration: examples)
    let known = Array(digits.pixels[..<784])
    return (network, try integers.modelImage(metadata: Metadata(), selfTestPicture: known))
  }

  @Test(
    "of 1,000 digits the integers read all but a few as the network does",
    arguments: everyActivation)
  func changesFewPredictions(activation: ActivationFunction) throws {
    for inputSpec in [InputSpec(side: 28, deskew: true), InputSpec(side: 14, deskew: true)] {
      let (network, image) = try trained(activation, inputSpec, count: 24_000)
      let (digits, preprocessed) = examples(1000, inputSpec, stream: .test)
      let comparison = try Comparison(
        network, image: image, pictures: digits.pixels.span, labels: digits.labels,
        preprocessed: preprocessed, threads: 2)
      // 7 at most, at 831 to 891 right.
      #expect(comparison.changed <= 10)
      #expect(comparison.floatCorrect > 820)
      expectConsistent(comparison, digits)
    }
  }

  private func expectConsistent(_ comparison: Comparison, _ digits: DigitSet) {
    #expect(comparison.count == digits.count && comparison.predictions.count == digits.count)
    let right = zip(comparison.predictions, digits.labels).count { $0 == $1 }
    #expect(comparison.int8Correct == right)
    #expect(abs(comparison.int8Correct - comparison.floatCorrect) <= comparison.changed)
    #expect(comparison.confusion.flatMap(\.self).reduce(0, +) == digits.count)
    #expect((0..<10).reduce(0) { $0 + comparison.confusion[$1][$1] } == right)
    #expect(zip(comparison.predictions, comparison.logits).allSatisfy { Int($0) == $1.argmax })
    #expect(comparison.hiddenSaturated >= 0 && comparison.hiddenSaturated < digits.count * 32)
  }

  @Test("logits in integers, times their scale, are the float ones to a fiftieth of their range")
  func logitsAreClose() throws {
    let inputSpec = InputSpec(side: 28, deskew: true)
    let (network, image) = try trained(.relu, inputSpec)
    let (digits, preprocessed) = examples(100, inputSpec, stream: .test)
    let comparison = try Comparison(
      network, image: image, pictures: digits.pixels.span, labels: digits.labels,
      preprocessed: preprocessed, threads: 1)
    let flash = try ModelImage(image.span.bytes)
    let scale = Float(bitPattern: UInt32(bitPattern: flash.word(Header.logitScale)))
    let float = Evaluator(network, examples: 100).logits(preprocessed)
    var worst: Float = 0
    for index in 0..<100 {
      let values = (0..<10).map { float[index][$0] }
      let range = (values.max() ?? 0) - (values.min() ?? 0)
      for digit in 0..<10 {
        let integer = Float(comparison.logits[index][digit]) * scale
        worst = max(worst, abs(integer - values[digit]) / range)
      }
    }
    // 0.0099.
    #expect(worst < 0.02)
  }

  @Test(
    "one and two threads write the same model image, byte for byte", arguments: Optimizer.allCases)
  func threadsDoNotMatter(optimizer: Optimizer) throws {
    let inputSpec = InputSpec(side: 28, deskew: true)
    let one = try trained(.relu, inputSpec, optimizer: optimizer, threads: 1).image
    #expect(try trained(.relu, inputSpec, optimizer: optimizer, threads: 2).image == one)
  }
}
