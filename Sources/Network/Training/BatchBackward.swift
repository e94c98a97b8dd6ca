import SIMDMath

extension BatchBuffers {
  /// ∂loss/∂(X W + b) = (∂loss/∂logits · Vᵀ) f′ for the worker's hidden units, and the updates
  /// V ← V - η Zᵀ (Y - R) and W ← W - η Xᵀ ((Y - R) Vᵀ f′) of their weights, or what the optimizer makes
  /// of the same gradients.
  func learn(_ batch: Batch, _ worker: Int) {
    forEachColumnBlock(batch, worker) { columnBlock in
      propagate(columnBlock, batch.count)
      hiddenWeights(columnBlock, batch)
      bias(
        batch.step, layout.hiddenBias(columnBlock), errors.slice(range(columnBlock, batch.count)))
      for index in 0..<layout.classes { outputWeights(columnBlock, index, batch) }
    }
    if worker == 0 {
      bias(batch.step, layout.outputBias, outputErrors.slice(classRange(0..<batch.count)))
    }
  }

  /// A column block of ∂loss/∂(X W + b).
  private func propagate(_ columnBlock: ColumnBlock, _ samples: Int) {
    var errors = unsafe errors.ownedSlice(range(columnBlock, samples))
    hiddenErrors(
      columnBlock, outputErrors: deltas(samples), layer: outputLayer, activation: activation,
      activations: activations.slice(range(columnBlock, samples)), errors: &errors)
  }

  /// A column block of W.
  private func hiddenWeights(_ columnBlock: ColumnBlock, _ batch: Batch) {
    let words = layout.inputs * wordsPerMask(batch.count)
    let range = layout.hiddenWeights(columnBlock, inputs: 0..<layout.inputs)
    var weights = unsafe parameters.ownedSlice(range)
    var first = unsafe first.ownedSlice(moments(1, batch.step, range))
    var second = unsafe second.ownedSlice(moments(2, batch.step, range))
    hiddenBackward(
      columnBlock, step: batch.step,
      HiddenGradientInputs(
        masks: masks.slice(0..<words), columns: columns.slice(0..<words * samplesPerWord),
        errors: errors.slice(self.range(columnBlock, batch.count))),
      weights: &weights, first: &first, second: &second)
  }

  /// A column block's slice of a row of V.
  private func outputWeights(_ columnBlock: ColumnBlock, _ index: Int, _ batch: Batch) {
    let range = layout.outputWeights(columnBlock, class: index)
    var weights = unsafe parameters.ownedSlice(range)
    var first = unsafe first.ownedSlice(moments(1, batch.step, range))
    var second = unsafe second.ownedSlice(moments(2, batch.step, range))
    outputBackward(
      step: batch.step, errors: ClassErrors(index, of: deltas(batch.count)),
      activations: activations.slice(self.range(columnBlock, batch.count)), weights: &weights,
      first: &first, second: &second)
  }

  /// ∂loss/∂logits of the first samples.
  @_lifetime(borrow self)
  private func deltas(_ samples: Int) -> OutputErrors {
    OutputErrors(outputErrors.lanes(classRange(0..<samples)), classes: layout.classes)
  }

  /// A column block of b, or c.
  private func bias(_ step: UpdateStep, _ range: Range<Int>, _ errors: Span<Vector>) {
    var biases = unsafe parameters.ownedSlice(range)
    var first = unsafe first.ownedSlice(moments(1, step, range))
    var second = unsafe second.ownedSlice(moments(2, step, range))
    biasBackward(step: step, errors: errors, biases: &biases, first: &first, second: &second)
  }

  /// The same range of the moments of order `number`, or none where the rule does not keep them.
  private func moments(
    _ number: Int, _ step: UpdateStep, _ range: Range<Int>
  ) -> Range<Int> { step.moments >= number ? range : 0..<0 }
}
