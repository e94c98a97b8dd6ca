import Kernels

/// All the memory that batches need, taken once, and the steps that run over it.
///
/// The steps of a phase may run at the same time as long as their samples, or rows, do not overlap.
struct BatchBuffers: ~Copyable, Sendable {
  let layout: ParameterLayout
  let activation: Activation
  let capacity: Int
  let parameters: AlignedBuffer<Vector>
  let first: AlignedBuffer<Vector>
  let second: AlignedBuffer<Vector>

  let features: AlignedBuffer<UInt8>
  let lists: AlignedBuffer<ActiveFeature>
  let counts: AlignedBuffer<Int32>
  let labels: AlignedBuffer<Int32>
  let cursors: AlignedBuffer<Int32>
  /// X turned round, for the gradient of W.
  let masks: AlignedBuffer<UInt64>
  let columns: AlignedBuffer<UInt8>
  /// Z.
  let activations: AlignedBuffer<Vector>
  /// ∂loss/∂(X W + b).
  let errors: AlignedBuffer<Vector>
  let logits: AlignedBuffer<Vector>
  /// ∂loss/∂(Z V + c).
  let outputErrors: AlignedBuffer<Vector>
  let losses: AlignedBuffer<Float>
  let hits: AlignedBuffer<Bool>

  /// Which example of the source comes when.
  let order: AlignedBuffer<UInt32>

  /// - Parameters:
  ///   - capacity: the most examples of a batch.
  ///   - examples: the most examples of a source.
  ///   - moments: how many moments the optimizer keeps.
  init(_ network: FloatNetwork, capacity: Int, examples: Int, moments: Int) {
    layout = network.layout
    activation = network.activation
    self.capacity = capacity
    let total = layout.total
    parameters = AlignedBuffer(repeating: Vector(), count: total)
    first = AlignedBuffer(repeating: Vector(), count: moments > 0 ? total : 0)
    second = AlignedBuffer(repeating: Vector(), count: moments > 1 ? total : 0)
    let words = wordsPerMask(capacity)
    let inputs = layout.inputs
    let vectors = layout.vectors
    features = AlignedBuffer(repeating: 0, count: capacity * inputs)
    lists = AlignedBuffer(
      repeating: ActiveFeature(index: 0, value: 0), count: capacity * inputs)
    counts = AlignedBuffer(repeating: 0, count: capacity)
    labels = AlignedBuffer(repeating: 0, count: capacity)
    cursors = AlignedBuffer(repeating: 0, count: capacity)
    masks = AlignedBuffer(repeating: 0, count: inputs * words)
    columns = AlignedBuffer(repeating: 0, count: inputs * words * 64)
    activations = AlignedBuffer(repeating: Vector(), count: capacity * vectors)
    errors = AlignedBuffer(repeating: Vector(), count: capacity * vectors)
    logits = AlignedBuffer(repeating: Vector(), count: capacity)
    outputErrors = AlignedBuffer(repeating: Vector(), count: capacity)
    losses = AlignedBuffer(repeating: 0, count: capacity)
    hits = AlignedBuffer(repeating: false, count: capacity)
    order = AlignedBuffer(repeating: 0, count: examples)
  }

  /// Takes over parameters of the network's layout.
  func load(_ values: [Vector]) {
    precondition(values.count == layout.total)
    var target = parameters.ownedPart(0..<layout.total)
    for i in 0..<values.count { target[i] = values[i] }
  }

  /// Where a panel's vectors of some samples stand.
  func places(_ panel: Panel, _ samples: Range<Int>) -> Range<Int> {
    let start = panel.start * capacity
    return start + samples.lowerBound * panel.width..<start + samples.upperBound * panel.width
  }

  /// The parameters as they are.
  func saved() -> [Vector] {
    let values = parameters.span
    return (0..<layout.total).map { values[$0] }
  }

  /// Sum of the losses of the first `count` samples, in their order.
  func lossSum(_ count: Int) -> Float {
    var sum: Float = 0
    for sample in 0..<count { sum += losses.span[sample] }
    return sum
  }

  /// How many of the first `count` samples were read right.
  func hitCount(_ count: Int) -> Int {
    var sum = 0
    for sample in 0..<count where hits.span[sample] { sum += 1 }
    return sum
  }

  /// The logits of one sample.
  func logits(of sample: Int) -> Vector { logits.span[sample] }

  /// The logits of the first `count` samples.
  func logits(_ count: Int) -> [Vector] {
    let values = logits.span
    return (0..<count).map { values[$0] }
  }
}
