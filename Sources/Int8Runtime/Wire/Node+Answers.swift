/// A request that has come whole.
struct Asked {
  let kind: UInt8
  let sequence: UInt8
  let length: Int
  let sum: FletcherChecksum

  init(_ head: FrameHead, _ sum: FletcherChecksum) {
    (kind, sequence, length) = (head.kind, head.sequence, Int(head.length))
    self.sum = sum
  }

  /// The head of its answer.
  func answer(_ length: Int) -> FrameHead {
    FrameHead(
      kind: kind | Request.answer, sequence: sequence,
      length: UInt16(truncatingIfNeeded: length))
  }

  /// The head of its refusal, a word.
  var refusal: FrameHead {
    FrameHead(kind: kind | Request.refusal, sequence: sequence, length: 4)
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

  init(_ error: Slots.UpdateError) {
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
        word(0, for: asked, &board)
        board.set(.restarts, board.counter(.restarts) &+ 1)
        action = .restart
      case .begin, .write, .commit: try change(asked, memory.bytes, &board)
      case nil: throw Refused(.unknownRequest)
      }
    } catch {
      var frame = FrameWriter(asked.refusal, to: &board)
      frame.send(UInt32(error.refusal.rawValue) | UInt32(error.detail) &<< 8, to: &board)
      frame.finish(to: &board)
      if error.refusal == .imageChanged { damaged(&board) }
    }
  }

  /// Answers with one word.
  func word<Board: NodeBoard & ~Copyable>(
    _ word: UInt32, for asked: Asked, _ board: inout Board
  ) {
    var frame = FrameWriter(asked.answer(4), to: &board)
    frame.send(word, to: &board)
    frame.finish(to: &board)
  }

  private func identify<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, _ board: inout Board
  ) throws(Refused) {
    guard let slot, let (length, names) = lengths(slot, board) else { throw Refused(.noImage) }
    let room = UInt32(truncatingIfNeeded: board.slots.slotBytes &- board.slots.pageBytes)
    let words: InlineArray<4, UInt32> = [
      Identity.protocolVersion, UInt32(slot.rawValue), board.ticksPerSecond, room,
    ]
    var frame = FrameWriter(
      asked.answer(4 &* words.count &+ Header.bytes &+ names), to: &board)
    for index in 0..<words.count { frame.send(words[index], to: &board) }
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

  /// The bytes of the image and, at its end, of the names of its classes.
  private func lengths<Board: NodeBoard & ~Copyable>(
    _ slot: Slots.Slot, _ board: borrowing Board
  ) -> (image: Int, names: Int)? {
    guard let image = board.slots.image(slot, of: board.contents) else { return nil }
    return (image.byteCount, Int(image.short(Header.nameBytes)))
  }

  private func profile<Board: NodeBoard & ~Copyable>(_ asked: Asked, _ board: inout Board) {
    var frame = FrameWriter(asked.answer(4 &* times.count), to: &board)
    for index in 0..<times.count { frame.send(times[index], to: &board) }
    frame.finish(to: &board)
  }

  private func status<Board: NodeBoard & ~Copyable>(_ asked: Asked, _ board: inout Board) {
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
    let first = Int(memory.unsigned(Canary.bytes))
    let isBeginning = asked.kind == Request.begin.rawValue
    if isBeginning { update = nil } else if update == nil { throw Refused(.noUpdate) }
    do throws(Slots.UpdateError) {
      if isBeginning {
        if asked.length != 4 { throw .wrongLength }
        update = try SlotUpdate(board.slots, of: &board, imageBytes: first)
      } else if asked.kind == Request.write.rawValue {
        try write(asked, at: first, memory, &board)
      } else if update?.isCommitted == false {
        // It is done already, if it is asked again.
        try update?.commit(&board)
      }
    } catch { throw Refused(error) }
    word(UInt32(truncatingIfNeeded: update?.written ?? 0), for: asked, &board)
  }

  private mutating func write<Board: NodeBoard & ~Copyable>(
    _ asked: Asked, at first: Int, _ memory: RawSpan, _ board: inout Board
  ) throws(Slots.UpdateError) {
    let written = update?.written ?? 0
    let count = asked.length &- 4
    // What came before is there already.
    if count > 0 && first &+ count == written { return }
    if count <= 0 || first != written { throw .wrongLength }
    var offset = Canary.bytes &+ 4
    while offset < Canary.bytes &+ asked.length {
      try update?.write(memory.unsigned(offset), to: &board)
      offset &+= 4
    }
  }
}
