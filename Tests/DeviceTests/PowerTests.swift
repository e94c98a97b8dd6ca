import Device
import FaultLab
import Int8Runtime
import TestImages
import Testing

@Suite struct PowerTests {
  @Test func `power cut at any write of an update boots the old image or the new, never neither`()
    throws
  {
    let old = try randomImage(hidden: 16)
    let tally = try PowerTrials(from: old, to: PowerTrials.variant(of: old)).everyWrite()
    // A word each, a page at a time to erase, and four words that make it count.
    #expect(tally.writes >= old.count / 4 + 4)
    #expect(tally.cuts == 3 * tally.writes)
    #expect(tally.neither == 0 && tally.old + tally.new == tally.cuts)
    #expect(tally.new >= 1)
    #expect(tally.stranded == 0)
  }

  @Test func `power that fails while a picture is read leaves nothing but a new start`() throws {
    let stops = StopTrials(try randomImage(hidden: 16), on: .default)
    let picture = Array(handwriting.pixels.prefix(pictureBytes))
    let tally = try stops.run(.brownOut, .all, picture: picture)
    #expect(tally.stops >= 30)
    #expect(tally.answers == 0)
    #expect(tally.restarted == tally.stops && tally.same == tally.stops)
  }

  @Test func `a program that hangs at any step is ended by the watchdog and answers afterwards`()
    throws
  {
    let stops = StopTrials(try randomImage(hidden: 16), on: .default)
    let picture = Array(handwriting.pixels.prefix(pictureBytes))
    let tally = try stops.run(.hang, .all, picture: picture)
    #expect(tally.answers == 0 && tally.restarted == tally.stops && tally.same == tally.stops)
    #expect(tally.instructions > 0)
  }

  @Test func `the watchdog bites when it is not fed, and eats nothing but the right token`() {
    var watchdog = Watchdog(limit: 1000)
    watchdog.pass(1000)
    #expect(watchdog.bites == 0)
    watchdog.feed(ControlFlowSignature(lists: 1, classes: 10), lists: 1, classes: 10)
    watchdog.pass(900)
    watchdog.feed(ControlFlowSignature(lists: 1, classes: 10), lists: 2, classes: 10)
    watchdog.feed(ControlFlowSignature(), lists: 1, classes: 10)
    watchdog.pass(101)
    #expect(watchdog.fed == 1 && watchdog.bites == 1)
  }
}
