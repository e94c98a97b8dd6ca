import SIMDMath

extension BatchBuffers {
  /// ∂loss/∂(X W + b) = (∂loss/∂logits · Vᵀ) f′ for the member's hidden units, and the updates
  /// V ← V - η Zᵀ (Y - R) and W ← W - η Xᵀ ((Y - R) Vᵀ f′) of their weights, or what the optimizer makes
  /// of the same gradients.
  func learn(_ batch: Batch, _ member: Int) {
    forEachPanel(batch, member) { panel in
      propagate(panel, batch.count)
      hiddenWeights(panel, batch)
      bias(batch.step, layout.hiddenBias(panel), errors.part(places(panel, batch.count)))
      for digit in 0..<10 { outputWeights(panel, digit, batch) }
    }
    if member == 0 { bias(batch.step, layout.outputBias, outputErrors.part(0..<batch.count)) }
  }

  /// A panel of ∂loss/∂(X W + b).
  private func propagate(_ panel: Panel, _ samples: Int) {
    var errors = unsafe errors.ownedPart(places(panel, samples))
    hiddenErrors(
      panel, outputErrors: outputErrors.lanes(0..<samples),
      weights: parameters.part(layout.outputWeights), activation: activation,
      activations: activations.part(places(panel, samples)), errors: &errors)
  }

  /// A panel of W.
  private func hiddenWeights(_ panel: Panel, _ batch: Batch) {
    let words = layout.inputs * wordsPerMask(batch.count)
    let places = layout.hiddenWeights(panel, inputs: 0..<layout.inputs)
    var weights = unsafe parameters.ownedPart(places)
    var first = unsafe first.ownedPart(moments(1, batch.step, places))
    var second = unsafe second.ownedPart(moments(2, batch.step, places))
    hiddenBackward(
      panel, step: batch.step, masks: masks.part(0..<words), columns: columns.part(0..<words * 64),
      errors: errors.part(self.places(panel, batch.count)), weights: &weights, first: &first,
      second: &second)
  }

  /// A panel's part of a row of V.
  private func outputWeights(_ panel: Panel, _ digit: Int, _ batch: Batch) {
    let places = layout.outputWeights(panel, digit: digit)
    var weights = unsafe parameters.ownedPart(places)
    var first = unsafe first.ownedPart(moments(1, batch.step, places))
    var second = unsafe second.ownedPart(moments(2, batch.step, places))
    outputBackward(
      panel, step: batch.step, digit: digit, outputErrors: outputErrors.lanes(0..<batch.count),
      activations: activations.part(self.places(panel, batch.count)), weights: &weights,
      first: &first, second: &second)
  }

  /// A panel of b, or c.
  private func bias(_ step: UpdateStep, _ places: Range<Int>, _ errors: Span<Vector>) {
    var biases = unsafe parameters.ownedPart(places)
    var first = unsafe first.ownedPart(moments(1, step, places))
    var second = unsafe second.ownedPart(moments(2, step, places))
    biasBackward(step: step, errors: errors, biases: &biases, first: &first, second: &second)
  }

  /// The same places among moments number `number`, or none where the rule does not keep them.
  private func moments(
    _ number: Int, _ step: UpdateStep, _ places: Range<Int>
  ) -> Range<Int> { step.moments >= number ? places : 0..<0 }
}
