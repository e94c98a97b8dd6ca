import SIMDMath

/// Reads examples with a trained network.
package final class Evaluator {
  private let engine: BatchEngine

  /// Takes the memory for reading examples.
  ///
  /// - Parameters:
  ///   - network: the one that reads.
  ///   - examples: the most examples of a source.
  ///   - threads: how many take part, at least 1; results do not depend on it.
  package init(_ network: FloatNetwork, examples: Int, threads: Int = 1) {
    engine = BatchEngine(
      network, capacity: Batch.reading, examples: examples, moments: 0, threads: threads)
  }

  /// How the network reads the examples.
  package func evaluate(_ source: any ExampleSource) -> Metrics { engine.evaluate(source) }

  /// The logits of each example.
  package func logits(_ source: any ExampleSource) -> [ClassValues] {
    var logits: [ClassValues] = []
    logits.reserveCapacity(source.count)
    engine.forEachBatch(of: source) { logits += engine.logits }
    return logits
  }
}

extension BatchEngine {
  /// Reads all examples of a source, batch by batch.
  func forEachBatch(of source: any ExampleSource, _ body: () -> Void) {
    buffers.resetOrder(count: source.count)
    var start = 0
    while start < source.count {
      let batch = Batch(of: source, from: start, most: buffers.capacity)
      evaluate(batch)
      body()
      start += batch.count
    }
  }

  /// How the network reads the examples. Allocates nothing.
  func evaluate(_ source: any ExampleSource) -> Metrics {
    var metrics = Metrics()
    forEachBatch(of: source) { metrics.add(self.metrics) }
    return metrics.mean
  }
}
