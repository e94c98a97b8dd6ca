/// A reader of digits at the end of a wire: boots the committed image of two, answers frames, checks its
/// flash between them, and feeds its watchdog only when it has gone the right way.
///
/// ```swift
/// var node = Node(booting: &board, memory: &memory)
/// while node.turn(line.next(), at: now, &memory, &board) == .goOn { now = clock.read() }
/// board.restart()
/// ```
///
/// Nothing of it is specific to a chip; firmware and simulation run this very code.
public struct Node: Sendable {
  /// What its board has to do after a turn.
  public enum Action: Sendable {
    /// Come back with the next byte, or without one.
    case goOn
    /// Reset the chip.
    case restart
  }

  var decoder: FrameDecoder
  var update: SlotUpdate?
  /// What the board is to do.
  var action = Action.goOn
  /// The slot that was booted, if one was.
  public internal(set) var slot: Slots.Slot?
  /// The header's checksum of the image that was booted.
  var booted: UInt32 = 0
  var droppedFrames: UInt32 = 0
  var classified: UInt32 = 0
  var soundRounds: UInt32 = 0
  /// Whether the last answer was withheld.
  var isDoubtful = false
  /// Ticks of the last classification: all, and of its last reading the three times of ``SignedSteps``.
  var times: InlineArray<4, UInt32> = [0, 0, 0, 0]
  private var scrubber = FlashScrubber()
  private var way = ControlFlowSignature()

  /// Bytes of the image that are read again in a turn without a byte: less than a byte takes to arrive.
  static let slice = 16

  /// Boots the newest slot whose image opens, fits the memory and passes its self-test.
  ///
  /// - Parameters:
  ///   - board: its flash holds the slots.
  ///   - memory: all that there is for receiving and classifying; at least ``pictureBytes`` and two
  ///     ``Canary/bytes``. On a chip it starts at a multiple of four.
  public init<Board: NodeBoard & ~Copyable>(
    booting board: inout Board, memory: inout MutableRawSpan
  ) {
    decoder = FrameDecoder(
      patience: board.ticksPerSecond / 1000 &* Frame.patienceMilliseconds)
    var tried: Slots.Slot?
    for _ in 0..<2 {
      guard let next = board.slots.boot(board.contents, except: tried) else { break }
      let isSound = start(next, board, &memory)
      board.feedWatchdog()
      if isSound {
        slot = next
        break
      }
      tried = next
    }
  }

  /// Opens an image, paints the canaries, and has the self-test vector's picture go the way that all
  /// pictures go.
  private mutating func start<Board: NodeBoard & ~Copyable>(
    _ slot: Slots.Slot, _ board: borrowing Board, _ memory: inout MutableRawSpan
  ) -> Bool {
    guard let bytes = Node.image(slot, board) else { return false }
    do throws(ModelImageError) {
      // It has just been opened.
      let image = try ModelImage(reopening: bytes)
      let layout = image.guardedLayout(.all)
      if memory.byteCount < layout.total { return false }
      layout.prepare(&memory)
      booted = bytes.unsigned(Header.headerChecksum)
      var picture = memory.slice(layout.arena, layout.arena &+ pictureBytes)
      image.loadSelfTest(&picture)
      var steps = SignedSteps<Board>()
      let reading = try read(slot, board, FletcherChecksum(picture.bytes), .all, &memory, &steps)
      guard case .sure = reading.answer else { return false }
      let end = reading.logits &+ 4 &* reading.classes
      return image.passes(Logits(memory.bytes.slice(reading.logits, end)))
    } catch { return false }
  }

  /// One turn of the main loop.
  ///
  /// - Parameters:
  ///   - byte: what has come over the line, or nil.
  ///   - now: the clock, in the unit of ``NodeBoard/ticksPerSecond``, of 32 bits.
  ///   - memory: that of ``init(booting:memory:)``.
  ///   - board: the same.
  public mutating func turn<Board: NodeBoard & ~Copyable>(
    _ byte: UInt8?, at now: UInt32, _ memory: inout MutableRawSpan, _ board: inout Board
  ) -> Action {
    way = ControlFlowSignature()
    let event = listen(byte, at: now, &memory)
    if let event {
      answer(event, &memory, &board)
    } else if byte == nil && decoder.isIdle {
      scrub(&board)
    }
    way.pass(step: Node.ended)
    if way == Node.expected(event != nil) { board.feedWatchdog() }
    return action
  }

  // The steps of a turn, for its signature.
  private static var listened: UInt32 { 0x1000 }
  private static var handled: UInt32 { 0x2000 }
  private static var ended: UInt32 { 0x3000 }

  @inline(never)
  private static func expected(_ isHandled: Bool) -> ControlFlowSignature {
    var way = ControlFlowSignature()
    way.pass(step: listened)
    if isHandled { way.pass(step: handled) }
    way.pass(step: ended)
    return way
  }

  @inline(never)
  private mutating func listen(
    _ byte: UInt8?, at now: UInt32, _ memory: inout MutableRawSpan
  ) -> FrameDecoder.Event? {
    way.pass(step: Node.listened)
    guard let byte else { return decoder.tick(now) }
    let start = Canary.bytes
    var payload = memory.slice(start, start &+ pictureBytes)
    return decoder.take(byte, at: now, into: &payload)
  }

  private mutating func answer<Board: NodeBoard & ~Copyable>(
    _ event: FrameDecoder.Event, _ memory: inout MutableRawSpan, _ board: inout Board
  ) {
    switch event {
    // Its answer was lost, or the line has doubled it: what it asks for can be done twice.
    case .frame(let head, let sum), .repeated(let head, let sum):
      answer(Asked(head: head, sum: sum), &memory, &board)
    case .wrongHead, .garbled, .late: droppedFrames &+= 1
    }
    way.pass(step: Node.handled)
  }

  private mutating func scrub<Board: NodeBoard & ~Copyable>(_ board: inout Board) {
    guard let slot else { return }
    switch finding(slot, board) {
    case .underWay: break
    case .sound: soundRounds &+= 1
    case .damaged: damaged(&board)
    }
  }

  /// The bytes of a slot's image as they stand in flash, nil if it is not committed (any more).
  @inline(never)
  @_lifetime(borrow board)
  static func image<Board: NodeBoard & ~Copyable>(
    _ slot: Slots.Slot, _ board: borrowing Board
  ) -> RawSpan? {
    board.slots.image(slot, of: board.contents)
  }

  private mutating func finding<Board: NodeBoard & ~Copyable>(
    _ slot: Slots.Slot, _ board: borrowing Board
  ) -> FlashScrubber.Finding {
    guard let bytes = Node.image(slot, board) else { return .damaged }
    return scrubber.advance(bytes, slice: Node.slice)
  }

  /// The image has changed since it was booted: the other one may be whole.
  mutating func damaged<Board: NodeBoard & ~Copyable>(_ board: inout Board) {
    board.set(.damagedRounds, board.counter(.damagedRounds) &+ 1)
    action = .restart
  }
}
