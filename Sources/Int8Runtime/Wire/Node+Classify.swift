extension Node {
  /// What is in memory when a picture has been read.
  struct Reading {
    let answer: GuardedAnswer
    /// Where the logits are, and their first reading where there are two.
    let logits: Int
    let copy: Int
    let classes: Int
  }

  /// Classifies the picture that was received, and answers with its logits if every check is passed.
  ///
  /// Beside the countermeasures, which guard what a classification keeps in its memory, this guards what
  /// stands around it: the image is viewed anew for each picture, and once more afterwards, so that a
  /// wrong size or address in the view is found; and the logits go over the line from one reading, and
  /// into the frame's CRC from the other.
  mutating func classify<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, _ countermeasures: Countermeasures, _ memory: inout MutableRawSpan,
    _ board: inout Board
  ) throws(Refused) {
    guard asked.length == pictureBytes else { throw Refused(.wrongLength) }
    guard let slot else { throw Refused(.noImage) }
    var steps = SignedSteps<Board>()
    let start = Board.ticks()
    let reading: Reading
    do throws(ModelImageError) {
      reading = try read(slot, board, asked.sum, countermeasures, &memory, &steps)
    } catch { throw Refused(.imageChanged) }
    let all = (Board.ticks() &- start) & Board.tickMask
    times = [all, steps.times[0], steps.times[1], steps.times[2]]
    switch reading.answer {
    case .sure(let index):
      let whole = ControlFlowSignature(lists: steps.lists, classes: reading.classes)
      guard steps.signature == whole else { throw withheld(.stepsOutOfTurn, &board) }
      board.feedWatchdog()
      isDoubtful = false
      classified &+= 1
      send(index, reading, memory.bytes, asked, &board)
    case .unsure(let detected): throw withheld(detected, &board)
    case .abandoned: throw withheld(.stepsOutOfTurn, &board)
    }
  }

  /// Classifies, with views of the image that are the same before and after.
  @inline(never)
  mutating func read<Board: NodeBoard & ~Copyable>(
    _ slot: Slots.Slot, _ board: borrowing Board, _ sum: FletcherChecksum,
    _ countermeasures: Countermeasures, _ memory: inout MutableRawSpan,
    _ steps: inout SignedSteps<Board>
  ) throws(ModelImageError) -> Reading {
    guard let bytes = Node.image(slot, board) else { throw .truncated }
    let image = try ModelImage(reopening: bytes)
    guard bytes.unsigned(Header.headerChecksum) == booted else { throw .headerChecksum }
    let layout = image.guardedLayout(countermeasures)
    var all = memory.slice(0, layout.total)
    let answer = image.classify(
      guarded: &all, pictureSum: sum, countermeasures, watchedBy: &steps)
    guard image.isSameView(as: try ModelImage(reopening: bytes)) else { throw .wrongLength }
    let logits = layout.arena &+ ArenaLayout(image.shape).logits
    return Reading(
      answer: answer, logits: logits,
      copy: countermeasures.contains(.duplicate) ? layout.first : logits,
      classes: image.shape.classes)
  }

  private mutating func send<Board: NodeBoard & ~Copyable>(
    _ index: Int, _ reading: Reading, _ memory: RawSpan, _ asked: Asked, _ board: inout Board
  ) {
    var frame = FrameWriter(asked.answer(8 &+ 4 &* reading.classes), to: &board)
    frame.send(UInt32(truncatingIfNeeded: index), to: &board)
    frame.send(times[0], to: &board)
    var offset = 0
    while offset < 4 &* reading.classes {
      frame.send(
        memory.unsigned(reading.logits &+ offset),
        checkedAs: memory.unsigned(reading.copy &+ offset), to: &board)
      offset &+= 4
    }
    frame.finish(to: &board)
  }

  /// Counts a detected fault. The second in a row has a cause that does not pass: a start may mend it.
  private mutating func withheld<Board: NodeBoard & ~Copyable>(
    _ detected: DetectedFault, _ board: inout Board
  ) -> Refused {
    board.set(.withheld, board.counter(.withheld) &+ 1)
    board.set(.lastDetected, UInt32(detected.rawValue))
    if isDoubtful { action = .restart }
    isDoubtful = true
    return Refused(.withheld, detected.rawValue)
  }
}
