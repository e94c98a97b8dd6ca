import CommandLineSupport
import Device
import Int8Runtime

/// What each step of reading a picture takes, for people and for programs.
struct PictureProfile {
  /// A step and what was counted of it.
  private struct Row: Encodable {
    let stage: String
    let estimated: Int
    let counted: Int?
    let cycles: Int
    let flashBytes: Int
    let ramBytes: Int

    private enum CodingKeys: String, CodingKey {
      case stage, estimated, counted, cycles
      case flashBytes = "flash_bytes"
      case ramBytes = "ram_bytes"
    }
  }

  private let rows: [Row]
  private let chip: Profile

  /// - Parameters:
  ///   - counted: instructions of each step, where the firmware counted them.
  init(_ ink: InkCounts, _ device: SimulatedDevice, counted: [ProfiledStep: Int]?) {
    chip = device.profile
    let model = CycleModel(device.profile.core)
    let waitStates = device.profile.flashWaitStates
    rows = InstructionCost.of(device.profile.core).profile(ink, device.shape).map { step in
      let count = counted?[step.step]
      return Row(
        stage: step.step.rawValue, estimated: step.estimated, counted: count,
        cycles: model.cycles(
          of: step.step, instructions: count ?? step.estimated, flashBytes: step.flashBytes,
          waitStates: waitStates),
        flashBytes: step.flashBytes, ramBytes: step.ramBytes)
    }
  }

  /// A table, and what its cycles assume.
  var text: String {
    let isCounted = rows.allSatisfy { $0.counted != nil }
    var table = Table(
      ["step", "estimated"] + (isCounted ? ["counted"] : []) + [
        "cycles", "µs", "flash read", "RAM used",
      ], [.left])
    table.append(["find ink", "(host)"] + Array(repeating: "", count: isCounted ? 5 : 4))
    for row in rows { table.append(cells(row, isCounted)) }
    let all = Row(
      stage: "together", estimated: rows.reduce(0) { $0 + $1.estimated },
      counted: isCounted ? rows.reduce(0) { $0 + ($1.counted ?? 0) } : nil,
      cycles: rows.reduce(0) { $0 + $1.cycles }, flashBytes: rows.reduce(0) { $0 + $1.flashBytes },
      ramBytes: 0)
    table.append(cells(all, isCounted).dropLast() + [""])
    return table.text + """
      Cycles: \(CycleModel(chip.core).timing); a taken branch and a load of the model wait \
      \(chip.flashWaitStates) more for flash, \(chip.clockHertz / 1_000_000) MHz.

      """
  }

  private func cells(_ row: Row, _ isCounted: Bool) -> [String] {
    let seconds = Double(row.cycles) / Double(chip.clockHertz)
    return [row.stage, NumberText.count(row.estimated)]
      + (isCounted ? [NumberText.count(row.counted ?? 0)] : []) + [
        NumberText.count(row.cycles), NumberText.fixed(seconds * 1e6, decimals: 0),
        NumberText.count(row.flashBytes), NumberText.count(row.ramBytes),
      ]
  }
}

extension PictureProfile: Encodable {
  /// An array, a step each.
  func encode(to encoder: any Encoder) throws {
    var array = encoder.unkeyedContainer()
    for row in rows { try array.encode(row) }
  }
}
