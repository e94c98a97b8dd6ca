import Kernels
import Network

/// Times each kernel against what this processor can do at most: so many vectors multiplied and added a
/// second without fusing the two (`peak`), and so many bytes read from each level of the cache.
///
/// A kernel's bound is the longer of two times: its multiplications and additions at the peak, and the
/// bytes of weights it reads at the second level's bandwidth. The share is bound over measured time.
func measureRoofline() {
  let peak = (0..<40).map { _ in multiplyAddRate() }.max() ?? 0
  let first = (0..<5).map { _ in readRate(vectors: 256) }.max() ?? 0
  let second = (0..<5).map { _ in readRate(vectors: 12_544) }.max() ?? 0
  printJSON([
    ("peak_vector_pairs_per_ns", peak), ("l1_bytes_per_ns", first), ("l2_bytes_per_ns", second),
  ])
  for hidden in [16, 32, 64, 128] { measureHidden(hidden, peak: peak, bandwidth: second) }
}

/// Multiplications of vectors in the first-level cache, each followed by an addition to one of sixteen
/// sums, a nanosecond: with eight, as the kernels have, it would be the latency that is measured.
@inline(never)
private func multiplyAddRate() -> Double {
  let memory = AlignedBuffer(repeating: Vector(repeating: 1e-3), count: 64)
  let span = memory.span
  let rounds = 50_000
  var sums = InlineArray<16, Vector>(repeating: Vector())
  var x = Vector(repeating: 0.5)
  let clock = Clock()
  for _ in 0..<rounds {
    for start in stride(from: 0, to: 64, by: 16) {
      // In bounds: there are 64 vectors.
      for i in 0..<16 { sums[i] = sums[i] + x * (unsafe span[unchecked: start &+ i]) }
    }
    x = 0 - x
  }
  let time = clock.elapsed.processor
  var total = Vector()
  for i in 0..<16 { total += sums[i] }
  keep(total)
  return Double(64 * rounds) / time * 1e-9
}

/// Bytes read and added up a nanosecond, from as many vectors of 64 bytes.
@inline(never)
private func readRate(vectors: Int) -> Double {
  let memory = AlignedBuffer(repeating: Vector(repeating: 1), count: vectors)
  let rounds = 4_000_000 / vectors
  var sums = InlineArray<8, Vector>(repeating: Vector())
  let span = memory.span
  let clock = Clock()
  for _ in 0..<rounds {
    for start in stride(from: 0, to: vectors, by: 8) {
      // In bounds: the number of vectors is a multiple of eight.
      for i in 0..<8 { sums[i] += unsafe span[unchecked: start &+ i] }
    }
  }
  let time = clock.elapsed.processor
  var total = Vector()
  for i in 0..<8 { total += sums[i] }
  keep(total)
  return Double(rounds * vectors * 64) / time * 1e-9
}

/// A batch of 64 samples in which a fifth of 784 inputs is not zero, in runs as in pictures.
private struct Sample {
  var lists = [ActiveFeature](repeating: ActiveFeature(index: 0, value: 0), count: 64 * 784)
  var starts = (0..<64).map { $0 * 784 }
  var counts = [Int32](repeating: 0, count: 64)

  /// How many inputs are not zero.
  var ink: Int { counts.reduce(0) { $0 + Int($1) } }

  var active: ActiveLists {
    @_lifetime(borrow self)
    get { ActiveLists(entries: lists.span, starts: starts.span, counts: counts.span) }
  }

  init() {
    var random = Random(seed: 1)
    for sample in 0..<64 {
      var index = random.below(40)
      while index < 784 {
        let end = min(784, index + 3 + random.below(6))
        for place in index..<end {
          lists[sample * 784 + Int(counts[sample])] = ActiveFeature(
            index: UInt16(place), value: UInt16(1 + random.below(255)))
          counts[sample] += 1
        }
        index = end + 14 + random.below(14)
      }
    }
  }
}

private func measureHidden(_ hidden: Int, peak: Double, bandwidth: Double) {
  let sample = Sample()
  let panel = Panel(startingAt: 0, of: hidden / 16)
  let weights = AlignedBuffer(repeating: Vector(repeating: 0.01), count: 784 * panel.width)
  let bias = AlignedBuffer(repeating: Vector(), count: panel.width)
  var cursors = [Int32](repeating: 0, count: 64)
  let sums = AlignedBuffer(repeating: Vector(repeating: 0.001), count: 64 * panel.width)
  let pairs = Double(sample.ink * panel.width)
  let bound = max(pairs / peak, Double(weights.count * 64) / bandwidth)
  let forward = bestTime {
    var cursor = cursors.mutableSpan
    var sum = sums.ownedPart(0..<sums.count)
    hiddenForward(
      panel, lists: sample.active, weights: weights.span, bias: bias.span, cursors: &cursor,
      sums: &sum)
  }
  var masks = [UInt64](repeating: 0, count: 784)
  var columns = [UInt8](repeating: 0, count: 784 * 64)
  let gather = bestTime {
    var mask = masks.mutableSpan
    var column = columns.mutableSpan
    gatherColumns(
      sample.active, features: 0..<784, masks: &mask, columns: &column)
  }
  let backward = bestTime {
    var weight = weights.ownedPart(0..<weights.count)
    var none = MutableSpan<Vector>()
    var nothing = MutableSpan<Vector>()
    hiddenBackward(
      panel, step: .gradientDescent(rate: 1e-6), masks: masks.span, columns: columns.span,
      errors: sums.span, weights: &weight, first: &none, second: &nothing)
  }
  printJSON([
    ("hidden", Double(hidden)), ("bound_us", bound * 1e-3), ("forward_us", forward * 1e6),
    ("forward_share", bound * 1e-9 / forward), ("backward_us", backward * 1e6),
    ("backward_share", bound * 1e-9 / backward), ("gather_us", gather * 1e6),
  ])
}

/// The shortest of several processor times of one run, in seconds.
private func bestTime(_ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<15 {
    let clock = Clock()
    for _ in 0..<50 { body() }
    best = min(best, clock.elapsed.processor / 50)
  }
  return best
}

/// Uses a value, so that what led to it is not left out.
private func keep(_ value: Vector) {
  if value[0] == -1 { print(value) }
}
