import Kernels

extension BatchBuffers {
  /// The updates V ← V - η Zᵀ (Y - R) and W ← W - η Xᵀ ((Y - R) Vᵀ f′) for the member's rows, or what the
  /// optimizer makes of the same gradients.
  func backward(_ batch: Batch, _ member: Int) {
    let step = batch.step
    let rows = batch.share(member, of: layout.inputs)
    let samples = 0..<batch.count
    let words = wordsPerMask(batch.count)
    var masks = masks.ownedPart(rows.lowerBound * words..<rows.upperBound * words)
    var columns = columns.ownedPart(rows.lowerBound * words * 64..<rows.upperBound * words * 64)
    gatherColumns(
      lists: lists.part(0..<batch.count * layout.inputs), capacity: layout.inputs,
      counts: counts.part(samples), features: rows, masks: &masks, columns: &columns)
    layout.forEachPanel { panel in
      let places = layout.hiddenWeights(panel, inputs: rows)
      var weights = parameters.ownedPart(places)
      var first = first.ownedPart(moments(1, step, places))
      var second = second.ownedPart(moments(2, step, places))
      hiddenBackward(
        panel, step: step,
        masks: self.masks.part(rows.lowerBound * words..<rows.upperBound * words),
        columns: self.columns.part(rows.lowerBound * words * 64..<rows.upperBound * words * 64),
        errors: errors.part(self.places(panel, samples)), weights: &weights, first: &first,
        second: &second)
    }
    for digit in batch.share(member, of: 10) { output(digit, step, samples) }
    if member == 0 { biases(step, samples) }
  }

  /// A row of V.
  private func output(_ digit: Int, _ step: UpdateStep, _ samples: Range<Int>) {
    layout.forEachPanel { panel in
      let places = layout.outputWeights(panel, digit: digit)
      var weights = parameters.ownedPart(places)
      var first = first.ownedPart(moments(1, step, places))
      var second = second.ownedPart(moments(2, step, places))
      outputBackward(
        panel, step: step, digit: digit, outputErrors: outputErrors.lanes(samples),
        activations: activations.part(self.places(panel, samples)), weights: &weights,
        first: &first, second: &second)
    }
  }

  /// b and c.
  private func biases(_ step: UpdateStep, _ samples: Range<Int>) {
    layout.forEachPanel { panel in
      bias(step, layout.hiddenBias(panel), errors.part(places(panel, samples)))
    }
    bias(step, layout.outputBias, outputErrors.part(samples))
  }

  private func bias(_ step: UpdateStep, _ places: Range<Int>, _ errors: Span<Vector>) {
    var biases = parameters.ownedPart(places)
    var first = first.ownedPart(moments(1, step, places))
    var second = second.ownedPart(moments(2, step, places))
    biasBackward(step: step, errors: errors, biases: &biases, first: &first, second: &second)
  }

  /// The same places among moments number `number`, or none where the rule does not keep them.
  private func moments(
    _ number: Int, _ step: UpdateStep, _ places: Range<Int>
  ) -> Range<Int> { step.moments >= number ? places : 0..<0 }
}
