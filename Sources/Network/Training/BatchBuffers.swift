import SIMDMath

/// All the memory that batches need, taken once, and the steps that run over it.
///
/// The steps of a phase may run at the same time as long as what they own does not overlap.
struct BatchBuffers: ~Copyable, Sendable {
  let layout: ParameterLayout
  let activation: ActivationFunction
  let capacity: Int
  let parameters: AlignedBuffer<Vector>
  let first: AlignedBuffer<Vector>
  let second: AlignedBuffer<Vector>

  let features: AlignedBuffer<UInt8>
  let lists: AlignedBuffer<NonzeroFeature>
  /// Where each sample's list begins, here or in the source's own lists.
  let starts: AlignedBuffer<Int>
  /// Where the lists of the batch after it begin among the source's own.
  let upcoming: AlignedBuffer<Int>
  let counts: AlignedBuffer<Int32>
  let labels: AlignedBuffer<Int32>
  /// [vectors][capacity]: scratch of the column block that starts at a vector.
  let cursors: AlignedBuffer<Int32>
  /// X turned round, for the gradient of W.
  let masks: AlignedBuffer<UInt64>
  let columns: AlignedBuffer<UInt8>
  /// Z, the hidden units' outputs.
  let activations: AlignedBuffer<Vector>
  /// ∂loss/∂(X W + b).
  let errors: AlignedBuffer<Vector>
  let logits: AlignedBuffer<Vector>
  /// ∂loss/∂(Z V + c).
  let outputErrors: AlignedBuffer<Vector>
  let losses: AlignedBuffer<Float>
  let correct: AlignedBuffer<Bool>

  /// Which example of the source comes when.
  let order: AlignedBuffer<UInt32>

  /// - Parameters:
  ///   - network: whose sizes and activation these are; its weights are loaded afterward.
  ///   - capacity: the most examples of a batch.
  ///   - examples: the most examples of a source.
  ///   - moments: how many moments the optimizer keeps.
  ///   - workers: of the thread pool, at least 1.
  init(_ network: FloatNetwork, capacity: Int, examples: Int, moments: Int, workers: Int) {
    layout = ParameterLayout(
      inputs: network.inputs, hidden: network.hidden, classes: network.classes, workers: workers)
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
      repeating: NonzeroFeature(index: 0, value: 0), count: capacity * inputs)
    counts = AlignedBuffer(repeating: 0, count: capacity)
    labels = AlignedBuffer(repeating: 0, count: capacity)
    cursors = AlignedBuffer(repeating: 0, count: capacity * vectors)
    starts = AlignedBuffer(repeating: 0, count: capacity)
    upcoming = AlignedBuffer(repeating: 0, count: capacity)
    masks = AlignedBuffer(repeating: 0, count: inputs * words)
    columns = AlignedBuffer(repeating: 0, count: inputs * words * samplesPerWord)
    activations = AlignedBuffer(repeating: Vector(), count: capacity * vectors)
    errors = AlignedBuffer(repeating: Vector(), count: capacity * vectors)
    logits = AlignedBuffer(repeating: Vector(), count: capacity * classVectors(network.classes))
    outputErrors = AlignedBuffer(
      repeating: Vector(), count: capacity * classVectors(network.classes))
    losses = AlignedBuffer(repeating: 0, count: capacity)
    correct = AlignedBuffer(repeating: false, count: capacity)
    order = AlignedBuffer(repeating: 0, count: examples)
  }

  /// The order in which parameters are stored.
  private var keptLayout: ParameterLayout {
    ParameterLayout(
      inputs: layout.inputs, hidden: layout.vectors * 16, classes: layout.classes)
  }

  /// Takes over parameters, or moments of them, in the order in which they are stored.
  func load(_ values: [Vector], into buffer: borrowing AlignedBuffer<Vector>) {
    buffer.fill(from: layout.rearranged(values, from: keptLayout))
  }

  /// Parameters, or moments of them, in the order in which they are stored.
  func saved(_ buffer: borrowing AlignedBuffer<Vector>) -> [Vector] {
    keptLayout.rearranged(buffer.array(), from: layout)
  }

  /// Where a column block's vectors of the first `samples` samples stand.
  func range(_ columnBlock: ColumnBlock, _ samples: Int) -> Range<Int> {
    columnBlock.start * capacity..<columnBlock.start * capacity + samples * columnBlock.width
  }

  /// The column blocks of the hidden units that a worker owns.
  func forEachColumnBlock(_ batch: Batch, _ worker: Int, _ body: (ColumnBlock) -> Void) {
    let own = batch.slice(worker, of: layout.columnBlocks)
    var number = 0
    layout.forEachColumnBlock { columnBlock in
      if own.contains(number) { body(columnBlock) }
      number += 1
    }
  }

  /// How the first `count` samples were read, those of no class left out; the loss is their sum, in their order.
  func metrics(_ count: Int) -> Metrics {
    var metrics = Metrics()
    for sample in 0..<count where Int(labels.span[sample]) != noClass {
      metrics.count += 1
      metrics.correct += correct.span[sample] ? 1 : 0
      metrics.loss += losses.span[sample]
    }
    return metrics
  }

  /// The range of some samples' class vectors.
  func classRange(_ samples: Range<Int>) -> Range<Int> {
    let vectors = classVectors(layout.classes)
    return samples.lowerBound * vectors..<samples.upperBound * vectors
  }

  /// The logits of one sample.
  func logits(of sample: Int) -> ClassValues {
    ClassValues(logits.slice(classRange(sample..<sample + 1)), classes: layout.classes)
  }

  /// V and c.
  var outputLayer: OutputWeights {
    @_lifetime(borrow self)
    get {
      OutputWeights(
        weights: parameters.slice(layout.outputWeights),
        bias: parameters.slice(layout.outputBias), classes: layout.classes)
    }
  }
}
