import Digits
import Int8Runtime
import Network
import Quantizer

extension TrainingRun {
  /// What came of it.
  package struct Outcome: Sendable {
    /// The trained network.
    package let network: FloatNetwork
    /// Its integers, packed.
    package let image: [UInt8]
    /// Both on the test digits.
    package let comparison: Comparison
    /// How sure the answers to test digits are, and how often wrong.
    package let coverage: Coverage
    /// The test digits.
    package let test: DigitSet
    /// The epochs of this run, without those before a checkpoint it began with.
    package let epochs: [Trainer.Epoch]
    /// Epochs in all.
    package let epochCount: Int
    /// Whether training was asked to stop before its end.
    package let wasStopped: Bool
    /// Seconds from the first batch to the last epoch's validation.
    package let seconds: Double
    /// The same by processor time of all threads.
    package let cpuSeconds: Double
    /// Training examples passed through the network, and before it through its teacher.
    package let samples: Int
    /// Samples per second of time by the wall; 0 if nothing was trained.
    package var samplesPerSecond: Double { samples == 0 ? 0 : Double(samples) / seconds }
    /// The same by processor time.
    package var samplesPerCPUSecond: Double { samples == 0 ? 0 : Double(samples) / cpuSeconds }
    /// A test picture that the image reads right.
    package let sample: Picture
    /// How pictures are brought to the network.
    package let inputSpec: InputSpec
    /// What the image says of its training.
    package let metadata: Metadata
    /// Answers to test digits that are others because the output layer of an imported network had
    /// scales of its own for each class; nil where it had not.
    package let changedByRounding: Int?
  }

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
  ///
  /// - Parameter examples: what the integers' ranges are measured on.
  func finish(
    _ trained: Trained, _ examples: StoredExamples
  ) throws(TrainingRunError) -> Outcome {
    do throws(QuantizationError) {
      let quantized = try quantized(trained.network, examples)
      var metadata = metadata(epochs: trained.epochCount)
      let selfTest = training.pixels(0)
      let draft = try quantized.modelImage(metadata: metadata, selfTestPicture: selfTest)
      let calibration = try calibration(draft, scale: quantized.logitScale)
      metadata.temperature = calibration.temperature
      metadata.unsureBelow = calibration.unsureBelow
      let comparison = try comparison(trained.network, draft)
      metadata.testCount = comparison.count
      metadata.testCorrect = comparison.int8Correct
      return Outcome(
        network: trained.network,
        image: try quantized.modelImage(metadata: metadata, selfTestPicture: selfTest),
        comparison: comparison,
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
        changedByRounding: try changedByRounding(draft))
    } catch { throw .quantization(error) }
  }

  /// Where the network comes from, before anything is tested.
  private func metadata(epochs: Int) -> Metadata {
    var metadata = Metadata()
    metadata.dataset = dataset
    metadata.classNames = classNames
    metadata.recipe = request.summary
    metadata.seed = request.plan.seed
    metadata.trainCount = trainCount
    metadata.epochs = epochs
    if !request.isTraining { request.imported?.describe(&metadata) }
    return metadata
  }

  /// How sure an answer is. Validation digits decide, those of the data and, where the network learned drawn
  /// ones, too, drawn ones and what is no digit; test digits only show whether that holds.
  private func calibration(
    _ image: [UInt8], scale: Float
  ) throws(QuantizationError) -> Calibration {
    try opened { () throws(ModelImageError) in
      let image = try unsafe ModelImage(image.span.bytes)
      func answers(_ digits: DigitSet) -> LabeledLogits {
        LabeledLogits(image.logits(digits.pixels.span), labels: digits.labels)
      }
      var sets = [answers(validation)]
      var others: [HostLogits] = []
      if request.data.draws {
        let handwriting = Handwriting(seed: request.plan.seed)
        let (count, threads) = (TrainingRun.heldOut, request.plan.threads)
        if request.data != .builtIn {
          sets.append(answers(handwriting.set(count: count, threads: threads)))
        }
        others = image.logits(handwriting.others(count: count, threads: threads).span)
      }
      return Calibration(sets, others: others, scale: scale)
    }
  }

  /// The network and its integers on the test digits.
  private func comparison(
    _ network: FloatNetwork, _ image: [UInt8]
  ) throws(QuantizationError) -> Comparison {
    let threads = request.plan.threads
    return try opened { () throws(ModelImageError) in
      try Comparison(
        network, image: image, pictures: test.pixels.span, labels: test.labels,
        preprocessed: test.preprocessed(by: request.inputSpec, threads: threads), threads: threads)
    }
  }

  /// What is done with an image just written; that it does not open is a failure of quantizing.
  func opened<Value>(
    _ body: () throws(ModelImageError) -> Value
  ) throws(QuantizationError) -> Value {
    do throws(ModelImageError) { return try body() } catch { throw .rejected(error) }
  }

  /// The first test digit that is read right and surely, or else right.
  private func sample(_ comparison: Comparison, isSure: (HostLogits) -> Bool) -> Picture {
    let right = test.labels.indices.filter {
      Int(test.labels[$0]) == Int(comparison.predictions[$0])
    }
    let index = right.first { isSure(comparison.logits[$0]) } ?? right.first ?? 0
    return Picture(width: 28, height: 28, pixels: test.pixels(index))
  }
}

extension DigitSet {
  /// A picture's 784 pixels.
  fileprivate func pixels(_ index: Int) -> [UInt8] {
    Array(pixels[index * pictureBytes..<(index + 1) * pictureBytes])
  }
}
