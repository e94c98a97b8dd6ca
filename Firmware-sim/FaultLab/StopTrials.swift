import Device
import Int8Runtime
import SIMDMath

/// Stops the processor between any two steps of a classification: power fails, or the program hangs.
package struct StopTrials: Sendable {
  /// What stops it.
  package enum Stop: Sendable {
    /// Power fails; RAM holds anything when it is back.
    case brownOut
    /// The program goes in circles until the watchdog bites.
    case hang
  }

  /// What came of it at every step.
  package struct Tally: Sendable, Equatable {
    /// Steps at which it was stopped.
    package var stops = 0
    /// Digits said although it was stopped.
    package var answers = 0
    /// Started again with a sound image and a self-test passed.
    package var restarted = 0
    /// Read the picture, sent again, with the same logits as ever.
    package var same = 0
    /// The most instructions from the stop to the start.
    package var instructions = 0
  }

  private let image: [UInt8]
  private let chip: Profile

  /// Trials with an image that opens, on a chip.
  package init(_ image: [UInt8], on chip: Profile) {
    self.image = image
    self.chip = chip
  }

  /// How many steps reading a picture takes with these countermeasures.
  package func steps(_ countermeasures: Countermeasures, picture: [UInt8]) throws(DeviceError)
    -> Int
  {
    do {
      var bench = unsafe TrialBench(image: try ModelImage(image.span.bytes), chip)
      let (_, injector) = bench.read(picture, 0, countermeasures, fault: nil)
      return countermeasures.passes * (3 + 2 * injector.lists + bench.logits.count)
    } catch { throw .image(error) }
  }

  /// Stops at every step of reading a picture, or at one of them.
  package func run(
    _ stop: Stop, _ countermeasures: Countermeasures, picture: [UInt8], only step: Int? = nil,
    seed: UInt64 = 0
  ) throws(DeviceError) -> Tally {
    let steps = try steps(countermeasures, picture: picture)
    var random = Random(seed: seed, stream: 0x5354_4F50)
    var tally = Tally()
    do {
      var bench = unsafe TrialBench(image: try ModelImage(image.span.bytes), chip)
      let expected = bench.read(picture, 0, countermeasures, fault: nil).answer.index
      let logits = bench.logits
      for turn in step.map({ $0..<$0 + 1 }) ?? 0..<steps {
        tally.stops += 1
        let ending: FaultInjector.Ending = stop == .brownOut ? .powerLost : .hung
        let stopped = bench.read(picture, 0, countermeasures, fault: nil, stop: (turn, ending))
        if stopped.answer.index != nil { tally.answers += 1 }
        let limit = 2 * bench.worst(countermeasures)
        if stop == .hang { tally.instructions = max(tally.instructions, limit) }
        bench.loseMemory(&random)
        if try bench.boots() { tally.restarted += 1 }
        let again = bench.read(picture, 0, countermeasures, fault: nil).answer.index
        if again != nil && again == expected && bench.logits == logits { tally.same += 1 }
      }
    } catch { throw .image(error) }
    return tally
  }
}
