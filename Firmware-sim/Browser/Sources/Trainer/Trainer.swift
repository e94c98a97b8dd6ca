import Digits
import Int8Runtime
import Network
import Pipeline
import Quantizer
import SIMDMath

// What a worker calls to train. It is one thread: what is kept here is changed by one call at a time. Numbers that a
// call leaves stand at `numbers()` until the next one, and bytes at `bytes()`.

nonisolated(unsafe) private var training: SteppedRun?
nonisolated(unsafe) private var floats: [Float] = []
nonisolated(unsafe) private var bytes: [UInt8] = []
/// The network that is looked at, unit by unit.
nonisolated(unsafe) private var network: FloatNetwork?

/// What comes of a call.
private enum Outcome {
  static let running = 0
  static let epoch = 1
  static let done = 2
  static let failed = 3
}

/// Where an array's elements stand until it is changed.
private func address<Element>(_ array: borrowing [Element]) -> UInt {
  unsafe array.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
}

private func fail(_ words: String) -> Int {
  unsafe bytes = Array(words.utf8)
  return Outcome.failed
}

/// Where the numbers stand that the last call left.
@_expose(wasm, "numbers") @c(numbers)
public func numbers() -> UInt { unsafe address(floats) }
/// How many there are.
@_expose(wasm, "numberCount") @c(numberCount)
public func numberCount() -> Int { unsafe floats.count }
/// Where the bytes stand that the last call left.
@_expose(wasm, "bytes") @c(bytesStart)
public func bytesStart() -> UInt { unsafe address(bytes) }
/// How many there are.
@_expose(wasm, "byteCount") @c(byteCount)
public func byteCount() -> Int { unsafe bytes.count }

/// Memory for the page to write to.
@_expose(wasm, "take") @c(take)
public func take(_ count: Int) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
}

/// Memory that the page is done with.
@_expose(wasm, "giveBack") @c(giveBackTaken)
public func giveBackTaken(_ memory: UnsafeMutableRawPointer) { unsafe memory.deallocate() }

/// Whether a multiplication with an addition rounds once here: 1 + 2⁻²³ squared, less one and what one rounding of
/// the product leaves, is 2⁻⁴⁶ then and 0 otherwise.
@_expose(wasm, "roundsOnce") @c(roundsOnce)
public func roundsOnce(_ a: Float) -> Int {
  // The number comes from outside, so that nobody computes this beforehand.
  let vector = Vector(repeating: a)
  let rest = (-(vector * vector)).addingProduct(vector, vector)
  return rest[0] == 0 ? 0 : 1
}

/// Prepares a training: draws, or takes what files were chosen.
///
/// - Parameters:
///   - method: 0 for AdamW in batches of 64 over distorted digits, 1 for the textbook's gradient descent, an example a
///     step, over digits as they are.
///   - isDrawn: whether digits are drawn, 0 or 1.
/// - Returns: 0, or 3 with the reason as bytes.
@_expose(wasm, "begin") @c(begin)
public func begin(
  _ seed: Int, _ hidden: Int, _ count: Int, _ epochs: Int, _ method: Int, _ isDrawn: Int
) -> Int {
  unsafe training = nil
  unsafe network = nil
  guard hidden % 16 == 0, (16...1024).contains(hidden), (64...1_000_000).contains(count),
    (1...1000).contains(epochs), seed >= 0
  else { return fail("sizes that cannot be trained") }
  var request = TrainingRequest()
  request.data = isDrawn == 1 ? .builtIn : .stored("the chosen files")
  request.drawnCount = count
  request.hidden = hidden
  request.plan.seed = UInt64(seed)
  request.plan.epochs = epochs
  if method == 1 {
    request.plan.optimizer = .sgd
    request.plan.batch = 1
    request.plan.schedule = .constant
    request.augmentation = .none
  }
  do throws(DigitsError) {
    unsafe training = SteppedRun(try TrainingRun(request))
  } catch { return fail("\(error.file) \(error.problem); \(error.advice)") }
  return Outcome.running
}

/// Takes the pictures and labels of an IDX file each, to be trained on; or, as a second pair, tested on.
///
/// - Returns: 0, or 3 with the reason as bytes.
@_expose(wasm, "choose") @c(choose)
public func choose(
  _ pictures: UnsafeRawPointer, _ pictureBytes: Int, _ labels: UnsafeRawPointer, _ labelBytes: Int,
  _ isTest: Int
) -> Int {
  do throws(DigitsError) {
    let answers = try unsafe IDX.labels(in: ChosenBytes("the file of labels", labels, labelBytes))
    guard answers.allSatisfy({ $0 < 10 }) else {
      return fail("the file of labels has others than 0 ... 9; choose a set of digits")
    }
    let pixels = try unsafe IDX.images(
      in: ChosenBytes("the file of pictures", pictures, pictureBytes), count: answers.count,
      labelFile: "the file of labels")
    let digits = DigitSet(pixels: pixels, labels: answers, name: "MNIST training digits")
    try keep(digits, isTest: isTest == 1)
  } catch { return fail("\(error.file) \(error.problem); \(error.advice)") }
  return Outcome.running
}

