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
  /// What a serial line was like.
  private var line: String?
  /// One for each picture.
  var results: [PictureResult] = []
  /// What the data set came to.
  var dataset: DatasetResult?

  /// - Parameter serial: the node that reads the pictures, if one does.
  init(_ device: SimulatedDevice, _ engine: Engine, _ serial: SerialEngine? = nil) {
    self.engine = engine
    self.device = serial?.path ?? device.profile.name
    core = serial == nil ? device.profile.core.displayName : "node"
    title = serial.map { "Node at \($0.path)" } ?? device.profile.title
    budget = device.budget
    clock = serial?.identity.ticksPerSecond ?? device.profile.clockHertz
  }

  /// Takes down what the line was like.
  mutating func finish(_ serial: SerialEngine?) {
    guard let serial, hasReadings else { return }
    line = serial.summary(ticks: meanInstructions, digits: readings)
  }

  private var readings: Int { results.count { $0.answer != nil } + (dataset?.count ?? 0) }

  private var meanInstructions: Double {
    let answers = results.compactMap(\.answer)
    let total = answers.reduce(0) { $0 + $1.instructions } + (dataset?.instructions ?? 0)
    return Double(total) / Double(max(1, readings))
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
    let mean = meanInstructions
    if let line { return lines + line }
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
