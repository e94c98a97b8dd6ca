import Device
import FaultLab
import TestImages
import Testing

@Suite struct FlashFaultTests {
  private let pictures = LabeledPictures(pixels: handwriting.pixels, labels: handwriting.labels)

  @Test func `every single flipped bit of an image of 16 units is refused at boot`() throws {
    let image = try randomImage(hidden: 16)
    let tally = FlashTrials(image).everyBit()
    #expect(tally.tried == 8 * image.count && tally.refused == tally.tried)
  }

  @Test(arguments: [
    FlashTrials.Damage.bits(2), .bits(16), .burst(32), .burst(300), .stuck(1, 0), .stuck(64, 0),
    .stuck(64, 255),
  ]) func `several flipped bits, bursts and stuck bytes are refused at boot`(
    damage: FlashTrials.Damage
  ) throws {
    let tally = FlashTrials(try randomImage(hidden: 16)).boot(damage, count: 500, seed: 4)
    #expect(tally.tried > 400 && tally.refused == tally.tried)
  }

  @Test func `flash that rots after boot is found within two rounds of the scrubber`() throws {
    let image = try factoryImage()
    for flips in [1, 3, 100] {
      let row = try RotTrials(image).row(
        flips: flips, trials: 20, pictures: pictures,
        seed: 9, slice: 512)
      #expect(row.found == row.trials)
      #expect(row.mostInferences <= 2 * (image.count / 512 + 2))
    }
  }

  @Test func `the scrubber finds nothing in sound flash, and the digits are read`() throws {
    let row = try RotTrials(try factoryImage()).row(
      flips: 0, trials: 2, pictures: pictures, seed: 9)
    #expect(row.found == 0 && row.accuracy > 0.9)
  }

  @Test func `thousands of flips that nobody looks for turn answers into guesses`() throws {
    let row = try RotTrials(try factoryImage()).row(
      flips: 30_000, trials: 3, pictures: pictures, seed: 9)
    #expect(row.accuracy < 0.5)
  }
}
