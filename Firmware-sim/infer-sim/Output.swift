import CommandLineSupport
import Device
import Int8Runtime

/// What the device read, for people and for programs.
struct Output: Encodable {
  private let device: String
  private let core: String
  private let title: String
  private let engine: Engine
  private let budget: MemoryBudget
  private let clock: Int
  /// One for each picture.
  var results: [PictureResult] = []
  /// What the data set came to.
  var dataset: DatasetResult?

  init(_ device: SimulatedDevice, _ engine: Engine) {
    self.engine = engine
    self.device = device.profile.name
    core = device.profile.core.displayName
    title = device.profile.title
    budget = device.budget
    clock = device.profile.clockHertz
  }

  private enum Key: String, CodingKey {
    case device, core, engine, results, count, accuracy
    case flashBytes = "flash_bytes"
    case ramBytes = "ram_bytes"
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(device, forKey: .device)
    try object.encode(core, forKey: .core)
    try object.encode(engine.rawValue, forKey: .engine)
    try object.encode(budget.flashBytes, forKey: .flashBytes)
    try object.encode(budget.ramBytes, forKey: .ramBytes)
    try object.encode(results, forKey: .results)
    if let dataset {
      try object.encode(dataset.count, forKey: .count)
      try object.encode(dataset.accuracy, forKey: .accuracy)
    }
  }

  /// Whether there is anything to report on.
  var hasReadings: Bool { dataset != nil || results.contains { $0.answer != nil } }

  /// The report that people read, below the pictures.
  func text(image: String) -> String {
    var lines = ""
    if let dataset {
      lines += "\(NumberText.count(dataset.correct)) of \(NumberText.count(dataset.count)) "
      lines += "pictures read right: \(NumberText.percent(dataset.accuracy)).\n"
    }
    let answers = results.compactMap(\.answer)
    let readings = answers.count + (dataset?.count ?? 0)
    let total = answers.reduce(0) { $0 + $1.instructions } + (dataset?.instructions ?? 0)
    let mean = Double(total) / Double(max(1, readings))
    let seconds = mean * Reading.cyclesPerInstruction / Double(clock)
    lines += """
      \(title), \(image.escapingControls()): flash \(NumberText.count(budget.flashBytes)) bytes \
      (model \(NumberText.count(budget.imageBytes))), RAM \(NumberText.count(budget.ramBytes)) \
      (arena \(NumberText.count(budget.arenaBytes)), stack \(NumberText.count(budget.stackBytes))).
      \(engine == .sim ? "Estimated" : "Measured under QEMU"): \(NumberText.count(Int(mean))) instructions a \
      picture, \
      \(NumberText.fixed(seconds * 1000, decimals: 2)) ms at \(clock / 1_000_000) MHz if an \
      instruction takes \(Reading.cyclesPerInstruction) cycles.

      """
    return lines
  }
}

/// What a data set came to.
struct DatasetResult {
  let count: Int
  var correct = 0
  var instructions = 0
  var accuracy: Double { Double(correct) / Double(max(1, count)) }

  init(count: Int) { self.count = count }
}
