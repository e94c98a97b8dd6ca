import Kernels

extension BatchBuffers {
  /// The updates V ← V - η Zᵀ (Y - R) and W ← W - η Xᵀ ((Y - R) Vᵀ f′) for the member's rows, or what the
  /// optimizer makes of the same gradients.
  func backward(_ batch: Batch, _ member: Int) {
    switch batch.step {
    case .sgd(let rule): backward(batch, member, rule)
    case .momentum(let rule): backward(batch, member, rule)
    case .adamw(let rule): backward(batch, member, rule)
    }
  }

  private func backward<Rule: UpdateRule>(_ batch: Batch, _ member: Int, _ rule: Rule) {
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
      var first = first.ownedPart(moments(1, Rule.self, places))
      var second = second.ownedPart(moments(2, Rule.self, places))
      hiddenBackward(
        panel, rule: rule, masks: self.masks.part(rows.lowerBound * words..<rows.upperBound * words),
        columns: self.columns.part(rows.lowerBound * words * 64..<rows.upperBound * words * 64),
        errors: errors.part(self.places(panel, samples)), weights: &weights, first: &first,
        second: &second)
    }
    for digit in batch.share(member, of: 10) { output(digit, rule, samples) }
    if member == 0 { biases(rule, samples) }
  }

  /// A row of V.
  private func output<Rule: UpdateRule>(_ digit: Int, _ rule: Rule, _ samples: Range<Int>) {
    layout.forEachPanel { panel in
      let places = layout.outputWeights(panel, digit: digit)
      var weights = parameters.ownedPart(places)
      var first = first.ownedPart(moments(1, Rule.self, places))
      var second = second.ownedPart(moments(2, Rule.self, places))
      outputBackward(
        panel, rule: rule, digit: digit, outputErrors: outputErrors.lanes(samples),
        activations: activations.part(self.places(panel, samples)), weights: &weights,
        first: &first, second: &second)
    }
  }

  /// b and c.
  private func biases<Rule: UpdateRule>(_ rule: Rule, _ samples: Range<Int>) {
    layout.forEachPanel { panel in
      bias(rule, layout.hiddenBias(panel), errors.part(places(panel, samples)))
    }
    bias(rule, layout.outputBias, outputErrors.part(samples))
  }

  private func bias<Rule: UpdateRule>(_ rule: Rule, _ places: Range<Int>, _ errors: Span<Vector>) {
    var biases = parameters.ownedPart(places)
    var first = first.ownedPart(moments(1, Rule.self, places))
    var second = second.ownedPart(moments(2, Rule.self, places))
    biasBackward(rule: rule, errors: errors, biases: &biases, first: &first, second: &second)
  }

  /// The same places among moments number `number`, or none where the rule does not keep them.
  private func moments<Rule: UpdateRule>(
    _ number: Int, _ rule: Rule.Type, _ places: Range<Int>
  ) -> Range<Int> { Rule.moments >= number ? places : 0..<0 }
}
