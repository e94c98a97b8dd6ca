import Device
import FaultLab
import TestImages
import Testing

@Suite struct LongRunTests {
  @Test func `thousands of pictures later the device answers as at first`() throws {
    let run = LongRun(try randomImage(hidden: 16), on: .default, pictures: handwriting.pixels)
    let tally = try run.run(20_000)
    #expect(tally.inferences == 20_000 && tally.fed == 20_000)
    #expect(tally.lost == 0 && tally.unsure == 0 && tally.bites == 0)
    #expect(tally.rounds == 200 && tally.drifted == 0)
    #expect(tally.scrubs > 300 && tally.damaged == 0)
  }

  @Test func `two runs between which the process grew are not the same`() throws {
    let run = LongRun(try randomImage(hidden: 16), on: .default, pictures: handwriting.pixels)
    let steady = try run.run(200, memory: { 1000 })
    #expect(try run.run(200, memory: { 1000 }) == steady)
    #expect(try run.run(200, memory: { 1001 }) != steady)
    #expect(steady.memory.first == 1000 && steady.memory.last == 1000)
  }
}
