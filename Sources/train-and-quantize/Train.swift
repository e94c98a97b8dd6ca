import CommandLineSupport
import Device
import Digits
import Int8Runtime
import Network
import Pipeline
import Quantizer
import ReportPage

/// Trains, quantizes, writes the model image and the sample, and reports.
func train(_ given: Settings) throws(Failure) {
  let (settings, request) = try given.importing()
  let file = CheckpointFile(settings)
  let exports = Exports(settings.exports)
  try checkOutputs(request, settings, file, exports)
  var run: TrainingRun
  do { run = try TrainingRun(request) } catch { throw Failure(error, settings) }
  if let device = settings.device {
    run.use(try settings.chosenShape(for: device, classes: run.classNames.count))
  }
  let resumed = settings.resume ? try file.load(for: run) : nil
  let other = resumed == nil ? file.leaveOthers(alone: run) : nil
  let notes = run.notes + (other.map { [$0] } ?? [])
  for note in notes { StandardStream.tell(note, by: "train-and-quantize") }
  if !settings.json { try announce(run) }
  let outcome = try perform(run, settings, file, resumed)
  do throws(Failure) { try AtomicFile.write(outcome.image, to: settings.output) } catch {
    throw Failure(error.code, error.message + file.advice)
  }
  try AtomicFile.write(PGM.encode(outcome.sample), to: settings.sample)
  if !outcome.wasStopped { file.remove() }
  if let page = settings.report {
    let contents = ReportContents(run, outcome)
    try AtomicFile.write(Array(ReportPage(contents).html.utf8), to: page)
  }
  let exported = try exports.write((settings.output, outcome.image), network: outcome.floatModel)
  do throws(Failure) {
    try print(Report(settings, run, outcome), settings)
    if !settings.json { for file in exported { try StandardStream.output.write(file.text) } }
  } catch {
    // Whoever closed the terminal asked for the training to end, not for its report.
    if !outcome.wasStopped { throw error }
  }
  if outcome.wasStopped {
    throw Failure(
      Interruption.code,
      "stopped after \(outcome.epochCount) epochs; \(settings.output) has the best of them"
        + file.advice)
  }
}

/// What cannot be written should show before the work, not after it.
private func checkOutputs(
  _ request: TrainingRequest, _ settings: Settings, _ file: CheckpointFile, _ exports: Exports
) throws(Failure) {
  let shape = ModelShape(
    inputSpec: request.inputSpec, hidden: request.hidden, classes: request.mostClasses,
    activation: request.activation)
  try DistinctFiles.check(
    outputs: settings.outputs(file) + exports.outputs, inputs: request.inputs)
  try AtomicFile.check(settings.output, bytes: ModelImageLayout(shape).total)
  try AtomicFile.check(settings.sample, bytes: 1024)
  try exports.check(
    isRectified: request.activation == .relu, parameters: shape.parameterBytes)
  try file.prepare(request, settings)
  // Of the page only the weights' picture grows with the network; base64 takes a third more.
  if let page = settings.report {
    try AtomicFile.check(page, bytes: 600_000 + request.hidden * 784 * 4 / 3)
  }
}

private func print(_ report: Report, _ settings: Settings) throws(Failure) {
  if settings.json {
    try JSONOutput.print(report.summary)
  } else {
    try StandardStream.output.write(report.text)
  }
}

private func announce(_ run: TrainingRun) throws(Failure) {
  let request = run.request
  let inputSpec = request.inputSpec
  let name = request.imported?.file.escapingControls()
  let work = name.map { request.isTraining ? "Training \($0)" : "Imported \($0), calibrated" }
  try StandardStream.output.write(
    """
    \(work ?? "Training") on \(run.dataset): \(NumberText.count(run.trainCount)) pictures, \
    \(NumberText.count(run.validationCount)) held out for validation, tested on \
    \(NumberText.count(run.testCount)) of \(run.testName).
    Network: \(inputSpec.inputs) inputs (\(inputSpec.side)x\(inputSpec.side)\
    \(inputSpec.deskew ? ", deskewed" : "")), \(request.hidden) hidden units, \
    \(run.classNames.count) classes.

    """)
}

private func perform(
  _ run: TrainingRun, _ settings: Settings, _ file: CheckpointFile, _ resumed: Checkpoint?
) throws(Failure) -> TrainingRun.Outcome {
  let bar = ProgressBar(quiet: settings.quiet)
  defer { bar.finish() }
  let epochs = run.request.plan.epochs
  var control = TrainingControl()
  control.resumed = resumed
  control.every = file.every
  control.stop = { Interruption.hasCome }
  // Told even to who wants no progress: it is a warning.
  control.save = { file.save($0).map { complaint in bar.warn(complaint) } }
  Interruption.watch()
  do {
    return try run.run(
      control: control,
      progress: { epoch, fraction in
        bar.update(fraction: fraction, label: "epoch \(epoch) of \(epochs)")
      },
      report: { bar.note(line($0)) })
  } catch {
    throw failure(error, run.request, file)
  }
}

