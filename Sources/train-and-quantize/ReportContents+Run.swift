import CommandLineSupport
import Device
import Int8Runtime
import Pipeline
import Quantizer
import ReportPage

extension ReportContents {
  /// What a training run came to, for the page that `--report` writes.
  init(_ run: TrainingRun, _ outcome: TrainingRun.Outcome) {
    self.init()
    let request = run.request
    let shape = ModelShape(
      inputSpec: request.inputSpec, hidden: request.hidden, classes: run.classNames.count,
      activation: request.activation)
    classNames = run.classNames
    title = "\(shape.inputSpec.inputs)-\(shape.hidden)-\(shape.classes) on \(run.dataset)"
    facts = ReportContents.facts(request, run, outcome)
    epochs = outcome.epochs.map { epoch in
      Epoch(
        number: epoch.number,
        loss: (Double(epoch.training.loss), Double(epoch.validation.loss)),
        error: (1 - epoch.training.accuracy, 1 - epoch.validation.accuracy), isKept: epoch.isKept)
    }
    confusion = outcome.comparison.confusion
    readWrong(outcome)
    units = ReportContents.units(outcome)
    comparison = ReportContents.comparison(shape, outcome)
    coverage = outcome.coverage.rows.map { row in
      Coverage(
        confidence: Double(row.confidence),
        answered: Double(row.answered) / Double(max(1, outcome.coverage.count)),
        wrong: row.wrong, error: row.error,
        isLimit: row.confidence > 0 && row.confidence == outcome.coverage.unsureBelow)
    }
    devices = Profile.all.map { chip in
      let budget = MemoryBudget(shape, imageBytes: outcome.image.count, core: chip.core)
      return Device(
        title: chip.title, core: chip.core.displayName,
        flash: (budget.flashBytes, chip.flashBytes), ram: (budget.ramBytes, chip.ramBytes))
    }
  }

  /// The most mistakes whose pictures are shown.
  private static let shownMistakes = 240

  private static func facts(
    _ request: TrainingRequest, _ run: TrainingRun, _ outcome: TrainingRun.Outcome
  ) -> [(name: String, value: String)] {
    let comparison = outcome.comparison
    let count = Double(max(1, comparison.count))
    return [
      ("Int8, test pictures", NumberText.percent(Double(comparison.int8Correct) / count)),
      ("Float, test pictures", NumberText.percent(Double(comparison.floatCorrect) / count)),
      ("Predictions changed", NumberText.count(comparison.changed)),
      ("Pictures an epoch", NumberText.count(run.trainCount)),
      ("Validation pictures", NumberText.count(run.validationCount)),
      ("Test pictures", "\(NumberText.count(comparison.count)) of \(run.testName)"),
      ("Deskewed", request.inputSpec.deskew ? "yes" : "no"),
      ("Recipe", request.summary),
      ("Seed", "\(request.plan.seed)"),
      ("Training time", NumberText.fixed(outcome.seconds, decimals: 1) + " s"),
      ("Pictures per second", NumberText.count(Int(outcome.samplesPerSecond))),
      ("Model image", NumberText.bytes(outcome.image.count)),
    ]
  }

  private mutating func readWrong(_ outcome: TrainingRun.Outcome) {
    let comparison = outcome.comparison
    digits = Array(repeating: Digit(), count: outcome.network.classes)
    for (index, label) in comparison.labels.enumerated() {
      let written = Int(label)
      let float = Int(comparison.floatPredictions[index])
      let int8 = Int(comparison.predictions[index])
      digits[written].count += 1
      digits[written].floatWrong += float == written ? 0 : 1
      digits[written].int8Wrong += int8 == written ? 0 : 1
      guard float != written || int8 != written else { continue }
      let confidence = outcome.coverage.confidences[index]
      let pixels = outcome.test.pixels[index * pictureBytes..<(index + 1) * pictureBytes]
      mistakes.append(
        Mistake(
          pixels: Array(pixels), written: written, float: float, int8: int8,
          confidence: Double(confidence), isUnsure: !(confidence >= outcome.coverage.unsureBelow)))
    }
    mistakes.sort { $0.confidence > $1.confidence }
    mistakesLeftOut = max(0, mistakes.count - ReportContents.shownMistakes)
    mistakes.removeLast(mistakesLeftOut)
  }

  private static func units(_ outcome: TrainingRun.Outcome) -> [HiddenUnit] {
    let network = outcome.network
    return (0..<network.hidden).map { unit in
      let votes = (0..<network.classes).map { network[unit: unit, class: $0] }
      let digit = votes.indices.reduce(0) { votes[$1] > votes[$0] ? $1 : $0 }
      return HiddenUnit(
        weights: (0..<network.inputs).map { network[input: $0, unit: unit] }, digit: digit)
    }
  }

  private static func comparison(
    _ shape: ModelShape, _ outcome: TrainingRun.Outcome
  ) -> [(name: String, float: String, int8: String)] {
    let result = outcome.comparison
    let count = Double(max(1, result.count))
    let parameters = (outcome.network.inputs + shape.classes + 1) * shape.hidden + shape.classes
    let saturated = Double(result.hiddenSaturated) / (count * Double(shape.hidden))
    func wrong(_ correct: Int) -> String { NumberText.count(result.count - correct) }
    return [
      (
        "Read right", NumberText.percent(Double(result.floatCorrect) / count),
        NumberText.percent(Double(result.int8Correct) / count)
      ),
      ("Read wrong", wrong(result.floatCorrect), wrong(result.int8Correct)),
      ("Predictions changed", "", NumberText.count(result.changed)),
      ("Hidden activations saturated", "", NumberText.percent(saturated)),
      (
        "Weights and biases", NumberText.bytes(4 * parameters),
        NumberText.bytes(shape.parameterBytes)
      ),
    ]
  }
}
