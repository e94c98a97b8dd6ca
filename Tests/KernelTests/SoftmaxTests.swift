import Foundation
import Int8Runtime
import Network
import SIMDMath
import Testing

@Suite("Softmax and cross-entropy")
struct SoftmaxTests {
  /// Random logits in ±`range`, and nonsense in the unused lanes.
  private func logits(_ random: inout Random, range: Float, classes: Int = 10) -> ClassValues {
    let all = vectors(
      (0..<16 * classVectors(classes)).map {
        $0 < classes ? random.symmetric() * range : 1e20 * random.symmetric()
      })
    return ClassValues(all.span, classes: classes)
  }

  /// log Σ eˣ in Double.
  private func logSum(_ logits: ClassValues) -> Double {
    let top = (0..<logits.classes).map { Double(logits[$0]) }.max() ?? 0
    return top + log((0..<logits.classes).reduce(0) { $0 + exp(Double(logits[$1]) - top) })
  }

  /// Numbers of ten classes.
  private func ten(_ value: (Int) -> Float) -> ClassValues { ClassValues(classes: 10, value) }

  /// The difference from the largest logit is rounded before its exponential is taken, which the
  /// exponential turns into a relative error of half an ulp of that difference.
  @Test(
    "probabilities are those of the definition to what rounding allows, and sum to 1 to a millionth"
  )
  func matchesTheDefinition() {
    var random = Random(seed: 1)
    for range: Float in [0.01, 1, 10, 80] {
      for run in 0..<200 {
        let classes = run % 2 == 0 ? 10 : 2 + run % 63
        let x = logits(&random, range: range, classes: classes)
        let p = softmax(x)
        let largest = x[firstLargest(classes) { x[$0] }]
        let sum = (0..<classes).reduce(0.0) { $0 + Double(p[$1]) }
        #expect(abs(sum - 1) < 1e-6)
        for k in 0..<classes {
          let truth = exp(Double(x[k]) - logSum(x))
          let allowed = 5e-7 + Double((x[k] - largest).ulp)
          if truth > 1e-37 { #expect(abs(Double(p[k]) - truth) < allowed * truth) }
        }
      }
    }
  }

  @Test("unused lanes have no probability, whatever they hold")
  func unusedLanesAreZero() {
    var random = Random(seed: 2)
    for classes in [2, 10, 16, 26, 47] {
      let x = logits(&random, range: 5, classes: classes)
      let p = softmax(x)
      for lane in classes..<16 * classVectors(classes) { #expect(p[lane] == 0) }
      var other = x
      for lane in classes..<16 * classVectors(classes) { other[lane] = -.infinity }
      #expect(softmax(other) == p)
    }
  }

  @Test("equal logits share alike, as large or small as they are")
  func equalLogits() {
    for level: Float in [0, 1, -1e4, 1e20, -1e20, 3e38] {
      let p = softmax(ten { _ in level })
      for k in 0..<10 { #expect(p[k] == 0.1) }
    }
  }

  @Test("a number added to all logits changes nothing, to the bit where the sums are exact")
  func isShiftInvariant() {
    var random = Random(seed: 3)
    for _ in 0..<100 {
      let x = ten { _ in Float(random.below(256) - 128) / 8 }
      for shift: Float in [1, -7, 1024, -65536] {
        let shifted = ten { x[$0] + shift }
        #expect(softmax(shifted) == softmax(x))
        let target = ten { $0 == 4 ? 1 : 0 }
        #expect(crossEntropy(shifted, target: target) == crossEntropy(x, target: target))
      }
    }
  }

  @Test("a logit far above the others takes everything and leaves finite numbers")
  func hugeLogits() {
    for size: Float in [100, 1e10, 1e30] {
      let x = ten { $0 == 3 ? size : -size }
      let p = softmax(x)
      #expect(p[3] == 1)
      for k in 0..<10 where k != 3 { #expect(p[k] >= 0 && p[k] < 1e-37) }
      #expect(crossEntropy(x, target: ten { $0 == 3 ? 1 : 0 }) == 0)
      // Twice the size in nats: the loss is not cut where the exponential is.
      #expect(crossEntropy(x, target: ten { $0 == 5 ? 1 : 0 }) == 2 * size)
    }
  }

  @Test("cross-entropy is that of the definition, for hard and smoothed targets")
  func crossEntropyMatches() {
    var random = Random(seed: 4)
    for range: Float in [0.01, 1, 10, 80] {
      for smoothing: Float in [0, 0.1] {
        for label in 0..<10 {
          let x = logits(&random, range: range)
          let target = ten { smoothing / 10 + ($0 == label ? 1 - smoothing : 0) }
          let truth = (0..<10).reduce(0.0) {
            $0 + Double(target[$1]) * (logSum(x) - Double(x[$1]))
          }
          let loss = Double(crossEntropy(x, target: target))
          #expect(abs(loss - truth) < 1e-6 * max(1, abs(truth)))
        }
      }
    }
  }

  @Test("the largest class is the first of equal ones")
  func argmaxBreaksTies() {
    #expect(firstLargest(10) { _ in 0 } == 0)
    #expect(firstLargest(10) { $0 == 4 || $0 == 7 ? 2 : 1 } == 4)
    for classes in [1, 2, 10, 26, 64] {
      for k in 0..<classes { #expect(firstLargest(classes) { $0 == k ? -1.5 : -2 } == k) }
    }
  }
}
