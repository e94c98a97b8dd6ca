import Foundation
import Int8Runtime
import Network
import SIMDMath
import Testing

/// Finite numbers at which floats change their ways: both zeros, subnormals, the ends of the exponential's
/// range, and what overflows when a few of it are added.
private let extremes: [Float] = {
  let positive: [Float] = [
    0, .leastNonzeroMagnitude, .leastNormalMagnitude.nextDown, .leastNormalMagnitude, .ulpOfOne, 1,
    87.3, 88, 89, 16_777_216, 1e18, 1e30,
  ]
  return positive + positive.map { -$0 }
}()

@Suite("Kernels on adversarial values")
struct AdversarialTests {
  /// Logits out of the extremes, and anything in the lanes that are not used.
  private func logits(_ random: inout Random, classes: Int) -> [Vector] {
    let few = (0..<1 + random.below(3)).map { _ in extremes[random.below(extremes.count)] }
    return vectors(
      (0..<16 * classVectors(classes)).map {
        $0 < classes ? few[random.below(few.count)] : $0 % 3 == 0 ? .nan : .infinity
      })
  }

  @Test("softmax and the loss are numbers, in their ranges, for any finite logits")
  func softmaxStaysInRange() {
    var random = Random(seed: 31)
    for run in 0..<20_000 {
      let classes = run % 2 == 0 ? 10 : 2 + run % 63
      let x = ClassValues(logits(&random, classes: classes).span, classes: classes)
      let p = softmax(x)
      let sum = (0..<classes).reduce(0.0) { $0 + Double(p[$1]) }
      let isSound =
        (0..<16 * classVectors(classes)).allSatisfy { p[$0] >= 0 && p[$0] <= 1 }
        && abs(sum - 1) < 1e-6
      #expect(isSound, "\(x) gives \(p)")
      // Equal logits have equal shares, and none has a larger one than the largest.
      let best = firstLargest(classes) { x[$0] }
      for k in 0..<classes {
        let isOrdered = x[k] == x[best] ? p[k] == p[best] : p[k] <= p[best]
        #expect(isOrdered, "\(x) gives \(p)")
      }
      let loss = crossEntropy(x, target: ClassValues(classes: classes) { $0 == best ? 1 : 0 })
      // No more than that of guessing, ln K.
      #expect(loss >= 0 && loss <= 0.01 + log(Float(classes)), "\(x) loses \(loss)")
    }
  }

  @Test(
    "comparing answers gives the bits of softmax and loss for any finite logits",
    arguments: [2, 10, 16, 17, 26, 47, 64])
  func comparisonIsTheSame(classes: Int) {
    var random = Random(seed: 32)
    let width = classVectors(classes)
    for (count, smoothing) in [(1, 0), (15, 0.1), (16, 0), (17, 0.1), (64, 0)] as [(Int, Float)] {
      let all = (0..<count).flatMap { _ in logits(&random, classes: classes) }
      let labels = (0..<count).map { $0 % 5 == 3 ? Int32(noClass) : Int32($0 % classes) }
      var errors = [Vector](repeating: Vector(repeating: .nan), count: count * width)
      var losses = [Float](repeating: .nan, count: count)
      var correct = [Bool](repeating: false, count: count)
      var errorSpan = errors.mutableSpan
      var lossSpan = losses.mutableSpan
      var correctSpan = correct.mutableSpan
      compareAnswers(
        logits: all.span,
        targets: Targets(labels: labels.span, classes: classes, smoothing: smoothing, scale: 1),
        errors: &errorSpan, losses: &lossSpan, correct: &correctSpan)
      for i in 0..<count {
        let x = ClassValues(all.span.extracting(i * width..<(i + 1) * width), classes: classes)
        let low = smoothing / Float(classes)
        let target = ClassValues(classes: classes) {
          labels[i] == noClass
            ? 1 / Float(classes) : $0 == labels[i] ? 1 - smoothing + low : low
        }
        let p = softmax(x)
        let expected = (0..<16 * width).map { $0 < classes ? p[$0] - target[$0] : 0 }
        #expect(bits(lanes(Array(errors[i * width..<(i + 1) * width]))) == bits(expected))
        #expect(losses[i].bitPattern == crossEntropy(x, target: target).bitPattern)
        #expect(correct[i] == (firstLargest(classes) { x[$0] } == Int(labels[i])))
      }
    }
  }

  @Test("activations are finite for any finite sum, and their slopes between 0 and 1")
  func activationsAreFinite() {
    for activation in [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh] {
      for x in extremes + [.greatestFiniteMagnitude, -.greatestFiniteMagnitude] {
        let y = activation.value(Vector(repeating: x))
        let slope = activation.slope(ofValue: y)
        #expect(y[3].isFinite && slope[3] >= 0 && slope[3] <= 1, "\(activation) of \(x)")
      }
    }
  }

  @Test("requantization never falls as its value rises, and is within one of the true product")
  func requantizationIsMonotonic() {
    var random = Random(seed: 33)
    for _ in 0..<2_000 {
      // Any multiplier that a model image may hold, not only those of the usual range.
      let multiplier = Int32(truncatingIfNeeded: random.next() >> 33) >> Int32(random.below(31))
      let factor = QuantizedMultiplier(multiplier: multiplier, shift: UInt8(random.below(32)))
      let real = Double(multiplier) / 0x1p31 / Double(1 << Int(factor.shift))
      var values: [Int32] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
      for _ in 0..<20 {
        let value = Int32(truncatingIfNeeded: random.next()) >> Int32(random.below(31))
        values += [value, value &+ 1]
      }
      var last = Int32.min
      for value in values.sorted() {
        let result = requantize(value, by: factor)
        #expect(result >= last, "\(value) by \(factor)")
        #expect(abs(Double(result) - Double(value) * real) <= 1, "\(value) by \(factor)")
        last = result
      }
    }
  }
}
