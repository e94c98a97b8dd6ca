import CommandLineSupport
import Device
import FaultLab
import Int8Runtime

extension FaultReport {
  /// The tables that people read.
  func text(_ chip: Profile) -> String {
    [
      flashTable, rotTable, memoryTable("SRAM, one bit", memory),
      memoryTable("SRAM, eight bits", bursts), targetTable, codeTable, frameTable, stopTable(chip),
      powerText,
    ].joined(separator: "\n")
  }

  private var flashTable: String {
    var table = Table(
      ["flash damaged before boot", "images", "refused", "rate"], [.left])
    for (name, tally) in flash {
      table.append([
        name, NumberText.count(tally.tried), NumberText.count(tally.refused),
        NumberText.percent(fraction(tally.refused, tally.tried)),
      ])
    }
    return table.text
  }

  private var rotTable: String {
    var table = Table([
      "bits flipped after boot", "accuracy, unguarded", "worst of 10", "found by scrubber",
      "inferences until then", "most",
    ])
    for row in rot {
      table.append([
        NumberText.count(row.flips), NumberText.percent(row.accuracy),
        NumberText.percent(row.worst), "\(row.found) of \(row.trials)",
        row.found == 0 ? "-" : NumberText.fixed(row.meanInferences, decimals: 1),
        row.found == 0 ? "-" : "\(row.mostInferences)",
      ])
    }
    return table.text
  }

  private func memoryTable(_ title: String, _ rows: [MemoryRow]) -> String {
    var table = Table(
      [
        title, "faults", "wrong, unsaid", "of none's", "unsure", "hard fault",
        "instructions to detection", "false alarms", "instructions", "RAM",
      ], [.left])
    for row in rows {
      let tally = row.tally
      let share =
        NumberText.fixed(100 * fraction(tally.wrong, rows[0].tally.wrong), decimals: 3) + " %"
      let added = NumberText.count(row.cost.instructions)
      let percent = NumberText.fixed(
        100 * fraction(row.cost.instructions, classification), decimals: 0)
      table.append([
        row.name, NumberText.count(tally.faults), NumberText.count(tally.wrong), share,
        NumberText.count(tally.unsure), NumberText.count(tally.hardFaults),
        NumberText.count(tally.detectionInstructions / max(1, tally.unsure)),
        "\(tally.falseAlarms)", "+\(added) (\(percent) %)", "+\(row.cost.ramBytes) B",
      ])
    }
    return table.text
  }

  /// Where the wrong answers come from.
  private var targetTable: String {
    var table = Table(
      ["wrong, unsaid, by target"] + memory.map(\.name), [.left])
    for target in MemoryTarget.allCases {
      table.append(
        [target.rawValue]
          + memory.map { NumberText.count($0.tally.wrongByTarget[target, default: 0]) })
    }
    return table.text
  }

  private var codeTable: String {
    var table = Table(["code of the countermeasures, Cortex-M4", "bytes"], [.left])
    for (name, bytes) in CountermeasureCost.code { table.append([name, NumberText.count(bytes)]) }
    return table.text
  }

  private var frameTable: String {
    var table = Table(
      [
        "frames", "sent", "wrong picture taken", "taken twice", "named", "after (us)",
        "next one taken",
      ], [.left])
    for (damage, tally) in frames {
      table.append([
        damage.rawValue, NumberText.count(tally.sent), "\(tally.wrong)", "\(tally.twice)",
        NumberText.count(tally.named), NumberText.count(tally.microseconds),
        NumberText.count(tally.recovered),
      ])
    }
    return table.text
  }

  private func stopTable(_ chip: Profile) -> String {
    var table = Table(
      ["stopped at every step", "steps", "answers", "started again", "same answer then", "after"],
      [.left])
    for (name, tally) in [("brown-out", brownOut), ("hang", hang)] {
      let cycles = Double(tally.instructions) * Reading.cyclesPerInstruction
      let time = NumberText.fixed(1000 * cycles / Double(chip.clockHertz), decimals: 1)
      table.append([
        name, "\(tally.stops)", "\(tally.answers)", "\(tally.restarted)", "\(tally.same)",
        tally.instructions == 0 ? "power is back" : "\(time) ms (watchdog)",
      ])
    }
    return table.text
  }

  private var powerText: String {
    """
    Power cut at \(NumberText.count(power.cuts)) points of an update of \
    \(NumberText.count(power.writes)) writes: the old image booted \
    \(NumberText.count(power.old)) times, the new one \(NumberText.count(power.new)), neither \
    \(power.neither); the update could not be made afterwards \(power.stranded) times.

    """
  }
}

extension LongRun.Tally {
  /// Whether nothing was lost, withheld, late or different.
  var isFaultless: Bool {
    lost == 0 && unsure == 0 && drifted == 0 && bites == 0 && damaged == 0 && fed == inferences
  }

  /// What people read.
  var text: String {
    """
    \(NumberText.count(inferences)) inferences: \(lost) frames lost, \(unsure) unsure; \
    \(NumberText.count(rounds)) rounds, \(drifted) with other logits than the first; \
    the watchdog fed \(NumberText.count(fed)) times, missed \(bites); \
    \(NumberText.count(scrubs)) flash scrubs, \(damaged) found damage; \
    peak memory \(NumberText.count(memory.first)) bytes after the first round, \
    \(NumberText.count(memory.last)) at the end.

    """
  }
}

func fraction(_ part: Int, _ whole: Int) -> Double { Double(part) / Double(max(1, whole)) }
