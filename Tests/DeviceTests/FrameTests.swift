import Device
import FaultLab
import Int8Runtime
import Testing

@Suite struct FrameTests {
  @Test(arguments: SerialLink.Damage.allCases)
  func `a frame that suffered is named and dropped, and the next one is taken`(
    damage: SerialLink.Damage
  ) {
    let tally = FrameTrials().run(damage, count: 500, pictures: handwriting.pixels, seed: 6)
    #expect(tally.wrong == 0 && tally.twice == 0)
    #expect(tally.recovered == tally.sent)
    #expect(tally.named == (damage == .none ? 0 : tally.sent - tally.unharmed))
  }
}
