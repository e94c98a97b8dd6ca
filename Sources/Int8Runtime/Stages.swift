import Kernels

/// A place between two steps of a classification, where its memory may be looked at.
public enum Stage: Sendable, Equatable {
  /// The picture is in the arena.
  case started
  /// The features are in the arena.
  case conditioned
  /// The list of active pairs has taken the picture's place.
  case listed
  /// ``WorkingValues/sums`` are those of a block of eight hidden units.
  case summed(block: Int)
  /// The activations of a block are in the arena.
  case activated(block: Int)
  /// One of ``WorkingValues/logits`` is there.
  case scored(digit: Int)

  /// A number for each place, for ``StageTokens``.
  public var number: UInt32 {
    switch self {
    case .started: 1
    case .conditioned: 2
    case .listed: 3
    case .summed(let block): 256 &+ UInt32(truncatingIfNeeded: block)
    case .activated(let block): 512 &+ UInt32(truncatingIfNeeded: block)
    case .scored(let digit): 4 &+ UInt32(truncatingIfNeeded: digit)
    }
  }
}

/// What a classification keeps outside the arena: in registers and on the stack.
public struct WorkingValues: Sendable {
  /// How many pairs are listed.
  public var pairs = 0
  /// The block of hidden units that is next, or under way.
  public var block = 0
  /// Sums of the block's units.
  public var sums = SIMD8<Int32>()
  /// The digit whose score is next, or under way.
  public var output = 0
  /// The scores so far.
  public var logits = Logits()
  /// The scores of the first of two classifications.
  public var first = Logits()

  /// Nothing yet.
  public init() {}

  /// Starts another classification; ``first`` is kept.
  mutating func restart() {
    pairs = 0
    block = 0
    output = 0
    logits = Logits()
  }
}

/// Something that looks on between the steps of a classification: checks, a watchdog, a fault.
///
/// An observer whose methods do nothing costs nothing, for the compiler makes a
/// ``FlashImage/classify(_:_:watchedBy:)`` of its own for each.
public protocol StageObserver {
  /// A step has ended. False gives the classification up.
  mutating func reached(
    _ stage: Stage, of image: borrowing FlashImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool

  /// The checks after a step have been passed, or there are none; the next step is about to begin.
  mutating func checked(
    _ stage: Stage, of image: borrowing FlashImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool
}

/// An observer that does nothing.
public struct NoObserver: StageObserver {
  /// Does nothing.
  public init() {}

  /// Goes on.
  public mutating func reached(
    _ stage: Stage, of image: borrowing FlashImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool { true }

  /// Goes on.
  public mutating func checked(
    _ stage: Stage, of image: borrowing FlashImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool { true }
}

extension FlashImage {
  /// ``classify(_:)`` step by step, with the same kernels and the same result, and an observer between
  /// the steps.
  ///
  /// - Parameters:
  ///   - bytes: the arena, the picture at its start; ``ArenaLayout/total`` bytes at least.
  ///   - work: where the values outside the arena are kept.
  /// - Returns: whether it came to its end; the scores are in `work`.
  public func classify<Observer: StageObserver>(
    _ bytes: inout MutableRawSpan, _ work: inout WorkingValues, watchedBy observer: inout Observer
  ) -> Bool {
    guard pause(.started, &work, &bytes, &observer) else { return false }
    conditionPicture(&bytes)
    guard pause(.conditioned, &work, &bytes, &observer) else { return false }
    work.pairs = listPairs(&bytes)
    guard pause(.listed, &work, &bytes, &observer) else { return false }
    while work.block < geometry.hidden / unitsPerBlock {
      work.sums = blockSums(work.block, work.pairs, &bytes)
      guard pause(.summed(block: work.block), &work, &bytes, &observer) else { return false }
      storeActivations(work.sums, block: work.block, &bytes)
      guard pause(.activated(block: work.block), &work, &bytes, &observer) else { return false }
      work.block &+= 1
    }
    while work.output < classCount {
      work.logits.values[work.output] = score(work.output, &bytes)
      guard pause(.scored(digit: work.output), &work, &bytes, &observer) else { return false }
      work.output &+= 1
    }
    return true
  }

  @inline(__always)
  private func pause<Observer: StageObserver>(
    _ stage: Stage, _ work: inout WorkingValues, _ bytes: inout MutableRawSpan,
    _ observer: inout Observer
  ) -> Bool {
    observer.reached(stage, of: self, &work, &bytes)
      && observer.checked(stage, of: self, &work, &bytes)
  }
}

// The steps. They hold no arithmetic: each calls what classify calls.
extension FlashImage {
  private func conditionPicture(_ bytes: inout MutableRawSpan) {
    let arena = Arena(&bytes, layout: ArenaLayout(geometry))
    var features = arena.features
    condition(arena.picture.bytes, by: geometry.contract, into: &features)
  }

  private func listPairs(_ bytes: inout MutableRawSpan) -> Int {
    let arena = Arena(&bytes, layout: ArenaLayout(geometry))
    var list = arena.picture
    return listActivePairs(arena.features.bytes, into: &list)
  }

  private func blockSums(
    _ block: Int, _ pairs: Int, _ bytes: inout MutableRawSpan
  ) -> SIMD8<Int32> {
    let arena = Arena(&bytes, layout: ArenaLayout(geometry))
    var biases = SIMD8<Int32>()
    for lane in 0..<unitsPerBlock { biases[lane] = hiddenBias(block &* unitsPerBlock &+ lane) }
    return hiddenBlockSums(
      weights: hiddenWeights(block: block), features: arena.features.bytes,
      pairs: arena.picture.bytes, count: pairs, bias: biases)
  }

  private func storeActivations(
    _ sums: SIMD8<Int32>, block: Int, _ bytes: inout MutableRawSpan
  ) {
    let arena = Arena(&bytes, layout: ArenaLayout(geometry))
    var activations = arena.activations
    for lane in 0..<unitsPerBlock {
      let unit = block &* unitsPerBlock &+ lane
      activations.store(hiddenActivation(sums[lane], unit: unit), at: unit)
    }
  }

  private func score(_ digit: Int, _ bytes: inout MutableRawSpan) -> Int32 {
    let arena = Arena(&bytes, layout: ArenaLayout(geometry))
    return outputRowSum(
      weights: outputWeights(digit), activations: arena.activations.bytes,
      bias: outputBias(digit))
  }
}
