import Int8Runtime

/// A counter that starts the device again unless it is fed in time.
///
/// It is fed with the signature of a whole classification and with nothing else, so that a program which
/// runs in circles, or skips what it should do, does not feed it.
package struct Watchdog: Sendable {
  /// Instructions from one feeding to the next, at most.
  package let limit: Int
  private var since = 0
  /// How often it was fed in time.
  package private(set) var fed = 0
  /// How often it has started the device again.
  package private(set) var bites = 0

  /// A watchdog that waits for `limit` instructions.
  package init(limit: Int) { self.limit = limit }

  /// Lets so many instructions pass; it may bite.
  package mutating func pass(_ instructions: Int) {
    since += instructions
    guard since > limit else { return }
    bites += 1
    since = 0
  }

  /// Feeds it, if the signature is that of a whole classification with so many lists of nonzero pairs.
  package mutating func feed(_ signature: ControlFlowSignature, lists: Int, classes: Int) {
    guard signature == ControlFlowSignature(lists: lists, classes: classes) else { return }
    fed += 1
    since = 0
  }
}

/// Folds the steps of a classification into its signature, for the watchdog, and counts instructions.
package struct WatchedSteps: StageObserver {
  package private(set) var signature = ControlFlowSignature()
  package private(set) var lists = 0
  package private(set) var instructions = 0
  private let cost: StageCost

  package init(_ cost: StageCost) { self.cost = cost }

  package mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    // Of two classifications of a picture, the last one's signature counts.
    if stage == .started { (signature, lists) = (ControlFlowSignature(), 0) }
    if case .listed = stage { lists += 1 }
    signature.pass(stage)
    instructions += cost.instructions(stage, pairs: work.pairs)
    return true
  }

  package mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool { true }
}
