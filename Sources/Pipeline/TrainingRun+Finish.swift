import Digits
import Int8Runtime
import Network
import Quantizer

// From a network to its image, and to what both make of test digits.
extension TrainingRun {
  /// What is quantized, and how it came about.
  struct Trained {
    let network: FloatNetwork
    let watch: Stopwatch
    var epochs: [Trainer.Epoch] = []
    var epochCount = 0
    var wasStopped = false
    var samples = 0

    init(_ network: FloatNetwork, _ watch: Stopwatch) {
      (self.network, self.watch) = (network, watch)
    }
  }

  /// Quantizes, compares and packs.
  func finish(
    _ trained: Trained, _ calibration: StoredExamples
  ) throws(TrainingRunError) -> Outcome {
    do throws(QuantizationError) {
      var metadata = metadata(trained)
      let quantized = try quantized(trained.network, calibration)
      let known = training.pixels(0)
      let draft = try quantized.modelImage(metadata: metadata, knownPicture: known)
      // Validation digits decide how sure an answer is; test digits only show whether that holds.
      let answers = try opened { () throws(ModelImageError) in
        try unsafe ModelImage(draft.span.bytes).logits(validation.pixels.span)
      }
      let calibration = Calibration(
        answers, labels: validation.labels, scale: quantized.logitScale)
      metadata.temperature = calibration.temperature
      metadata.unsureBelow = calibration.unsureBelow
      let comparison = try compared(trained.network, draft)
      metadata.testCount = comparison.count
      metadata.testCorrect = comparison.int8Correct
      let image = try quantized.modelImage(metadata: metadata, knownPicture: known)
      return Outcome(
        network: trained.network, image: image, comparison: comparison,
        coverage: Coverage(
          comparison.logits, labels: test.labels, scale: quantized.logitScale,
          calibration: calibration),
        test: test, epochs: trained.epochs, epochCount: trained.epochCount,
        wasStopped: trained.wasStopped, seconds: trained.watch.seconds,
        cpuSeconds: trained.watch.cpuSeconds, samples: trained.samples,
        sample: sample(comparison) { logits in
          confidence(logits, scale: quantized.logitScale / calibration.temperature)
            >= calibration.unsureBelow
        },
        inputSpec: request.inputSpec, metadata: metadata,
        changedByRounding: try changedByRounding(image))
    } catch { throw .quantization(error) }
  }

  /// What the image says of its training.
  private func metadata(_ trained: Trained) -> Metadata {
    var metadata = Metadata()
    metadata.dataset = dataset
    metadata.recipe = request.summary
    metadata.seed = request.plan.seed
    metadata.trainCount = trainCount
    metadata.epochs = trained.epochCount
    if !request.isTraining { request.imported?.describe(&metadata) }
    return metadata
  }

  /// The integers of a network: those of an imported file, if nothing has changed them.
  private func quantized(
    _ network: FloatNetwork, _ calibration: StoredExamples
  ) throws(QuantizationError) -> QuantizedNetwork {
    if !request.isTraining, let integers = request.imported?.integers,
      // The float network could be made of it: its classes are those of this program.
      let quantized = try? QuantizedNetwork(integers.model, inputSpec: request.inputSpec)
    {
      return quantized
    }
    return try QuantizedNetwork(network, inputSpec: request.inputSpec, calibration: calibration)
  }

  /// Both on the test digits.
  private func compared(
    _ network: FloatNetwork, _ image: [UInt8]
  ) throws(QuantizationError) -> Comparison {
    let threads = request.plan.threads
    return try opened { () throws(ModelImageError) in
      try Comparison(
        network, image: image, pictures: test.pixels.span, labels: test.labels,
        preprocessed: test.preprocessed(by: request.inputSpec, threads: threads), threads: threads)
    }
  }

  /// How many answers an imported output layer gives otherwise, if it had to be rounded.
  private func changedByRounding(_ image: [UInt8]) throws(QuantizationError) -> Int? {
    guard !request.isTraining, let output = request.imported?.integers?.output, output.isRounded
    else { return nil }
    return try opened { () throws(ModelImageError) in
      differingAnswers(try unsafe ModelImage(image.span.bytes), output, test.pixels)
    }
  }

  /// What is done with an image just written; that it does not open is a failure of quantizing.
  private func opened<Value>(
    _ body: () throws(ModelImageError) -> Value
  ) throws(QuantizationError) -> Value {
    do throws(ModelImageError) { return try body() } catch { throw .rejected(error) }
  }

  /// The first test digit that is read right and surely, or else right.
  private func sample(_ comparison: Comparison, isSure: (Logits) -> Bool) -> Picture {
    let right = test.labels.indices.filter {
      Int(test.labels[$0]) == Int(comparison.predictions[$0])
    }
    let index = right.first { isSure(comparison.logits[$0]) } ?? right.first ?? 0
    return Picture(width: 28, height: 28, pixels: test.pixels(index))
  }
}
