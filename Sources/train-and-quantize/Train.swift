import Console
import Device
import Digits
import Int8Runtime
import Network
import Quantizer
import Recipe
import ReportPage

/// Trains, quantizes, writes the flash image and the sample, and reports.
func train(_ settings: Settings) throws(Failure) {
  let request = try settings.request()
  let geometry = Geometry(
    contract: request.contract, hidden: request.hidden, activation: request.activation)
  // What cannot be written should show before the work, not after it.
  try AtomicFile.check(settings.output, bytes: FlashLayout(geometry).total)
  try AtomicFile.check(settings.sample, bytes: 1024)
  let file = CheckpointFile(settings)
  try file.prepare(request, settings)
  // Of the page only the weights' picture grows with the network; base64 takes a third more.
  if let page = settings.report {
    try AtomicFile.check(page, bytes: 600_000 + request.hidden * 784 * 4 / 3)
  }
  let run: TrainingRun
  do { run = try TrainingRun(request) } catch { throw Failure(error) }
  let resumed = settings.resume ? try file.load(for: run) : nil
  if !settings.json { try announce(run, request) }
  let outcome = try perform(run, request, settings, file, resumed)
  try AtomicFile.write(outcome.image, to: settings.output)
  try AtomicFile.write(PGM.encode(outcome.sample), to: settings.sample)
  if !outcome.wasStopped { file.remove() }
  if let page = settings.report {
    let contents = ReportContents(request, run, outcome)
    try AtomicFile.write(Array(ReportPage(contents).html.utf8), to: page)
  }
  let report = Report(settings, request, run, outcome)
  if settings.json {
    try JSONOutput.print(report.summary)
  } else {
    try StandardStream.output.write(report.text)
  }
  if outcome.wasStopped {
    throw Failure(
      Interruption.code,
      "stopped after \(outcome.epochCount) epochs; \(settings.output) has the best of them"
        + file.advice)
  }
}

private func announce(_ run: TrainingRun, _ request: TrainingRequest) throws(Failure) {
  let contract = request.contract
  try StandardStream.output.write(
    """
    Training on \(run.dataset): \(NumberText.count(run.trainCount)) digits, \
    \(NumberText.count(run.validationCount)) held out for validation, tested on \
    \(NumberText.count(run.testCount)) of \(run.testName).
    Network: \(contract.inputs) inputs (\(contract.side)x\(contract.side)\
    \(contract.deskew ? ", set upright" : "")), \(request.hidden) hidden units, 10 classes.

    """)
}

private func perform(
  _ run: TrainingRun, _ request: TrainingRequest, _ settings: Settings, _ file: CheckpointFile,
  _ resumed: Checkpoint?
) throws(Failure) -> TrainingRun.Outcome {
  let bar = ProgressBar(quiet: settings.quiet)
  defer { bar.finish() }
  let epochs = request.plan.epochs
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
      report: { epoch in
        bar.note(
          "epoch \(epoch.number): loss \(NumberText.fixed(Double(epoch.training.loss), decimals: 4)), "
            + "validation \(NumberText.percent(epoch.validation.accuracy))"
            + (epoch.isKept ? " (kept)" : ""))
      })
  } catch {
    if case .checkpoint(let error) = error { throw file.failure(error) }
    if case .training(.stopped, _) = error {
      throw Failure(
        Interruption.code,
        "stopped before the first epoch was done; nothing was written" + file.advice)
    }
    throw Failure(error)
  }
}

extension Settings {
  /// The training that the command line asks for.
  func request() throws(Failure) -> TrainingRequest {
    var request = TrainingRequest()
    request.data = .resolve(data)
    request.testFolder = testData
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
    request.contract = InputContract(side: input ?? 28, deskew: deskew)
    request.hidden = hidden ?? 128
    if let device {
      let geometry = try chosenGeometry(for: device)
      request.contract = geometry.contract
      request.hidden = geometry.hidden
    }
    return request
  }

  /// The best geometry that fits a chip and leaves alone what was asked for.
  private func chosenGeometry(for device: Profile) throws(Failure) -> Geometry {
    let candidates = GeometryTable.bestFirst(activation: activation, deskew: deskew).filter {
      (input == nil || $0.contract.side == input) && (hidden == nil || $0.hidden == hidden)
    }
    var wanted = candidates
    if let hidden {
      for side in [28, 14, 12, 10] where input == nil || side == input {
        wanted.append(
          Geometry(
            contract: InputContract(side: side, deskew: deskew), hidden: hidden,
            activation: activation))
      }
    }
    if let fitting = wanted.first(where: { MemoryBudget($0, core: device.core).fits(device) }) {
      return fitting
    }
    guard let smallest = wanted.last else { throw Failure(.usage, "--device: no geometry") }
    let budget = MemoryBudget(smallest, core: device.core)
    throw Failure(
      .usage,
      "\(device.title) has \(device.flashBytes) bytes of flash and \(device.ramBytes) of RAM; "
        + "\(smallest.hidden) hidden units on \(smallest.contract.side)x\(smallest.contract.side) "
        + "need \(budget.flashBytes) and \(budget.ramBytes); ask for less, or leave --hidden and "
        + "--input out")
  }
}

extension Failure {
  /// Why training gave no flash image.
  init(_ error: TrainingRunError) {
    switch error {
    case .training(.diverged(let epoch, _), let rate):
      self.init(
        .data,
        "training diverged in epoch \(epoch): the loss grew out of bounds; nothing was written; "
          + "try --learning-rate \(rate / 10)")
    case .training(.learnedNothing, let rate):
      self.init(
        .data,
        "training learned nothing: the best epoch reads no more than a fifth right; nothing was "
          + "written; try --learning-rate \(rate / 10), or more --epochs")
    case .training(.stopped, _):
      self.init(Interruption.code, "stopped before the first epoch was done; nothing was written")
    case .checkpoint(let error):
      self.init(.data, "the checkpoint cannot be gone on from (\(error))")
    case .quantization(let error):
      self.init(.data, "the network has no Int8 form (\(error)); try a lower --learning-rate")
    }
  }
}
