/// A trained network, usually a wider one, whose answers another learns to give.
package final class Teacher: @unchecked Sendable {
  // Workers write only what they own, as in `BatchEngine`.
  let buffers: BatchBuffers
  /// The distillation weight: the fraction of the loss that is on the teacher's answers, 0 ... 1.
  package let weight: Float
  /// What logits are divided by before answers are compared; above 1 the unlikely digits count more.
  package let temperature: Float

  /// Takes the memory for the network's answers.
  ///
  /// - Parameters:
  ///   - network: of as many inputs as the one to be taught.
  ///   - batch: the most examples at a time.
  ///   - threads: of the training.
  ///   - weight: the distillation weight, the fraction of the loss that is on the teacher's answers,
  ///     0 ... 1.
  ///   - temperature: what logits are divided by before answers are compared, above 0.
  package init(
    _ network: FloatNetwork, batch: Int, threads: Int, weight: Float = 0.7, temperature: Float = 2
  ) {
    precondition(weight >= 0 && weight <= 1 && temperature > 0)
    buffers = BatchBuffers(
      network, capacity: max(batch, Batch.reading), examples: 0, moments: 0, workers: threads)
    buffers.load(network.parameters, into: buffers.parameters)
    self.weight = weight
    self.temperature = temperature
  }
}
