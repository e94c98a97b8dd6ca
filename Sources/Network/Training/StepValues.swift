import SIMDMath

/// What a step of a single example had in hand, for who looks on.
package struct StepValues: Sendable {
  /// The example's inputs, 0 ... 255 each, [I].
  package var features: [UInt8] = []
  /// Its class r, or ``noClass``.
  package var label = 0
  /// Z, [H].
  package var activations: [Float] = []
  /// Z V + c, [K].
  package var logits: [Float] = []
  /// ∂loss/∂(X W + b), [H].
  package var hiddenErrors: [Float] = []
  /// ∂loss/∂(Z V + c), [K].
  package var outputErrors: [Float] = []
}

extension Trainer {
  /// The network as it is now. Takes memory: not for the hot loop.
  package var network: FloatNetwork {
    var network = untrained
    network.parameters = engine.buffers.saved(engine.buffers.parameters)
    return network
  }

  /// The inputs that the example of a pass has which is learned next, and its class.
  package func nextExample(of pass: Pass) -> (features: [UInt8], label: Int) {
    var features = [UInt8](repeating: 0, count: source.inputs)
    var span = features.mutableSpan
    let index = engine.buffers.example(pass.start)
    let label = source.write(index, epoch: pass.number, into: &span)
    return (features, label)
  }

  /// Learns the next example of a pass, where the plan has one a step, and tells what went on.
  package func advanceWatched(_ pass: inout Pass) throws(TrainingError) -> StepValues {
    precondition(plan.batch == 1)
    var values = StepValues()
    (values.features, values.label) = nextExample(of: pass)
    try advance(&pass)
    engine.buffers.describe(&values)
    return values
  }
}

extension BatchBuffers {
  /// Which example of the source is the one so far in the order.
  fileprivate func example(_ place: Int) -> Int { Int(order.span[place]) }

  /// Fills in what there is of a batch's only sample.
  fileprivate func describe(_ values: inout StepValues) {
    values.activations = units(activations)
    values.hiddenErrors = units(errors)
    let logits = logits(of: 0)
    let vectors = ClassValues(outputErrors.slice(classRange(0..<1)), classes: layout.classes)
    values.logits = (0..<layout.classes).map { logits[$0] }
    values.outputErrors = (0..<layout.classes).map { vectors[$0] }
  }

  /// A number for each hidden unit, of a batch's only sample.
  private func units(_ buffer: borrowing AlignedBuffer<Vector>) -> [Float] {
    var result: [Float] = []
    layout.forEachColumnBlock { columnBlock in
      let vectors = buffer.slice(range(columnBlock, 1))
      for v in vectors.indices { for lane in 0..<16 { result.append(vectors[v][lane]) } }
    }
    return result
  }
}
