/// A request that has come whole.
struct Asked {
  let head: FrameHead
  let sum: FletcherChecksum

  var kind: UInt8 { head.kind }
  var length: Int { Int(head.length) }

  /// The head of its answer.
  func answer(_ length: Int) -> FrameHead {
    FrameHead(
      kind: kind | Request.answer, sequence: head.sequence,
      length: UInt16(truncatingIfNeeded: length))
  }

  /// The head of its refusal, a word.
  var refusal: FrameHead {
    FrameHead(kind: kind | Request.refusal, sequence: head.sequence, length: 4)
  }
}

/// A refusal and its detail, 0 where it has none.
struct Refused: Error {
  let refusal: Refusal
  let detail: UInt8

  init(_ refusal: Refusal, _ detail: UInt8 = 0) {
    self.refusal = refusal
    self.detail = detail
  }

  // With a label: `.wrongLength` is a case of either.
  init(update error: Slots.UpdateError) {
    switch error {
    case .flash(let error): self.init(.flash, error.rawValue)
    case .wrongLength: self.init(.wrongImageLength)
    case .image(let error): self.init(.badImage, error.rawValue)
    }
  }
}

extension Node {
  /// Does what is asked and answers, or says why not.
  mutating func answer<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, _ memory: inout MutableRawSpan, _ board: inout Board
  ) {
    do throws(Refused) {
      switch Request(rawValue: asked.kind) {
      case .identify: try identify(asked, &board)
      case .classify: try classify(asked, .all, &memory, &board)
      case .classifyUnguarded: try classify(asked, .none, &memory, &board)
      case .profile: profile(asked, &board)
      case .status: status(asked, &board)
      case .restart:
        word(0, asked.answer(4), &board)
        board.set(.restarts, board.counter(.restarts) &+ 1)
        action = .restart
      case .begin, .write, .commit: try change(asked, memory.bytes, &board)
      case nil: throw Refused(.unknownRequest)
      }
    } catch {
      let reason = UInt32(error.refusal.rawValue) | UInt32(error.detail) &<< 8
      word(reason, asked.refusal, &board)
      if error.refusal == .imageChanged { damaged(&board) }
    }
  }

  // What answers is mutating even where it changes nothing: the node would else be copied for each call.

  /// Sends a frame of one word.
  @inline(never)
  private mutating func word<Board: NodeBoard & ~Copyable>(
    _ word: UInt32, _ head: FrameHead, _ board: inout Board
  ) {
    var frame = FrameWriter(head, to: &board)
    frame.send(word, to: &board)
    frame.finish(to: &board)
  }

  private mutating func identify<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, _ board: inout Board
  ) throws(Refused) {
    guard let slot else { throw Refused(.noImage) }
    let (length, names) = try lengths(slot, board)
    let room = UInt32(truncatingIfNeeded: board.slots.slotBytes &- board.slots.pageBytes)
    var frame = FrameWriter(asked.answer(4 &* 4 &+ Header.bytes &+ names), to: &board)
    // The words of Identity, in its order.
    frame.send(Identity.protocolVersion, to: &board)
    frame.send(UInt32(slot.rawValue), to: &board)
    frame.send(board.ticksPerSecond, to: &board)
    frame.send(room, to: &board)
    // Word by word, since sending borrows the board anew.
    let start = board.slots.offset(slot)
    var offset = 0
    while offset < Header.bytes &+ names {
      let from = offset < Header.bytes ? offset : length &- names &+ offset &- Header.bytes
      frame.send(board.contents.unsigned(start &+ from), to: &board)
      offset &+= 4
    }
    frame.finish(to: &board)
  }

  /// The bytes of the image and, at its end, of the names of its classes, as a header says that has its checksum.
  private mutating func lengths<Board: NodeBoard & ~Copyable>(
    _ slot: Slots.Slot, _ board: borrowing Board
  ) throws(Refused) -> (image: Int, names: Int) {
    guard let bytes = Node.image(slot, board) else { throw Refused(.imageChanged) }
    do throws(ModelImageError) {
      let layout = try ModelImage(reopening: bytes).layout
      return (layout.total, layout.total &- layout.names)
    } catch { throw Refused(.imageChanged) }
  }

  private mutating func profile<Board: NodeBoard & ~Copyable>(_ asked: Asked, _ board: inout Board)
  {
    var frame = FrameWriter(asked.answer(4 &* times.count), to: &board)
    for index in 0..<times.count { frame.send(times[index], to: &board) }
    frame.finish(to: &board)
  }

  private mutating func status<Board: NodeBoard & ~Copyable>(_ asked: Asked, _ board: inout Board) {
    let count = NodeCounter.stack.rawValue &+ 1
    var frame = FrameWriter(asked.answer(4 &* count), to: &board)
    for index in 0..<count {
      let value: UInt32 =
        switch NodeCounter(rawValue: index) {
        case .droppedFrames: droppedFrames
        case .classified: classified
        case .soundRounds: soundRounds
        case .some(let counter): board.counter(counter)
        case nil: 0
        }
      frame.send(value, to: &board)
    }
    frame.finish(to: &board)
  }

  /// The three steps of an update, each of which may come twice.
  private mutating func change<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, _ memory: RawSpan, _ board: inout Board
  ) throws(Refused) {
    // 32 bits of the line: where numbers have as many, the upper half is below zero, which no check lets pass.
    let first = Int(truncatingIfNeeded: memory.unsigned(Canary.bytes))
    let isBeginning = asked.kind == Request.begin.rawValue
    if isBeginning { update = nil } else if update == nil { throw Refused(.noUpdate) }
    if isBeginning && asked.length != 4 { throw Refused(.wrongLength) }
    var isNext = true
    do throws(Slots.UpdateError) {
      if isBeginning {
        update = try SlotUpdate(board.slots, of: &board, imageBytes: first)
      } else if asked.kind == Request.write.rawValue {
        isNext = try write(asked, at: first, memory, &board)
      } else if update?.isCommitted == false {
        // It is done already, if it is asked again.
        try update?.commit(&board)
      }
    } catch { throw Refused(update: error) }
    if !isNext { throw Refused(.wrongOffset) }
    word(UInt32(truncatingIfNeeded: update?.written ?? 0), asked.answer(4), &board)
  }

  /// - Returns: false if the bytes are not those that come next.
  private mutating func write<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, at first: Int, _ memory: RawSpan, _ board: inout Board
  ) throws(Slots.UpdateError) -> Bool {
    let written = update?.written ?? 0
    let count = asked.length &- 4
    if count <= 0 || first < 0 { return false }
    // What came before is there already.
    if first &+ count == written { return true }
    if first != written { return false }
    var offset = Canary.bytes &+ 4
    while offset < Canary.bytes &+ asked.length {
      try update?.write(memory.unsigned(offset), to: &board)
      offset &+= 4
    }
    return true
  }
}
