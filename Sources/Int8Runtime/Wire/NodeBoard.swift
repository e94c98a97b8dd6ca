/// What a node needs of the board it runs on: flash, a line, a clock, a watchdog, and words that survive
/// a reset.
public protocol NodeBoard: FlashMemory, ByteLine, ~Copyable {
  /// Where the two images are.
  var slots: Slots { get }
  /// Ticks of ``ticks()`` in a second.
  var ticksPerSecond: UInt32 { get }
  /// A clock that counts up; it may wrap around at ``tickMask``.
  static func ticks() -> UInt32
  /// All ones that the clock can show.
  static var tickMask: UInt32 { get }
  /// Keeps the stage of a classification, for whoever asks where the program was when it was reset.
  ///
  /// - Parameter stage: its ``Stage/number``; with ``checkedStage`` added once its checks are passed.
  static func note(_ stage: UInt32)
  /// Feeds the watchdog.
  mutating func feedWatchdog()
  /// What a counter shows, of those that the board keeps.
  func counter(_ counter: NodeCounter) -> UInt32
  /// Sets a counter that survives a reset.
  mutating func set(_ counter: NodeCounter, _ value: UInt32)
}

/// Added to the number of a stage whose checks are passed.
public let checkedStage: UInt32 = 0x8000

/// Folds the steps of a classification into its signature, for the watchdog, and keeps their times.
struct SignedSteps<Board: NodeBoard & ~Copyable>: StageObserver {
  private(set) var signature = ControlFlowSignature()
  private(set) var lists = 0
  /// Ticks from the start to the features, to the activations, and to the logits.
  private(set) var times: InlineArray<3, UInt32> = [0, 0, 0]
  private var start: UInt32 = 0

  @inline(never)
  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    let number = stage.number
    Board.note(number)
    switch stage {
    case .started:
      // Of two classifications of a picture, the last one's signature counts.
      signature = ControlFlowSignature()
      lists = 0
      start = Board.ticks()
    case .listed: lists &+= 1
    case .preprocessed: times[0] = since()
    case .activated: times[1] = since()
    // The last one's stays.
    case .logit: times[2] = since()
    case .summed: break
    }
    signature.pass(step: number)
    return true
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    Board.note(stage.number | checkedStage)
    return true
  }

  private func since() -> UInt32 { (Board.ticks() &- start) & Board.tickMask }
}
