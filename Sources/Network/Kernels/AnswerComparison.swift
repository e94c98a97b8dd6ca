import SIMDMath

/// Compares a few samples' logits with their digits: loss, errors, and whether the answer is right.
///
/// Everything is to the bit what `softmax(_:)`, `crossEntropy(_:target:)` and `largestClass(_:)` of SIMDMath
/// give. Sixteen samples are taken at a time: what they need of their lanes, the largest and the sum,
/// is found for all of them in one tree of half the steps, and one exponential serves both softmax
/// and loss.
///
/// - Parameters:
///   - logits: [samples] vectors, Z V + c in lanes 0 ... 9.
///   - labels: [samples], the digits, 0 ... 9.
///   - smoothing: ε: targets are 1 - ε + ε/10 for the digit and ε/10 elsewhere.
///   - scale: what errors are multiplied by; one over the batch's size makes the gradient its mean.
///   - errors: [samples] vectors, (softmax - target) · scale in lanes 0 ... 9, 0 in the others.
///   - losses: [samples], cross-entropy in nats.
///   - correct: [samples], whether the largest logit, of equal ones the first, is the digit's.
package func compareAnswers(
  logits: Span<Vector>, labels: Span<Int32>, smoothing: Float, scale: Float,
  errors: inout MutableSpan<Vector>, losses: inout MutableSpan<Float>,
  correct: inout MutableSpan<Bool>
) {
  let count = logits.count
  precondition(labels.count == count && errors.count == count)
  precondition(losses.count == count && correct.count == count)
  let targets = Targets(smoothing)
  for start in stride(from: 0, to: count, by: 16) {
    let samples = min(16, count - start)
    var powers = InlineArray<16, Vector>(repeating: Vector())
    var weighted = InlineArray<16, Vector>(repeating: Vector())
    var answers = Vector()
    raise(logits, labels, targets, start, samples, &powers, &weighted, &answers)
    let sums = laneSums(powers)
    let loss = logarithm(sums) - laneSums(weighted)
    for i in 0..<samples {
      let sample = start &+ i
      let difference = (powers[i] / sums[i] - targets.of(labels[sample])) * scale
      errors[sample] = difference.replacing(with: 0, where: unusedLanes)
      losses[sample] = loss[i]
      correct[sample] = answers[i] == Float(Int(labels[sample]))
    }
  }
}

/// What a network should answer.
private struct Targets {
  let low: Float
  let high: Float

  init(_ smoothing: Float) {
    low = smoothing / 10
    high = 1 - smoothing + low
  }

  @inline(__always)
  func of(_ label: Int32) -> Vector {
    Vector(repeating: low).replacing(
      with: high, where: laneNumbers .== Float(Int(label)))
  }
}

/// For at most sixteen samples e^(logit - largest), (logit - largest) · target, and the place of the
/// largest.
@inline(never)
private func raise(
  _ logits: Span<Vector>, _ labels: Span<Int32>, _ targets: Targets, _ start: Int, _ samples: Int,
  _ powers: inout InlineArray<16, Vector>, _ weighted: inout InlineArray<16, Vector>,
  _ answers: inout Vector
) {
  var masked = InlineArray<16, Vector>(repeating: Vector())
  for i in 0..<samples {
    masked[i] = logits[start &+ i].replacing(with: -1e30, where: unusedLanes)
  }
  let largest = laneMaxima(masked)
  for i in 0..<samples {
    let behind = masked[i] - largest[i]
    powers[i] = exponential(behind).replacing(with: 0, where: unusedLanes)
    weighted[i] = (behind * targets.of(labels[start &+ i])).replacing(with: 0, where: unusedLanes)
    // The largest is nothing behind itself; of several the one with the lowest number counts.
    masked[i] = (0 - laneNumbers).replacing(with: -16, where: behind .< 0)
  }
  answers = 0 - laneMaxima(masked)
}

/// Lane k of the result is the largest lane of vector k.
@inline(__always)
private func laneMaxima(_ rows: InlineArray<16, Vector>) -> Vector {
  var level = rows
  var count = 8
  while count > 0 {
    for i in 0..<count {
      let a = level[2 &* i]
      let b = level[2 &* i &+ 1]
      let even = Vector(lowHalf: a.evenHalf, highHalf: b.evenHalf)
      let odd = Vector(lowHalf: a.oddHalf, highHalf: b.oddHalf)
      level[i] = even.replacing(with: odd, where: odd .> even)
    }
    count /= 2
  }
  return level[0]
}
