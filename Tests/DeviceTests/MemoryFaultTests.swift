import Device
import FaultLab
import Int8Runtime
import Network
import SIMDMath
import TestImages
import Testing

@Suite struct MemoryFaultTests {
  private let trials: MemoryTrials

  init() throws { trials = try MemoryTrials(try factoryImage(), on: .default) }

  private func run(_ count: Int, _ countermeasures: Countermeasures) throws -> MemoryTrials.Tally {
    try trials.run(
      MemoryTrials.Faults(count: count, seed: 11), countermeasures, pictures: handwriting.pixels)
  }

  @Test func `with all countermeasures, under a thousandth of the wrong answers remains`() throws {
    let unguarded = try run(20_000, .none)
    let guarded = try run(20_000, .all)
    #expect(unguarded.wrong > 500)
    #expect(Double(guarded.wrong) < 0.001 * Double(unguarded.wrong))
    #expect(guarded.unsure > 10_000)
  }

  @Test func `eight neighboring bits at once fare no better`() throws {
    let faults = MemoryTrials.Faults(count: 5_000, seed: 13, bits: 8)
    let tally = try trials.run(faults, .all, pictures: handwriting.pixels)
    #expect(tally.wrong == 0 && tally.unsure > 2_500)
  }

  @Test(arguments: FaultReport.Guard.all) func `no countermeasure makes things worse or cries wolf`(
    guarded: FaultReport.Guard
  ) throws {
    let tally = try run(2_000, guarded.countermeasures)
    #expect(tally.wrong <= (try run(2_000, .none).wrong))
    #expect(tally.falseAlarms == 0)
  }

  @Test(arguments: [
    (MemoryTarget.output, Countermeasures.tokens), (.next, .tokens), (.picture, .checksums),
    (.output, .duplicate), (.list, .duplicate), (.logits, .duplicate), (.sums, .duplicate),
    (.activations, .duplicate), (.pairs, .duplicate), (.features, .duplicate),
  ]) func `a countermeasure lets no wrong answer of its own kind of fault pass`(
    target: MemoryTarget, countermeasure: Countermeasures
  ) throws {
    let faults = MemoryTrials.Faults(count: 2_000, seed: 12, targets: [target])
    let tally = try trials.run(faults, countermeasure, pictures: handwriting.pixels)
    // The checksum is compared before the last moment at which a flip still matters.
    let missed = target == .picture ? tally.faults / 100 : 0
    #expect(tally.wrong <= missed)
  }

  @Test func `a cell that is stuck is found at boot or detected more often than it lies`() throws {
    let none = try StuckTally(trials, 200, .none, pictures: handwriting.pixels, seed: 14)
    let all = try StuckTally(trials, 200, .all, pictures: handwriting.pixels, seed: 14)
    // Both of the cells' values are as likely, and half of them are what is written there anyway.
    #expect(none.cells == 200 && none.foundAtBoot == all.foundAtBoot && all.foundAtBoot > 60)
    // A broken cell spoils both of two readings alike: no check of a reading is proof against it.
    #expect(all.wrong <= none.wrong && all.wrong <= 10 && all.detected > 2 * all.wrong)
    #expect(none.harmless > all.harmless && all.harmless > 0)
  }

  @Test func `the same seed hits the same bits`() throws {
    #expect(try run(2_000, .single) == run(2_000, .single))
  }

  @Test func `a chip without room for the guards is refused with the numbers`() throws {
    let chip = try #require(Profile.named("ch32v003f4"))
    #expect(throws: DeviceError.self) { try MemoryTrials(randomImage(hidden: 16), on: chip) }
  }
}
