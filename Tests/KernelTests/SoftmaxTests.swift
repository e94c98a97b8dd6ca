import Foundation
import Network
import SIMDMath
import Testing

@Suite("Softmax and cross-entropy")
struct SoftmaxTests {
  /// Ten random logits in ±`range`, and nonsense in the unused lanes.
  private func logits(_ random: inout Random, range: Float) -> Vector {
    vector { $0 < 10 ? random.symmetric() * range : 1e20 * random.symmetric() }
  }

  /// log Σ eˣ of the first ten lanes, in Double.
  private func logSum(_ logits: Vector) -> Double {
    let top = (0..<10).map { Double(logits[$0]) }.max() ?? 0
    return top + log((0..<10).reduce(0) { $0 + exp(Double(logits[$1]) - top) })
  }

  /// The difference from the largest logit is rounded before its exponential is taken, which the
  /// exponential turns into a relative error of half an ulp of that difference.
  @Test("probabilities are those of the definition to what rounding allows, and sum to 1 to 4e-7")
  func matchesTheDefinition() {
    var random = Random(seed: 1)
    for range: Float in [0.01, 1, 10, 80] {
      for _ in 0..<200 {
        let x = logits(&random, range: range)
        let p = softmax(x)
        let largest = x[largestClass(x)]
        let sum = (0..<10).reduce(0.0) { $0 + Double(p[$1]) }
        #expect(abs(sum - 1) < 4e-7)
        for k in 0..<10 {
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
    let x = logits(&random, range: 5)
    let p = softmax(x)
    for lane in 10..<16 { #expect(p[lane] == 0) }
    var other = x
    for lane in 10..<16 { other[lane] = -.infinity }
    #expect(softmax(other) == p)
  }

  @Test("equal logits share alike, as large or small as they are")
  func equalLogits() {
    for level: Float in [0, 1, -1e4, 1e20, -1e20, 3e38] {
      let p = softmax(vector { _ in level })
      for k in 0..<10 { #expect(p[k] == 0.1) }
    }
  }

  @Test("a number added to all logits changes nothing, to the bit where the sums are exact")
  func isShiftInvariant() {
    var random = Random(seed: 3)
    for _ in 0..<100 {
      let x = vector { _ in Float(random.below(256) - 128) / 8 }
      for shift: Float in [1, -7, 1024, -65536] {
        #expect(softmax(x + shift) == softmax(x))
        let target = vector { $0 == 4 ? 1 : 0 }
        #expect(crossEntropy(x + shift, target: target) == crossEntropy(x, target: target))
      }
    }
  }

  @Test("a logit far above the others takes everything and leaves finite numbers")
  func hugeLogits() {
    for size: Float in [100, 1e10, 1e30] {
      let x = vector { $0 == 3 ? size : -size }
      let p = softmax(x)
      #expect(p[3] == 1)
      for k in 0..<10 where k != 3 { #expect(p[k] >= 0 && p[k] < 1e-37) }
      #expect(crossEntropy(x, target: vector { $0 == 3 ? 1 : 0 }) == 0)
      // Twice the size in nats: the loss is not cut where the exponential is.
      #expect(crossEntropy(x, target: vector { $0 == 5 ? 1 : 0 }) == 2 * size)
    }
  }

  @Test("cross-entropy is that of the definition, for hard and smoothed targets")
  func crossEntropyMatches() {
    var random = Random(seed: 4)
    for range: Float in [0.01, 1, 10, 80] {
      for smoothing: Float in [0, 0.1] {
        for label in 0..<10 {
          let x = logits(&random, range: range)
          let target = vector {
            $0 >= 10 ? 0 : smoothing / 10 + ($0 == label ? 1 - smoothing : 0)
          }
          let truth = (0..<10).reduce(0.0) {
            $0 + Double(target[$1]) * (logSum(x) - Double(x[$1]))
          }
          let loss = Double(crossEntropy(x, target: target))
          #expect(abs(loss - truth) < 1e-6 * max(1, abs(truth)))
        }
      }
    }
  }

  @Test("the largest class is the first of equal ones, and unused lanes are not asked")
  func largestClassBreaksTies() {
    #expect(largestClass(vector { _ in 0 }) == 0)
    #expect(largestClass(vector { $0 >= 10 ? 9 : -1 }) == 0)
    #expect(largestClass(vector { $0 == 4 || $0 == 7 ? 2 : 1 }) == 4)
    for k in 0..<10 { #expect(largestClass(vector { $0 == k ? -1 : -2 }) == k) }
  }
}
