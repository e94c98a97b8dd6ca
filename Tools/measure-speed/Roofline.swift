import Int8Runtime
import Network
import SIMDMath

/// Times the kernels of hidden layers against what this processor can do at most: see ``Limits``.
///
/// The share is the bound over measured time. It cannot exceed 1 but for noise.
func measureRoofline() {
  let limits = Limits()
  printJSON([
    ("peak_fused_vectors_per_ns", limits.fused), ("l1_vectors_per_ns", limits.vectorLoads),
    ("l1_loads_per_ns", limits.loads), ("l2_vectors_per_ns", limits.secondLevel),
    ("l2_updates_per_ns", limits.secondLevelUpdates),
  ])
  for hidden in [128, 64, 32, 16] { measureHidden(hidden, limits) }
}

/// A batch of 64 samples in which a fifth of 784 inputs is not zero, in runs as in pictures.
private struct Sample {
  var lists = [NonzeroFeature](repeating: NonzeroFeature(index: 0, value: 0), count: 64 * 784)
  var starts = (0..<64).map { $0 * 784 }
  var counts = [Int32](repeating: 0, count: 64)

  /// How many inputs are not zero.
  var nonzero: Double { counts.reduce(0) { $0 + Double($1) } }

  /// How many inputs are not zero in one of the samples or more.
  var rows: Double {
    var isNonzero = [Bool](repeating: false, count: 784)
    for sample in 0..<64 {
      for i in 0..<Int(counts[sample]) { isNonzero[Int(lists[sample * 784 + i].index)] = true }
    }
    return Double(isNonzero.count { $0 })
  }

  var nonzeroLists: NonzeroLists {
    @_lifetime(borrow self)
    get { NonzeroLists(entries: lists.span, starts: starts.span, counts: counts.span) }
  }

  init() {
    var random = Random(seed: 1)
    for sample in 0..<64 {
      var index = random.below(40)
      while index < 784 {
        let end = min(784, index + 3 + random.below(6))
        for offset in index..<end {
          lists[sample * 784 + Int(counts[sample])] = NonzeroFeature(
            index: UInt16(offset), value: UInt16(1 + random.below(255)))
          counts[sample] += 1
        }
        index = end + 14 + random.below(14)
      }
    }
  }
}

/// The parameters and sums of one column block.
private struct ColumnBlockMemory: ~Copyable {
  let columnBlock: ColumnBlock
  let weights: AlignedBuffer<Vector>
  let bias: AlignedBuffer<Vector>
  let sums: AlignedBuffer<Vector>

  init(_ hidden: Int) {
    columnBlock = ColumnBlock(startingAt: 0, of: hidden / 16)
    weights = AlignedBuffer(repeating: Vector(repeating: 0.01), count: 784 * columnBlock.width)
    bias = AlignedBuffer(repeating: Vector(), count: columnBlock.width)
    sums = AlignedBuffer(repeating: Vector(repeating: 0.001), count: 64 * columnBlock.width)
  }
}

/// What the hidden layer's forward and backward pass take of a processor.
private func work(
  _ sample: Sample, vectors: Int, columnBlocks: Int
) -> (forward: Work, backward: Work) {
  let (vectors, passes) = (Double(vectors), Double(columnBlocks))
  var forward = Work()
  forward.fused = sample.nonzero * vectors
  forward.vectorLoads = sample.nonzero * vectors
  // An entry of a list and its value as a real number.
  forward.wordLoads = 2 * sample.nonzero * passes
  forward.fromSecondLevel = sample.rows * vectors
  var backward = Work()
  // Each row's gradient is multiplied by the rate, and its weights are read and written.
  backward.fused = (sample.nonzero + sample.rows) * vectors
  backward.vectorLoads = (sample.nonzero + sample.rows) * vectors
  backward.wordLoads = 2 * sample.nonzero * passes
  backward.updates = sample.rows * vectors
  return (forward, backward)
}

private func measureHidden(_ hidden: Int, _ limits: Limits) {
  let sample = Sample()
  // All column blocks are as wide as the first: the sizes are powers of two.
  let columnBlocks = hidden / 16 / ColumnBlock(startingAt: 0, of: hidden / 16).width
  let memory = ColumnBlockMemory(hidden)
  let other = ColumnBlockMemory(hidden)
  var cursors = [Int32](repeating: 0, count: 64)
  var masks = [UInt64](repeating: 0, count: 784)
  var columns = [UInt8](repeating: 0, count: 784 * 64)
  let times = (
    forward: bestTime {
      for pass in 0..<columnBlocks {
        if pass % 2 == 0 {
          runForward(sample, memory, &cursors)
        } else {
          runForward(sample, other, &cursors)
        }
      }
    },
    gather: bestTime {
      var mask = masks.mutableSpan
      var column = columns.mutableSpan
      gatherColumns(sample.nonzeroLists, features: 0..<784, masks: &mask, columns: &column)
    },
    backward: bestTime {
      for pass in 0..<columnBlocks {
        if pass % 2 == 0 {
          runBackward(memory, masks, columns)
        } else {
          runBackward(other, masks, columns)
        }
      }
    }
  )
  let (forward, backward) = work(sample, vectors: hidden / 16, columnBlocks: columnBlocks)
  printShares(hidden, limits.bound(forward), limits.bound(backward), times)
}

private func printShares(
  _ hidden: Int, _ forward: (time: Double, by: String), _ backward: (time: Double, by: String),
  _ times: (forward: Double, gather: Double, backward: Double)
) {
  print(
    """
    {"hidden": \(hidden), \
    "forward_us": \(times.forward * 1e6), "forward_bound_us": \(forward.time * 1e-3), \
    "forward_bound_by": "\(forward.by)", "forward_share": \(forward.time * 1e-9 / times.forward), \
    "backward_us": \(times.backward * 1e6), "backward_bound_us": \(backward.time * 1e-3), \
    "backward_bound_by": "\(backward.by)", \
    "backward_share": \(backward.time * 1e-9 / times.backward), "gather_us": \(times.gather * 1e6)}
    """)
}

private func runForward(
  _ sample: Sample, _ memory: borrowing ColumnBlockMemory, _ cursors: inout [Int32]
) {
  var cursor = cursors.mutableSpan
  var sum = unsafe memory.sums.ownedSlice(0..<memory.sums.count)
  hiddenForward(
    memory.columnBlock, lists: sample.nonzeroLists, weights: memory.weights.span,
    bias: memory.bias.span,
    cursors: &cursor, sums: &sum)
}

private func runBackward(
  _ memory: borrowing ColumnBlockMemory, _ masks: [UInt64], _ columns: [UInt8]
) {
  var weight = unsafe memory.weights.ownedSlice(0..<memory.weights.count)
  var none = MutableSpan<Vector>()
  var nothing = MutableSpan<Vector>()
  hiddenBackward(
    memory.columnBlock, step: .gradientDescent(rate: 1e-6),
    HiddenGradientInputs(masks: masks.span, columns: columns.span, errors: memory.sums.span),
    weights: &weight, first: &none, second: &nothing)
}

/// The shortest of many processor times of one run, in seconds: as short a try as those of the limits, so that
/// what else the machine does is seen by both alike.
private func bestTime(_ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<200 {
    let clock = Clock()
    for _ in 0..<4 { body() }
    best = min(best, clock.elapsed.processor / 4)
  }
  return best
}
