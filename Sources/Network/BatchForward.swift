import Kernels

extension BatchBuffers {
  /// Z = f(X W + b), Y = softmax(Z V + c), and the errors of both layers, for the member's samples.
  func forward(_ batch: Batch, _ member: Int) {
    let samples = batch.share(member, of: batch.count)
    if samples.isEmpty { return }
    fetch(batch, samples)
    read(samples, of: self)
    compare(batch, samples)
    if let teacher = batch.teacher, batch.learns {
      teacher.buffers.read(samples, of: self)
      imitate(teacher, batch, samples)
    }
    if batch.learns { layout.forEachPanel { propagate($0, samples) } }
  }

  /// The logits of samples that were fetched into `input`.
  private func read(_ samples: Range<Int>, of input: borrowing BatchBuffers) {
    var vector = 0
    while vector < layout.vectors {
      let panel = Panel(startingAt: vector, of: layout.vectors)
      hidden(panel, samples, input)
      vector += panel.width
    }
    var results = logits.ownedPart(samples)
    outputForward(
      activations: activations.span, capacity: capacity, samples: samples,
      weights: parameters.part(layout.outputWeights),
      bias: parameters.span[layout.total - 1], logits: &results)
  }

  /// X, as lists of the inputs that are not zero, and R as digits.
  private func fetch(_ batch: Batch, _ samples: Range<Int>) {
    let inputs = layout.inputs
    var counts = counts.ownedPart(samples)
    var labels = labels.ownedPart(samples)
    for sample in samples {
      let places = sample * inputs..<(sample + 1) * inputs
      var scratch = features.ownedPart(places)
      var list = lists.ownedPart(places)
      let example = batch.source.list(
        Int(order.span[batch.start + sample]), epoch: batch.epoch, scratch: &scratch, into: &list)
      counts[sample - samples.lowerBound] = Int32(example.count)
      labels[sample - samples.lowerBound] = Int32(example.label)
    }
  }

  /// A panel of Z = f(X W + b).
  private func hidden(_ panel: Panel, _ samples: Range<Int>, _ input: borrowing BatchBuffers) {
    let inputs = layout.inputs
    var cursors = cursors.ownedPart(samples)
    var sums = activations.ownedPart(places(panel, samples))
    hiddenForward(
      panel, lists: input.lists.part(samples.lowerBound * inputs..<samples.upperBound * inputs),
      capacity: inputs, counts: input.counts.part(samples),
      weights: parameters.part(layout.hiddenWeights(panel, inputs: 0..<inputs)),
      bias: parameters.part(layout.hiddenBias(panel)), cursors: &cursors, sums: &sums)
    activate(activation, &sums)
  }

  /// Y = softmax(logits), the loss, and ∂loss/∂logits = Y - R, over the batch's size, where R is 1 for
  /// the digit and 0 elsewhere.
  private func compare(_ batch: Batch, _ samples: Range<Int>) {
    var losses = losses.ownedPart(samples)
    var hits = hits.ownedPart(samples)
    var outputErrors = outputErrors.ownedPart(samples)
    compareAnswers(
      logits: logits.part(samples), labels: labels.part(samples), smoothing: batch.smoothing,
      scale: 1 / Float(batch.count), errors: &outputErrors, losses: &losses, hits: &hits)
  }

  /// Blends the error toward the teacher's answers: with a share α of the loss on softened answers of
  /// temperature T, the error is (1 - α) (Y - R) + α T (softmax(O/T) - softmax(teacher/T)) (Hinton,
  /// Vinyals and Dean, 2015).
  private func imitate(_ teacher: Teacher, _ batch: Batch, _ samples: Range<Int>) {
    let soft = 1 / teacher.temperature
    let weight = teacher.share * teacher.temperature / Float(batch.count)
    var outputErrors = outputErrors.ownedPart(samples)
    for sample in samples {
      let own = softmax(logits.span[sample] * soft)
      let taught = softmax(teacher.buffers.logits(of: sample) * soft)
      let place = sample - samples.lowerBound
      outputErrors[place] = outputErrors[place] * (1 - teacher.share) + (own - taught) * weight
    }
  }

  /// A panel of ∂loss/∂(X W + b) = (∂loss/∂logits · Vᵀ) f′.
  private func propagate(_ panel: Panel, _ samples: Range<Int>) {
    var errors = errors.ownedPart(places(panel, samples))
    hiddenErrors(
      panel, outputErrors: outputErrors.lanes(samples),
      weights: parameters.part(layout.outputWeights), activation: activation,
      activations: activations.part(places(panel, samples)), errors: &errors)
  }
}