private func keep(_ digits: DigitSet, isTest: Bool) throws(DigitsError) {
  if isTest {
    unsafe ChosenData.test = digits
    return
  }
  guard digits.count >= 100 else {
    throw DigitsError(
      kind: .malformed, file: "the file of labels", problem: "has \(digits.count) digits",
      advice: "choose a set of 100 at least")
  }
  unsafe ChosenData.training = digits
  unsafe ChosenData.test = nil
}

/// Learns so many batches, or up to an epoch's end.
///
/// - Returns: 0 in the middle of an epoch, 1 at an epoch's end, 2 at the end of all, 3 if training failed, with the
///   reason as bytes. The numbers: the epoch, examples done in it and all it has, their mean loss and the fraction read
///   right; after an epoch also both of its training and of its validation, and whether it is kept.
@_expose(wasm, "advance") @c(advance)
public func advance(_ batches: Int) -> Int {
  guard let training = unsafe training else { return fail("no training was begun") }
  if training.isDone { return Outcome.done }
  do throws(TrainingError) {
    for _ in 0..<batches {
      if let epoch = try training.step() { return report(epoch, training) }
    }
  } catch { return fail(words(error)) }
  report(training)
  return Outcome.running
}

private func report(_ training: SteppedRun) {
  let progress = training.progress
  unsafe floats = [
    Float(training.trainer.epoch + 1), Float(progress.done), Float(progress.all),
    training.metrics.loss, Float(training.metrics.accuracy),
  ]
}

private func report(_ epoch: Trainer.Epoch, _ training: SteppedRun) -> Int {
  unsafe floats = [
    Float(epoch.number), Float(training.progress.all), Float(training.progress.all),
    epoch.training.loss, Float(epoch.training.accuracy), epoch.validation.loss,
    Float(epoch.validation.accuracy), epoch.isKept ? 1 : 0,
  ]
  return training.isDone ? Outcome.done : Outcome.epoch
}

private func words(_ error: TrainingError) -> String {
  switch error {
  case .diverged: "the loss is no longer a number; try other digits or another seed"
  case .learnedNothing:
    "the network reads hardly more than guessing; train longer or on more digits"
  case .stopped: "training was stopped before its first epoch was done"
  }
}

/// Learns one example by the textbook and tells what went on.
///
/// - Returns: as ``advance(_:)``. The bytes are X. The numbers: the class r, η, H, K; then for each hidden unit its sum, Z,
///   the delta and the largest update of its weights; for each class the logit, Y, the delta; and before and after, what
///   the largest updates of W and V did: input, unit and both weights; unit, class and both weights.
@_expose(wasm, "watch") @c(watch)
public func watch() -> Int {
  guard let training = unsafe training else { return fail("no training was begun") }
  if training.isDone { return Outcome.done }
  guard training.run.request.plan.batch == 1 else { return fail("not a step of one example") }
  let before = training.trainer.network
  do throws(TrainingError) {
    let (values, epoch) = try training.watchedStep()
    let account = StepAccount(
      values, before: before, after: training.trainer.network,
      rate: training.run.request.completePlan.learningRate)
    unsafe bytes = values.features
    unsafe floats = account.numbers
    return epoch == nil ? Outcome.running : training.isDone ? Outcome.done : Outcome.epoch
  } catch { return fail(words(error)) }
}

/// Looks at the network as it is now.
@_expose(wasm, "look") @c(look)
public func look() { unsafe network = unsafe training?.trainer.network }

/// The weights of a hidden unit of the network that was looked at, as numbers.
@_expose(wasm, "unit") @c(unit)
public func unit(_ number: Int) -> Int {
  unsafe floats = []
  guard let network = unsafe network, (0..<network.hidden).contains(number) else { return 0 }
  unsafe floats = (0..<network.inputs).map { network[input: $0, unit: number] }
  return unsafe floats.count
}

/// Quantizes and tests what was trained so far.
///
/// - Returns: 2 with the model image as bytes, or 3 with the reason. The numbers: digits tested on, and how many of them
///   the floats and the integers read right.
@_expose(wasm, "finish") @c(finish)
public func finish() -> Int {
  guard let training = unsafe training else { return fail("no training was begun") }
  do throws(TrainingRunError) {
    let outcome = try training.finish()
    unsafe bytes = outcome.image
    unsafe floats = [
      Float(outcome.comparison.count), Float(outcome.comparison.floatCorrect),
      Float(outcome.comparison.int8Correct),
    ]
    return Outcome.done
  } catch {
    switch error {
    case .training(let error, _): return fail(words(error))
    case .quantization, .checkpoint: return fail("the network has no form in whole numbers")
    }
  }
}
