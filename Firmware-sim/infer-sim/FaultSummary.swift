import Device
import FaultLab

/// The fault report for programs.
struct FaultSummary: Encodable {
  private struct Flash: Encodable { let damage: String, tried: Int, refused: Int }
  private struct Rot: Encodable {
    let flips: Int, accuracy: Double, worst: Double, found: Int, trials: Int
    let inferences: Double
  }
  private struct Memory: Encodable {
    let countermeasures: String
    let faults: Int, wrong: Int, unsure: Int, hard_faults: Int, false_alarms: Int
    let instructions: Int, ram_bytes: Int
    let wrong_by_target: [String: Int]

    init(_ row: FaultReport.MemoryRow) {
      let tally = row.tally
      (countermeasures, faults, wrong) = (row.name, tally.faults, tally.wrong)
      (unsure, hard_faults, false_alarms) = (tally.unsure, tally.hardFaults, tally.falseAlarms)
      (instructions, ram_bytes) = (row.cost.instructions, row.cost.ramBytes)
      wrong_by_target = Dictionary(
        uniqueKeysWithValues: tally.wrongByTarget.map { ($0.key.rawValue, $0.value) })
    }
  }
  private struct Frames: Encodable {
    let damage: String, sent: Int, wrong: Int, twice: Int, named: Int, recovered: Int
  }
  private struct Stop: Encodable {
    let steps: Int, answers: Int, restarted: Int, same: Int

    init(_ tally: StopTrials.Tally) {
      (steps, answers, restarted, same) = (
        tally.stops, tally.answers, tally.restarted, tally.same
      )
    }
  }
  private struct Power: Encodable {
    let writes: Int, cuts: Int, old: Int, new: Int, neither: Int, stranded: Int
  }

  private let pictures: Int
  private let flash: [Flash]
  private let rot: [Rot]
  private let memory: [Memory]
  private let bursts: [Memory]
  private let frames: [Frames]
  private let stops: [String: Stop]
  private let power: Power

  init(_ report: FaultReport) {
    pictures = report.pictures
    flash = report.flash.map {
      Flash(damage: $0.name, tried: $0.tally.tried, refused: $0.tally.refused)
    }
    rot = report.rot.map {
      Rot(
        flips: $0.flips, accuracy: $0.accuracy, worst: $0.worst, found: $0.found,
        trials: $0.trials, inferences: $0.meanInferences)
    }
    memory = report.memory.map(Memory.init)
    bursts = report.bursts.map(Memory.init)
    frames = report.frames.map {
      Frames(
        damage: $0.damage.rawValue, sent: $0.tally.sent, wrong: $0.tally.wrong,
        twice: $0.tally.twice, named: $0.tally.named, recovered: $0.tally.recovered)
    }
    stops = ["brown-out": Stop(report.brownOut), "hang": Stop(report.hang)]
    let cut = report.power
    power = Power(
      writes: cut.writes, cuts: cut.cuts, old: cut.old, new: cut.new, neither: cut.neither,
      stranded: cut.stranded)
  }
}

/// The long run for programs.
struct LongRunSummary: Encodable {
  private let inferences: Int, lost: Int, unsure: Int, rounds: Int, drifted: Int
  private let fed: Int, missed: Int, scrubs: Int, damaged: Int
  private let memory: [Int]

  init(_ tally: LongRun.Tally) {
    (inferences, lost, unsure) = (tally.inferences, tally.lost, tally.unsure)
    (rounds, drifted) = (tally.rounds, tally.drifted)
    (fed, missed, scrubs, damaged) = (tally.fed, tally.bites, tally.scrubs, tally.damaged)
    memory = [tally.memory.first, tally.memory.last]
  }
}
