import Int8Runtime
import Network
import SIMDMath

/// Rounds rows of weights to whole steps so that the errors of a row cancel on the inputs it meets.
///
/// Two neighboring pixels are mostly inked together. Rounding 1.4 and 2.4 to the nearest makes both too
/// small, and every sum with both by 0.8; as 1 and 3 they are off by 0.2. With e the errors of a row's
/// weights and C the covariance of the inputs, the mean squared error of its sums is eᵀ C e and a constant
/// that belongs into the bias. From the nearest steps on, one weight after the other goes to the step that
/// makes that least until none moves any more (coordinate descent; Frantar and others, *GPTQ*, 2023,
/// minimize the same).
struct CompensatedRounding: ~Copyable {
  private let count: Int
  private let vectors: Int
  /// [vectors].
  private let means: AlignedBuffer<Vector>
  /// C, [count][vectors].
  private let covariance: AlignedBuffer<Vector>
  /// C e of the row in hand, [vectors].
  private let gradient: AlignedBuffer<Vector>

  /// The share of the inputs' mean variance that is added to each of their own: with 2,000 digits not
  /// every covariance is what it seems, and weights stay near what they were.
  private static let damping: Float = 0.01
  /// Rounds at most; a row takes about five.
  private static let sweeps = 32

  /// From what a layer meets.
  ///
  /// - Parameters:
  ///   - rows: [rows][count].
  ///   - count: inputs of the layer.
  /// - Complexity: linear in the rows and in the square of `count`.
  init(_ rows: Span<Float>, count: Int) {
    self.count = count
    vectors = (count + 15) / 16
    means = AlignedBuffer(repeating: Vector(), count: vectors)
    covariance = AlignedBuffer(repeating: Vector(), count: count * vectors)
    gradient = AlignedBuffer(repeating: Vector(), count: vectors)
    let examples = rows.count / count
    for example in 0..<examples { add(rows.extracting(example * count..<(example + 1) * count)) }
    if examples > 0 { center(examples) }
  }

  /// Adds a row to the sums of inputs and of their products.
  private func add(_ row: Span<Float>) {
    // Not needed before there is a row to round; its lanes behind the last input stay zero.
    var lanes = unsafe gradient.ownedSlice(0..<vectors)
    var sums = unsafe means.ownedSlice(0..<vectors)
    var products = unsafe covariance.ownedSlice(0..<covariance.count)
    for i in 0..<count { lanes[i / 16][i % 16] = row[i] }
    for v in 0..<vectors { sums[v] = sums[v] + lanes[v] }
    for i in 0..<count where row[i] != 0 {
      for v in 0..<vectors {
        products[i * vectors + v] = products[i * vectors + v].addingProduct(row[i], lanes[v])
      }
    }
  }

  /// Makes means of the sums, and a covariance of the products.
  private func center(_ examples: Int) {
    var means = unsafe means.ownedSlice(0..<vectors)
    var products = unsafe covariance.ownedSlice(0..<covariance.count)
    let share = 1 / Float(examples)
    for v in 0..<vectors { means[v] = share * means[v] }
    var variance: Float = 0
    for i in 0..<count {
      let mean = means[i / 16][i % 16]
      for v in 0..<vectors {
        products[i * vectors + v] = (share * products[i * vectors + v])
          .addingProduct(-mean, means[v])
      }
      variance += products[i * vectors + i / 16][i % 16]
    }
    let damping = CompensatedRounding.damping * variance / Float(count)
    for i in 0..<count { products[i * vectors + i / 16][i % 16] += damping }
  }

  /// A row in steps of -127 ... 127, and what their errors take from its sums on average: what its bias
  /// is to be raised by.
  func rounded(_ row: [Float], step: Float) -> (weights: [Int8], bias: Float) {
    precondition(row.count == count)
    var steps = row.map { max(-127, min(127, ($0 / step).rounded())) }
    var gradient = unsafe gradient.ownedSlice(0..<vectors)
    for v in 0..<vectors { gradient[v] = Vector() }
    for i in 0..<count { add(row[i] - steps[i] * step, at: i, to: &gradient) }
    for _ in 0..<CompensatedRounding.sweeps where !sweep(&steps, step, &gradient) { break }
    let means = means.span
    var bias: Float = 0
    for i in 0..<count { bias += means[i / 16][i % 16] * (row[i] - steps[i] * step) }
    return (steps.map { Int8($0) }, bias)
  }

  /// Moves each weight to where the error is least; false if none moved.
  private func sweep(
    _ steps: inout [Float], _ step: Float, _ gradient: inout MutableSpan<Vector>
  ) -> Bool {
    let covariance = covariance.span
    var hasMoved = false
    for i in 0..<count {
      let variance = covariance[i * vectors + i / 16][i % 16]
      guard variance > 0 else { continue }
      let move = (gradient[i / 16][i % 16] / (variance * step)).rounded()
      let target = max(-127, min(127, steps[i] + move))
      if target == steps[i] { continue }
      add((steps[i] - target) * step, at: i, to: &gradient)
      steps[i] = target
      hasMoved = true
    }
    return hasMoved
  }

  /// What a change of the error of weight `i` does to C e.
  private func add(_ change: Float, at i: Int, to gradient: inout MutableSpan<Vector>) {
    let row = covariance.slice(i * vectors..<(i + 1) * vectors)
    for v in 0..<vectors { gradient[v] = gradient[v].addingProduct(change, row[v]) }
  }
}
