#if canImport(Glibc)
  import Digits
  import Int8Runtime
  import SIMDMath
  import Network
  import Quantizer
  import Pipeline

  /// Takes memory while it passes an example on, once an epoch: what the probe has to find.
  final class PlantedExamples: ExampleSource {
    let examples: any ExampleSource
    init(examples: any ExampleSource) { self.examples = examples }
    var count: Int { examples.count }
    var inputs: Int { examples.inputs }

    func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
      if index == 17 { plantedMemory() }
      return examples.write(index, epoch: epoch, into: &features)
    }
  }

  /// Takes memory and gives it back.
  @inline(never) @_optimize(none)
  func plantedMemory() {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 40, alignment: 8)
    unsafe memory.deallocate()
  }

  /// What is counted, with an allocation put in or without.
  struct Measurements {
    let isPlanted: Bool
    private let inputSpec = InputSpec(side: 28, deskew: true)
    private let handwriting = Handwriting(seed: 1)
    private let digits: DigitSet

    init(isPlanted: Bool) {
      self.isPlanted = isPlanted
      digits = handwriting.set(count: 1000)
    }

    /// The sources that training takes its examples from, by name.
    var sources: [(name: String, source: any ExampleSource)] {
      let elastic = Augmentation(.elastic)
      let augmented = AugmentedExamples(
        digits: digits, epochs: 2, distortion: Distortion(elastic, inputSpec, seed: 1))
      let drawn = DrawnExamples(
        handwriting: handwriting, digits: 1000, others: 200, first: 0,
        distortion: Distortion(elastic, inputSpec, seed: 1))
      return [
        ("plain", digits.preprocessed(by: inputSpec, threads: 2)), ("augmented", augmented),
        ("drawn", drawn),
      ]
    }

    /// Requests for memory in a whole epoch of two threads, and in reading the examples afterwards.
    ///
    /// The epoch is the second one: in the first, threads start and types are laid out.
    func training(_ optimizer: Optimizer, _ source: any ExampleSource) throws -> Int {
      let network = FloatNetwork(inputs: 784, hidden: 48, classes: 10, activation: .relu, seed: 1)
      var plan = TrainingPlan()
      plan.optimizer = optimizer
      plan.threads = 2
      plan.epochs = 2
      let examples = isPlanted ? PlantedExamples(examples: source) : source
      let trainer = Trainer(network, plan: plan, source: examples, validation: source)
      _ = try trainer.runEpoch(1)
      _ = trainer.evaluate(source)
      let before = memoryRequests
      _ = try trainer.runEpoch(2)
      _ = trainer.evaluate(source)
      return memoryRequests - before
    }

    /// Requests for memory in opening a model image, testing it, and 10,000 inferences.
    func inference(side: Int, _ activation: ActivationFunction) throws -> Int {
      let inputSpec = InputSpec(side: side, deskew: true)
      let examples = digits.preprocessed(by: inputSpec, threads: 1)
      let network = FloatNetwork(
        inputs: inputSpec.inputs, hidden: 32, classes: 10, activation: activation, seed: 1)
      let image = try QuantizedNetwork(network, inputSpec: inputSpec, calibration: examples)
        .modelImage(metadata: Metadata(), selfTestPicture: Array(digits.pixels[..<784]))
      let flash = try unsafe ModelImage(image.span.bytes)
      var arena = [UInt8](repeating: 0, count: ArenaLayout(flash.shape).total)
      var span = arena.mutableSpan
      var bytes = unsafe span.mutableBytes
      try flash.selfTest(&bytes)
      let before = memoryRequests
      try unsafe ModelImage(image.span.bytes).selfTest(&bytes)
      for number in 0..<10_000 {
        let start = number % 1000 * 784
        for i in 0..<784 {
          bytes.storeBytes(of: digits.pixels[start + i], toByteOffset: i, as: UInt8.self)
        }
        if isPlanted && number == 5000 { plantedMemory() }
        _ = flash.classify(&bytes)
      }
      return memoryRequests - before
    }
  }
#endif
