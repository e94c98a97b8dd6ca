/// A point between two steps of a classification, where its memory may be looked at.
public enum Stage: Sendable, Equatable {
  /// The picture is in the arena.
  case started
  /// The features are in the arena, and the hidden units' biases where their sums will be.
  case preprocessed
  /// A list of nonzero pairs has replaced the picture: the only one, or one of several.
  case listed(Int)
  /// What the pairs of that list give is added to all hidden sums.
  case summed(Int)
  /// The activations have replaced the sums.
  case activated
  /// A class's logit is there.
  case logit(Int)

  /// A number for each point, for ``ControlFlowSignature``.
  public var number: UInt32 {
    // Not inlined: a firmware wants it in several places.
    @inline(never) get { foldedNumber }
  }

  /// The same where the compiler knows which point it is.
  @inline(__always)
  var foldedNumber: UInt32 {
    switch self {
    case .started: 1
    case .preprocessed: 2
    case .activated: 3
    case .logit(let index): 4 &+ UInt32(truncatingIfNeeded: index)
    case .listed(let list): 256 &+ UInt32(truncatingIfNeeded: list)
    case .summed(let list): 512 &+ UInt32(truncatingIfNeeded: list)
    }
  }
}

/// What a classification keeps outside the arena: in registers and on the stack.
public struct WorkingValues: Sendable {
  /// How many pairs are listed.
  public var pairs = 0
  /// The first input that is not yet listed.
  public var next = 0
  /// How many lists there have been.
  public var lists = 0
  /// The class whose logit is next, or under way.
  public var output = 0

  /// The values before the first step, all zero.
  public init() {}

}

/// Something that looks on between the steps of a classification: checks, a watchdog, a fault.
///
/// An observer whose methods do nothing costs nothing, for the compiler makes a
/// ``ModelImage/classify(_:_:watchedBy:)`` of its own for each.
public protocol StageObserver {
  /// A step has ended.
  ///
  /// - Parameters:
  ///   - stage: the step.
  ///   - image: what is classified with.
  ///   - work: the values outside the arena.
  ///   - bytes: the arena, ``ArenaLayout/total`` bytes.
  /// - Returns: false to give the classification up.
  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool

  /// The checks after a step have been passed, or there are none; the next step is about to begin.
  ///
  /// - Parameters:
  ///   - stage: the step that has ended.
  ///   - image: what is classified with.
  ///   - work: the values outside the arena.
  ///   - bytes: the arena, ``ArenaLayout/total`` bytes.
  /// - Returns: false to give the classification up.
  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool
}

extension ModelImage {
  /// ``classify(_:)`` step by step, with the same kernels and the same result, and an observer between
  /// the steps.
  ///
  /// - Parameters:
  ///   - bytes: the arena, the picture at its start; ``ArenaLayout/total`` bytes at least.
  ///   - work: gets the values outside the arena.
  ///   - observer: asked twice after each step whether to go on.
  /// - Returns: whether it came to its end; ``logits(in:)`` are then in the arena.
  public func classify<Observer: StageObserver>(
    _ bytes: inout MutableRawSpan, _ work: inout WorkingValues, watchedBy observer: inout Observer
  ) -> Bool {
    var stage = Stage.started
    while observer.reached(stage, of: self, &work, &bytes)
      && observer.checked(stage, of: self, &work, &bytes)
    {
      guard let next = step(from: stage, &work, &bytes) else { return true }
      stage = next
    }
    return false
  }

  /// Takes the step behind a stage. It holds no arithmetic: it calls what classify calls.
  ///
  /// - Returns: the stage that it ends in, nil if the last one has been reached.
  @inline(__always)
  private func step(
    from stage: Stage, _ work: inout WorkingValues, _ bytes: inout MutableRawSpan
  ) -> Stage? {
    let arena = Arena(&bytes, layout: ArenaLayout(shape))
    let inputs = shape.inputSpec.inputs
    var sums = arena.sums
    switch stage {
    case .started:
      var features = arena.features
      preprocess(arena.picture.bytes, by: shape.inputSpec, into: &features)
      copyBiases(&sums)
      return .preprocessed
    case .listed(let list):
      addHiddenSums(
        weights: hiddenWeights, inputs: inputs, pairs: arena.picture.bytes, count: work.pairs,
        sums: &sums)
      return .summed(list)
    case .summed(let list): work.lists = list &+ 1
    case .preprocessed: break
    case .logit:
      work.output &+= 1
      fallthrough
    case .activated:
      let index = work.output
      if index >= shape.classes { return nil }
      var words = arena.logitWords
      outputLogit(index, arena.activations, &words)
      return .logit(index)
    }
    if work.next >= inputs {
      activate(&sums)
      return .activated
    }
    let list = work.lists
    var entries = arena.picture
    work.pairs = listNonzeroPairs(arena.features.bytes, from: &work.next, into: &entries)
    return .listed(list)
  }
}
