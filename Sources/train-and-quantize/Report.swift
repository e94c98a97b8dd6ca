import CommandLineSupport
import Device
import Int8Runtime
import Pipeline
import Quantizer

/// What a training run came to, for people and for programs.
struct Report {
  private let settings: Settings
  private let outcome: TrainingRun.Outcome
  private let budget: MemoryBudget
  private let classNames: [String]
  /// The object that `--json` prints.
  let summary: Summary

  init(
    _ settings: Settings, _ run: TrainingRun, _ outcome: TrainingRun.Outcome
  ) {
    let request = run.request
    self.settings = settings
    self.outcome = outcome
    let shape = ModelShape(
      inputSpec: request.inputSpec, hidden: request.hidden, classes: run.classNames.count,
      activation: request.activation)
    classNames = run.classNames
    budget = MemoryBudget(
      shape, imageBytes: outcome.image.count, core: (settings.device ?? .default).core)
    let comparison = outcome.comparison
    let count = Double(comparison.count)
    summary = Summary(
      dataset: run.dataset, train_count: run.trainCount, test_count: comparison.count,
      inputs: request.inputSpec.inputs, hidden: request.hidden, classes: run.classNames.count,
      class_names: run.classNames,
      epochs: outcome.epochCount,
      seed: request.plan.seed, threads: request.plan.threads,
      float_accuracy: Double(comparison.floatCorrect) / count,
      int8_accuracy: Double(comparison.int8Correct) / count,
      changed_predictions: comparison.changed, train_seconds: outcome.seconds,
      samples_per_second: outcome.samplesPerSecond,
      samples_per_cpu_second: outcome.samplesPerCPUSecond,
      flash_bytes: budget.flashBytes, ram_bytes: budget.ramBytes,
      changed_by_rounding: outcome.changedByRounding)
  }

  /// The keys and values that programs read.
  struct Summary: Encodable {
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let dataset: String, train_count: Int, test_count: Int
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let inputs: Int, hidden: Int, classes: Int, class_names: [String], epochs: Int, seed: UInt64,
      threads: Int
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let float_accuracy: Double, int8_accuracy: Double, changed_predictions: Int
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let train_seconds: Double, samples_per_second: Double, samples_per_cpu_second: Double
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let flash_bytes: Int, ram_bytes: Int
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let changed_by_rounding: Int?
  }

  /// The report that people read.
  var text: String {
    confusion + "\n" + perClass + "\n" + coverage + "\n" + totals
  }

  private var totals: String {
    let comparison = outcome.comparison
    let hidden = comparison.count * summary.hidden
    let saturated = Double(comparison.hiddenSaturated) / Double(max(1, hidden))
    return """
      float  \(NumberText.percent(summary.float_accuracy)) of \
      \(NumberText.count(comparison.count)) test pictures
      int8   \(NumberText.percent(summary.int8_accuracy)), \(comparison.changed) predictions changed
      Saturated: \(NumberText.percent(saturated)) of hidden activations; logits never (proven).
      \(origin)
      Flash \(NumberText.count(budget.flashBytes)) bytes (model \
      \(NumberText.count(budget.imageBytes))), RAM \(NumberText.count(budget.ramBytes)) bytes \
      (arena \(NumberText.count(budget.arenaBytes))).
      Wrote \(settings.output.escapingControls()) and \(settings.sample.escapingControls()). Next: \
      swift run infer-sim \(settings.sample.escapingControls())

      """
  }

  /// Where the network comes from.
  private var origin: String {
    if outcome.samples == 0, let file = settings.importFile {
      let name = file.escapingControls()
      guard let changed = outcome.changedByRounding else { return "Imported from \(name)." }
      return
        "Imported from \(name); its output layer, rounded to one scale for all classes, answers "
        + "\(NumberText.count(changed)) test pictures otherwise."
    }
    return "Trained in \(NumberText.fixed(summary.train_seconds, decimals: 1)) s, "
      + "\(NumberText.count(Int(summary.samples_per_second))) pictures/s on "
      + "\(summary.threads) thread\(summary.threads == 1 ? "" : "s")."
  }

  /// More classes than this make a table too wide to read.
  private static let widest = 16

  /// A row for each class written, a column for each answered; of many classes the commonest mistakes.
  private var confusion: String {
    if classNames.count > Report.widest { return commonMistakes }
    var table = Table(["written \\ read"] + classNames)
    for (name, row) in zip(classNames, outcome.comparison.confusion) {
      table.append([name] + row.map { $0 == 0 ? "." : NumberText.count($0) })
    }
    return table.text
  }

  private var commonMistakes: String {
    let mistakes = outcome.comparison.confusion.enumerated().flatMap { written, row in
      row.enumerated().filter { $0.offset != written && $0.element > 0 }.map {
        (written: classNames[written], read: classNames[$0.offset], count: $0.element)
      }
    }
    var table = Table(["written", "read", "times"])
    for mistake in mistakes.sorted(by: { $0.count > $1.count }).prefix(20) {
      table.append([mistake.written, mistake.read, NumberText.count(mistake.count)])
    }
    return table.text
  }

  /// How many digits are answered at a confidence, and how many of the answers are wrong.
  private var coverage: String {
    var table = Table(["confidence", "answered", "wrong", "error"])
    for row in outcome.coverage.rows {
      let isLimit = row.confidence > 0 && row.confidence == outcome.coverage.unsureBelow
      table.append([
        NumberText.percent(Double(row.confidence)) + (isLimit ? " (sure)" : ""),
        NumberText.percent(Double(row.answered) / Double(max(1, outcome.coverage.count))),
        NumberText.count(row.wrong), NumberText.percent(row.error),
      ])
    }
    return table.text
  }

  private var perClass: String {
    var table = Table(["class", "count", "read right"])
    for (index, row) in outcome.comparison.confusion.enumerated() {
      let count = row.reduce(0, +)
      let share = count == 0 ? 0 : Double(row[index]) / Double(count)
      table.append([classNames[index], NumberText.count(count), NumberText.percent(share)])
    }
    return table.text
  }
}
