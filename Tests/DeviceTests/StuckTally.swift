import Device
import FaultLab
import Int8Runtime
import SIMDMath

/// What a row of stuck cells came to.
struct StuckTally {
  /// How many cells.
  var cells = 0
  /// Those with which the self-test digit gives other logits: found at boot.
  var foundAtBoot = 0
  /// Those not found at boot with which some picture is read as another digit without a warning.
  var wrong = 0
  /// Those not found at boot on which a check failed with some picture, and none was read wrong.
  var detected = 0
  /// The rest: no picture showed them.
  var harmless: Int { cells - foundAtBoot - wrong - detected }

  /// Cells number 0 ..< `count` of a seed, each with all pictures.
  init(
    _ trials: MemoryTrials, _ count: Int, _ countermeasures: Countermeasures, pictures: [UInt8],
    seed: UInt64
  ) throws(DeviceError) {
    let bits = 8 * ArenaLayout(trials.shape).total
    for index in 0..<count {
      var random = Random(seed: seed, stream: 0x5354_554B, index: UInt64(index))
      let fault = MemoryFault(cell: random.below(bits), stuckAt: random.below(2) == 1)
      cells += 1
      var answers: [FaultyAnswer] = []
      for start in stride(from: 0, to: pictures.count, by: pictureBytes) {
        let picture = Array(pictures[start..<start + pictureBytes])
        let result = try trials.one(stuck: fault, countermeasures, picture: picture)
        if result.atBoot {
          foundAtBoot += 1
          answers = []
          break
        }
        answers.append(result.answer)
      }
      if answers.contains(where: { if case .wrong = $0 { true } else { false } }) {
        wrong += 1
      } else if answers.contains(where: { $0 != .right }) {
        detected += 1
      }
    }
  }
}
