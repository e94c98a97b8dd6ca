/// A trained network, usually a wider one, whose answers another learns to give.
package final class Teacher: @unchecked Sendable {
  // Members of a team write only what they own, as in `BatchEngine`.
  let buffers: BatchBuffers
  /// What part of the loss is on the teacher's answers, 0 ... 1.
  package let share: Float
  /// What logits are divided by before answers are compared; above 1 the unlikely digits count more.
  package let temperature: Float

  /// Takes the memory for the network's answers.
  ///
  /// - Parameters:
  ///   - network: of as many inputs as the one to be taught.
  ///   - batch: the most examples at a time.
  ///   - threads: of the training.
  ///   - share: what part of the loss is on the teacher's answers, 0 ... 1.
  ///   - temperature: what logits are divided by before answers are compared, above 0.
  package init(
    _ network: FloatNetwork, batch: Int, threads: Int, share: Float = 0.7, temperature: Float = 2
  ) {
    precondition(share >= 0 && share <= 1 && temperature > 0)
    buffers = BatchBuffers(
      network, capacity: max(batch, 64), examples: 0, moments: 0, workers: threads)
    buffers.load(network.parameters, into: buffers.parameters)
    self.share = share
    self.temperature = temperature
  }
}
