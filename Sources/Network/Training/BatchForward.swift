import SIMDMath

extension BatchBuffers {
  /// X, as lists of the inputs that are not zero, and R as digits, for the worker's samples.
  func fetch(_ batch: Batch, _ worker: Int) {
    let samples = batch.slice(worker, of: batch.count)
    var starts = unsafe starts.ownedSlice(samples)
    var counts = unsafe counts.ownedSlice(samples)
    var labels = unsafe labels.ownedSlice(samples)
    var upcoming = unsafe upcoming.ownedSlice(samples)
    let order = order.slice(0..<batch.source.count)
    let first = batch.start + samples.lowerBound
    let stored = batch.source.stored
    for i in 0..<samples.count {
      let example = Int(order[first + i])
      if let stored {
        starts[i] = stored.starts[example]
        counts[i] = Int32(stored.starts[example + 1] - stored.starts[example])
        labels[i] = Int32(stored.labels[example])
        // Behind the last batch come no others: its own lists will do.
        let next = first + i + batch.count
        upcoming[i] = stored.starts[Int(order[next < order.count ? next : first + i])]
      } else {
        let offset = (samples.lowerBound + i) * layout.inputs
        if first + i + 1 < order.count { batch.source.prefetch(Int(order[first + i + 1])) }
        var scratch = unsafe features.ownedSlice(offset..<offset + layout.inputs)
        var list = unsafe lists.ownedSlice(offset..<offset + layout.inputs)
        starts[i] = offset
        labels[i] = Int32(batch.source.write(example, epoch: batch.epoch, into: &scratch))
        counts[i] = Int32(listNonzeroFeatures(scratch.span, into: &list))
      }
    }
  }

  /// Hands out the lists of a batch that was fetched.
  func withLists(_ batch: Batch, _ body: (NonzeroLists) -> Void) {
    let (starts, counts) = (starts.slice(0..<batch.count), counts.slice(0..<batch.count))
    let upcoming = upcoming.slice(0..<batch.count)
    if let stored = batch.source.stored {
      let entries = stored.entries
      body(
        NonzeroLists(entries: entries.span, starts: starts, counts: counts, upcoming: upcoming))
    } else {
      body(NonzeroLists(entries: lists.span, starts: starts, counts: counts))
    }
  }

  /// Z = f(X W + b) for the worker's hidden units, and Xᵀ for its slice of the inputs.
  func readInputs(_ batch: Batch, _ worker: Int) {
    withLists(batch) { lists in
      hidden(batch, worker, lists)
      guard batch.learns else { return }
      batch.teacher?.buffers.hidden(batch, worker, lists)
      let rows = batch.slice(worker, of: layout.inputs)
      let words = wordsPerMask(batch.count)
      var masks = unsafe masks.ownedSlice(rows.lowerBound * words..<rows.upperBound * words)
      var columns = unsafe columns.ownedSlice(
        rows.lowerBound * words * samplesPerWord..<rows.upperBound * words * samplesPerWord)
      gatherColumns(lists, features: rows, masks: &masks, columns: &columns)
    }
  }

  /// Y = softmax(Z V + c), the loss, and the output layer's errors for the worker's samples.
  func answer(_ batch: Batch, _ worker: Int) {
    let samples = batch.slice(worker, of: batch.count)
    if samples.isEmpty { return }
    output(samples)
    compare(batch, samples)
    if let teacher = batch.teacher, batch.learns {
      teacher.buffers.output(samples)
      imitate(teacher, batch, samples)
    }
  }

  /// Z = f(X W + b) of inputs that may have been fetched into others' buffers.
  private func hidden(_ batch: Batch, _ worker: Int, _ lists: NonzeroLists) {
    let inputs = layout.inputs
    forEachColumnBlock(batch, worker) { columnBlock in
      let scratch = columnBlock.start * capacity
      var cursors = unsafe cursors.ownedSlice(scratch..<scratch + batch.count)
      var sums = unsafe activations.ownedSlice(range(columnBlock, batch.count))
      hiddenForward(
        columnBlock, lists: lists,
        weights: parameters.slice(layout.hiddenWeights(columnBlock, inputs: 0..<inputs)),
        bias: parameters.slice(layout.hiddenBias(columnBlock)), cursors: &cursors, sums: &sums)
      activate(activation, &sums)
    }
  }

  /// The logits of samples.
  private func output(_ samples: Range<Int>) {
    var results = unsafe logits.ownedSlice(classRange(samples))
    outputForward(
      outputLayer,
      HiddenActivations(activations.span, capacity: capacity, widest: layout.widest),
      samples: samples, logits: &results)
  }

  /// Y = softmax(logits), the loss, and ∂loss/∂logits = Y - R, over the batch's size, where R is 1 for
  /// the class and 0 elsewhere.
  private func compare(_ batch: Batch, _ samples: Range<Int>) {
    var losses = unsafe losses.ownedSlice(samples)
    var correct = unsafe correct.ownedSlice(samples)
    var outputErrors = unsafe outputErrors.ownedSlice(classRange(samples))
    compareAnswers(
      logits: logits.slice(classRange(samples)),
      targets: Targets(
        labels: labels.slice(samples), classes: layout.classes, smoothing: batch.smoothing,
        scale: 1 / Float(batch.count)),
      errors: &outputErrors, losses: &losses, correct: &correct)
  }

  /// Blends the error toward the teacher's answers: with a distillation weight α and answers softened by a
  /// temperature T, the error is (1 - α) (Y - R) + α T (softmax(O/T) - softmax(teacher/T)) (Hinton,
  /// Vinyals and Dean, 2015).
  private func imitate(_ teacher: Teacher, _ batch: Batch, _ samples: Range<Int>) {
    let soft = 1 / teacher.temperature
    let scale = teacher.weight * teacher.temperature / Float(batch.count)
    let vectors = classVectors(layout.classes)
    var outputErrors = unsafe outputErrors.ownedSlice(classRange(samples))
    for sample in samples {
      let own = softmax(logits(of: sample) * soft)
      let taught = softmax(teacher.buffers.logits(of: sample) * soft)
      for i in 0..<vectors {
        let offset = (sample - samples.lowerBound) * vectors + i
        outputErrors[offset] = (outputErrors[offset] * (1 - teacher.weight))
          .addingProduct(scale, own[vector: i] - taught[vector: i])
      }
    }
  }
}