/// What is said of an epoch.
private func line(_ epoch: Trainer.Epoch) -> String {
  "epoch \(epoch.number): loss \(NumberText.fixed(Double(epoch.training.loss), decimals: 4)), "
    + "validation \(NumberText.percent(epoch.validation.accuracy))"
    + (epoch.isKept ? " (kept)" : "")
}

/// Why there is no image, and what becomes of the checkpoint.
private func failure(
  _ error: TrainingRunError, _ request: TrainingRequest, _ file: CheckpointFile
) -> Failure {
  if case .checkpoint(let error) = error { return file.failure(error) }
  if case .training(.stopped, _) = error {
    return Failure(
      Interruption.code,
      "stopped before the first epoch was done; no image was written" + file.advice)
  }
  if case .training(.learnedNothing, _) = error, Interruption.hasCome {
    return Failure(
      Interruption.code,
      "stopped before anything was learned; no image was written" + file.advice)
  }
  if case .quantization(let error) = error, !request.isTraining, let name = request.imported?.file {
    return Failure(
      .data, "\(name): has no Int8 form: \(error.explanation); give a network of smaller weights")
  }
  // The same would come of going on with it.
  if case .training = error { file.remove() }
  return Failure(error)
}

extension Failure {
  /// What is wrong with the digits; a folder that is none may be a word with a slip in it.
  fileprivate init(_ error: DigitsError, _ settings: Settings) {
    let words = (settings.data ?? "").split(separator: ",").map(String.init)
    let isUnknown = error.kind == .notFound && words.contains(error.file)
    guard isUnknown, let word = suggestion(for: error.file, among: ["built-in"]) else {
      self.init(error)
      return
    }
    self.init(.noInput, "\(error.file): \(error.problem); did you mean \(word)?")
  }
}

extension Settings {
  /// The sides that the network may see.
  static let sides = InputSpec.sides.indices.map { InputSpec.sides[$0] }

  /// All files that are written.
  fileprivate func outputs(_ checkpoint: CheckpointFile) -> [NamedFile] {
    var files = [NamedFile("--output", output), NamedFile("--sample", sample)]
    if let report { files.append(NamedFile("--report", report)) }
    if checkpoint.every > 0 || resume {
      files.append(NamedFile("--checkpoint", checkpoint.path))
    }
    return files
  }

  /// The training that the command line asks for.
  func request() throws(Failure) -> TrainingRequest {
    var request = TrainingRequest()
    request.data = .resolve(data)
    if request.data == .builtIn, classes != nil {
      throw Failure(.usage, "--classes picks from a data set; name one with --data")
    }
    if request.data == .builtIn, testData == nil, transpose {
      throw Failure(.usage, "--transpose is for a data set; name one with --data")
    }
    request.testData = testData
    request.classes = classes
    request.isTransposed = transpose
    request.activation = activation
    request.augmentation = augment
    request.learningRate = learningRate
    request.teacher = teacher
    request.plan.optimizer = optimizer
    request.plan.schedule = schedule
    if let batch { request.plan.batch = batch }
    // Distorted digits are new in every epoch and bear more of them.
    request.plan.epochs = epochs ?? (augment == .none ? 12 : 30)
    request.plan.seed = seed
    request.plan.threads = threads
    request.inputSpec = InputSpec(side: input ?? 28, deskew: deskew ?? true)
    request.hidden = hidden ?? 128
    return request
  }

  /// The best model shape that fits a chip and leaves alone what was asked for.
  fileprivate func chosenShape(for device: Profile, classes: Int) throws(Failure) -> ModelShape {
    let candidates = ModelShapeTable.bestFirst(
      classes: classes, activation: activation, deskew: deskew ?? true
    )
    .filter {
      (input == nil || $0.inputSpec.side == input) && (hidden == nil || $0.hidden == hidden)
    }
    var wanted = candidates
    if let hidden {
      for side in Settings.sides where input == nil || side == input {
        wanted.append(
          ModelShape(
            inputSpec: InputSpec(side: side, deskew: deskew ?? true), hidden: hidden,
            classes: classes,
            activation: activation))
      }
    }
    if let fitting = wanted.first(where: { MemoryBudget($0, core: device.core).fits(device) }) {
      return fitting
    }
    guard let smallest = wanted.last else { preconditionFailure("every side is in the table") }
    let budget = MemoryBudget(smallest, core: device.core)
    throw Failure(
      .usage,
      "\(device.title) has \(device.flashBytes) bytes of flash and \(device.ramBytes) of RAM; "
        + "\(smallest.hidden) hidden units on \(smallest.inputSpec.side)x\(smallest.inputSpec.side) "
        + "need \(budget.flashBytes) and \(budget.ramBytes); ask for less, or leave --hidden and "
        + "--input out")
  }
}

extension TrainingRequest {
  /// The files that digits are read from.
  fileprivate var inputs: [NamedFile] {
    let named = [("--data", data.path), ("--test-data", testData)]
    let digits = named.flatMap { role, path in
      path.map { DataSet.files(at: $0).map { NamedFile(role, $0) } } ?? []
    }
    return digits + (imported.map { [NamedFile("--import", $0.file)] } ?? [])
  }
}
