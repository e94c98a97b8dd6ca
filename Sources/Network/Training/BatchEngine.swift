import SIMDMath

/// Runs batches of examples forward and backward through a network over buffers taken beforehand.
///
/// In each of a batch's phases a worker of the thread pool owns some of the samples or some of the hidden units.
/// What belongs to a sample is fetched and answered by one worker; the activations, errors and weights of
/// a hidden unit stay with one worker, so that weights that it changed are still in its cache at the next
/// step. Nobody adds up another's partial sums, so the result does not depend on how many workers there
/// are.
final class BatchEngine: PooledJob, @unchecked Sendable {
  // Workers write only what they own, as above; `ThreadPool.run` separates the phases.
  let buffers: BatchBuffers
  /// The batch that is worked on.
  private var batch = Batch()
  private let pool: ThreadPool

  init(_ network: FloatNetwork, capacity: Int, examples: Int, moments: Int, threads: Int) {
    buffers = BatchBuffers(
      network, capacity: capacity, examples: examples, moments: moments, workers: threads)
    buffers.load(network.parameters, into: buffers.parameters)
    pool = ThreadPool(size: threads)
  }

  /// Reads a batch: activations, logits, losses and correct.
  func evaluate(_ batch: Batch) {
    self.batch = batch
    self.batch.learns = false
    for phase in 0..<3 { run(phase: phase) }
  }

  /// Reads a batch and changes the weights by one step.
  func train(_ batch: Batch, step: UpdateStep) {
    self.batch = batch
    self.batch.learns = true
    self.batch.step = step
    for phase in 0..<4 { run(phase: phase) }
  }

  /// How the batch was read; the loss is a sum.
  var metrics: Metrics { buffers.metrics(batch.count) }

  /// The logits of the batch's samples.
  var logits: [ClassValues] { (0..<batch.count).map { buffers.logits(of: $0) } }

  private func run(phase: Int) {
    // For a handful of samples, waking the others takes longer than the work.
    batch.workers = batch.count < 16 ? 1 : pool.size
    if batch.workers == 1 {
      perform(phase: phase, worker: 0)
    } else {
      pool.run(self, phase: phase)
    }
  }

  func perform(phase: Int, worker: Int) {
    switch phase {
    case 0: buffers.fetch(batch, worker)
    case 1: buffers.readInputs(batch, worker)
    case 2: buffers.answer(batch, worker)
    default: buffers.learn(batch, worker)
    }
  }
}

/// The examples of a batch and what is to be done with them.
struct Batch {
  /// The most examples of a batch that is read and not learned.
  static let reading = 64

  /// Where they come from.
  var source: any ExampleSource = NoExamples.none
  /// The first of them in the order given.
  var start = 0
  /// How many there are.
  var count = 0
  var epoch = 0
  /// Label smoothing's ε.
  var smoothing: Float = 0
  var learns = false
  /// Whose answers the network learns beside the digits.
  var teacher: Teacher?
  var step = UpdateStep.gradientDescent(rate: 0)
  var workers = 1

  /// No examples.
  init() {}

  /// The next examples of a source, from `start` on and `most` at the most.
  init(of source: any ExampleSource, from start: Int, most: Int) {
    self.source = source
    self.start = start
    count = min(most, source.count - start)
  }

  /// What of `count` things that stand next to one another is worker number `worker`'s.
  func slice(_ worker: Int, of count: Int) -> Range<Int> {
    count * worker / workers..<count * (worker + 1) / workers
  }
}

/// Nothing to read.
private final class NoExamples: ExampleSource {
  /// Made once: a batch takes no memory.
  static let none = NoExamples()

  var count: Int { 0 }
  var inputs: Int { 1 }
  func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int { 0 }
}
