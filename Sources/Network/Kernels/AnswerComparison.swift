import SIMDMath

/// The label of an example that is of no class: 1/K is the target of each, so that the network learns to be sure
/// of none (outlier exposure; Hendrycks, Mazeika and Dietterich, 2019).
package let noClass = 255

/// What a network should answer to a few samples, and what their errors weigh.
package struct Targets: ~Escapable {
  /// [samples], the classes, 0 ..< K, or ``noClass``.
  let labels: Span<Int32>
  /// K.
  let classes: Int
  /// What errors are multiplied by.
  let scale: Float
  private let low: Float
  private let high: Float

  /// - Parameters:
  ///   - labels: [samples], the classes, 0 ..< `classes`, or ``noClass``.
  ///   - classes: K.
  ///   - smoothing: ε: targets are 1 - ε + ε/K for the class and ε/K elsewhere.
  ///   - scale: what errors are multiplied by; one over the batch's size makes the gradient its mean.
  @_lifetime(copy labels)
  package init(labels: Span<Int32>, classes: Int, smoothing: Float, scale: Float) {
    self.labels = labels
    self.classes = classes
    self.scale = scale
    low = smoothing / Float(classes)
    high = 1 - smoothing + low
  }

  /// Vector `i` of a sample's targets.
  @inline(__always)
  func of(_ sample: Int, vector i: Int) -> Vector {
    let label = Int(labels[sample])
    return Vector(repeating: label == noClass ? 1 / Float(classes) : low).replacing(
      with: high, where: laneNumbers .== Float(label &- 16 &* i))
  }
}

/// Compares a few samples' logits with their classes: loss, errors, and whether the answer is right.
///
/// Everything is to the bit what `softmax(_:)` and `crossEntropy(_:target:)` of SIMDMath give, and the first of
/// the largest logits. Sixteen samples are taken at a time: what they need of their lanes, the largest and the sum,
/// is found for all of them in one tree of half the steps, and one exponential serves both softmax
/// and loss.
///
/// - Parameters:
///   - logits: [samples][vectors], Z V + c; lane k of vector i is class 16 i + k.
///   - targets: what they should be.
///   - errors: [samples][vectors], (softmax - target) · scale, 0 in lanes of no class.
///   - losses: [samples], cross-entropy in nats.
///   - correct: [samples], whether the largest logit, of equal ones the first, is the class's.
package func compareAnswers(
  logits: Span<Vector>, targets: Targets, errors: inout MutableSpan<Vector>,
  losses: inout MutableSpan<Float>, correct: inout MutableSpan<Bool>
) {
  let count = targets.labels.count
  let vectors = classVectors(targets.classes)
  precondition(logits.count == count * vectors && errors.count == logits.count)
  precondition(losses.count == count && correct.count == count)
  var sixteen = Sixteen()
  for start in stride(from: 0, to: count, by: 16) {
    let samples = start..<min(start &+ 16, count)
    exponentials(logits, targets, samples, powers: &errors, &sixteen)
    let sums = laneSums(sixteen.sums)
    let loss = logarithm(sums) - laneSums(sixteen.weighted)
    for sample in samples {
      let lane = sample &- start
      for i in 0..<vectors {
        let power = errors[sample &* vectors &+ i]
        let difference = (power / sums[lane] - targets.of(sample, vector: i)) * targets.scale
        errors[sample &* vectors &+ i] = difference.replacing(
          with: 0, where: unusedLanes(of: targets.classes, in: i))
      }
      losses[sample] = loss[lane]
      correct[sample] = sixteen.answers[lane] == Float(Int(targets.labels[sample]))
    }
  }
}

/// What is known of at most sixteen samples, each in a vector whose lanes are still to be combined.
private struct Sixteen {
  /// The classes' powers, folded to one vector.
  var sums = InlineArray<16, Vector>(repeating: Vector())
  /// (logit - largest) · target, likewise.
  var weighted = InlineArray<16, Vector>(repeating: Vector())
  /// Lane i is sample i's answer.
  var answers = Vector()
}

/// For at most sixteen samples e^(logit - largest), (logit - largest) · target, and the index of the
/// largest.
@inline(never)
private func exponentials(
  _ logits: Span<Vector>, _ targets: Targets, _ samples: Range<Int>,
  powers: inout MutableSpan<Vector>, _ sixteen: inout Sixteen
) {
  let vectors = classVectors(targets.classes)
  var folded = InlineArray<16, Vector>(repeating: Vector())
  for sample in samples {
    folded[sample &- samples.lowerBound] = largestLanes(
      logits.extracting(sample &* vectors..<(sample &+ 1) &* vectors), targets.classes)
  }
  let largest = laneMaxima(folded)
  for sample in samples {
    let lane = sample &- samples.lowerBound
    // A lane of nothing but zeros is added first: it changes no bit but the sign of a zero.
    var (sum, weighted) = (Vector(), Vector())
    var index = Vector(repeating: -Float(ClassValues.most))
    for i in 0..<vectors {
      let unused = unusedLanes(of: targets.classes, in: i)
      let behind =
        logits[sample &* vectors &+ i].replacing(with: -1e30, where: unused) - largest[lane]
      let power = exponential(behind).replacing(with: 0, where: unused)
      powers[sample &* vectors &+ i] = power
      sum = sum + power
      weighted =
        weighted + (behind * targets.of(sample, vector: i)).replacing(with: 0, where: unused)
      // The largest is nothing behind itself; of several the one with the lowest number counts.
      let number = (-16 * Float(i) - laneNumbers).replacing(
        with: -Float(ClassValues.most), where: behind .< 0)
      index = index.replacing(with: number, where: number .> index)
    }
    sixteen.sums[lane] = sum
    sixteen.weighted[lane] = weighted
    folded[lane] = index
  }
  sixteen.answers = 0 - laneMaxima(folded)
}

/// In each lane the largest of a sample's logits that stand in it.
@inline(__always)
private func largestLanes(_ logits: Span<Vector>, _ classes: Int) -> Vector {
  var folded = logits[0].replacing(with: -1e30, where: unusedLanes(of: classes, in: 0))
  for i in 1..<max(1, logits.count) {
    let other = logits[i].replacing(with: -1e30, where: unusedLanes(of: classes, in: i))
    folded = folded.replacing(with: other, where: other .> folded)
  }
  return folded
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
