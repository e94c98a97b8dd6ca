/// The memory of a guarded classification: the arena between two canaries, and behind it, where the
/// picture is read twice, a second copy of it and the logits of its first reading.
///
///     canary 16 | arena | picture 784 and logits, if duplicate | canary 16
public struct GuardedLayout: Sendable {
  /// Where the arena starts.
  public let arena = Canary.bytes
  /// Where the copy of the picture starts, if there is one.
  public let pictureCopy: Int
  /// Where the logits of the first reading start, if there are two.
  public let first: Int
  /// Where the canary behind starts.
  public let behind: Int
  /// The length of it all, in bytes.
  public let total: Int

  /// The memory that a model shape takes with these countermeasures.
  ///
  /// - Parameters:
  ///   - shape: a valid one, as every ``ModelImage`` has.
  ///   - countermeasures: those that will be asked for.
  public init(_ shape: ModelShape, _ countermeasures: Countermeasures) {
    // A canary is painted word by word and wants to be aligned: all sizes here are multiples of four.
    pictureCopy = arena &+ ArenaLayout(shape).total
    first = pictureCopy &+ pictureBytes
    behind = countermeasures.contains(.duplicate) ? first &+ 4 &* shape.classes : pictureCopy
    total = behind &+ Canary.bytes
  }

  /// Paints the canaries, once at the start.
  ///
  /// - Parameter bytes: ``total`` bytes; on a chip they start at a multiple of four.
  public func prepare(_ bytes: inout MutableRawSpan) {
    var front = bytes.slice(0, arena)
    Canary.paint(&front)
    var back = bytes.slice(behind, total)
    Canary.paint(&back)
  }
}

/// What a guarded classification says.
public enum GuardedAnswer: Sendable {
  /// The class, after every check has let it pass; ``ModelImage/logits(in:)`` are in the arena.
  case sure(Int)
  /// A check failed: there is no answer.
  case unsure(DetectedFault)
  /// The observer gave it up.
  case abandoned

  /// The class, if there is one.
  public var index: Int? {
    if case .sure(let index) = self { return index }
    return nil
  }
}

extension ModelImage {
  /// The memory that a classification with this image takes.
  @inline(never)
  func guardedLayout(_ countermeasures: Countermeasures) -> GuardedLayout {
    GuardedLayout(shape, countermeasures)
  }

  /// Finds the class of the picture that stands at ``GuardedLayout/arena``, and says so only if every check
  /// that was asked for is passed.
  ///
  /// - Parameters:
  ///   - bytes: ``GuardedLayout/total`` bytes for these countermeasures, prepared.
  ///   - pictureSum: of the picture as it was received.
  ///   - countermeasures: the checks that are made.
  ///   - observer: asked after each step whether to go on, and again after the checks of that step.
  public func classify<Observer: StageObserver>(
    guarded bytes: inout MutableRawSpan, pictureSum: FletcherChecksum,
    _ countermeasures: Countermeasures,
    watchedBy observer: inout Observer
  ) -> GuardedAnswer {
    let layout = guardedLayout(countermeasures)
    precondition(bytes.byteCount == layout.total)
    if countermeasures.contains(.duplicate) {
      copyWords(&bytes, pictureBytes / 4, from: layout.arena, to: layout.pictureCopy)
    }
    // The logits of one reading.
    let logits = layout.arena &+ ArenaLayout(shape).logits
    var work = WorkingValues()
    var checks = StageChecks(
      observer, countermeasures, ArenaLayout(shape), pictureSum: pictureSum)
    defer { observer = checks.inner }
    var whole = once(&bytes, layout, &work, &checks)
    if whole && countermeasures.contains(.duplicate) {
      copyWords(&bytes, pictureBytes / 4, from: layout.pictureCopy, to: layout.arena)
      copyWords(&bytes, shape.classes, from: logits, to: layout.first)
      whole = once(&bytes, layout, &work, &checks)
    }
    if let detected = checks.detected { return .unsure(detected) }
    guard whole else { return .abandoned }
    if countermeasures.contains(.duplicate)
      && !hasEqualWords(bytes.bytes, shape.classes, at: logits, and: layout.first)
    {
      return .unsure(.answersDiffer)
    }
    if countermeasures.contains(.canaries) && !hasCanaries(bytes.bytes, layout) {
      return .unsure(.canaryOverwritten)
    }
    return .sure(Logits(bytes.bytes.slice(logits, logits &+ 4 &* shape.classes)).argmax)
  }

  @inline(never)
  private func once<Observer: StageObserver>(
    _ bytes: inout MutableRawSpan, _ layout: GuardedLayout, _ work: inout WorkingValues,
    _ checks: inout StageChecks<Observer>
  ) -> Bool {
    work = WorkingValues()
    checks.restart()
    // With the copies of the picture and of the logits, for whoever looks on.
    var arena = bytes.slice(layout.arena, layout.behind)
    guard classify(&arena, &work, watchedBy: &checks) else { return false }
    checks.finish(self, &arena, work)
    return checks.detected == nil
  }

  @inline(never)
  private func copyWords(
    _ bytes: inout MutableRawSpan, _ count: Int, from source: Int, to offset: Int
  ) {
    precondition(source >= 0 && offset >= 0)
    precondition(max(source, offset) <= bytes.byteCount &- 4 &* count)
    var word = 0
    while word < count {
      // Inside by the lines above.
      let four = unsafe wordWithin(bytes.bytes, at: source &+ 4 &* word)
      unsafe setWordWithin(&bytes, at: offset &+ 4 &* word, four)
      word &+= 1
    }
  }

  private func hasEqualWords(_ bytes: RawSpan, _ count: Int, at a: Int, and b: Int) -> Bool {
    var difference: UInt32 = 0
    var word = 0
    while word < count {
      // Inside, as the caller's layout is.
      difference |=
        unsafe wordWithin(bytes, at: a &+ 4 &* word) ^ wordWithin(bytes, at: b &+ 4 &* word)
      word &+= 1
    }
    return difference == 0
  }

  private func hasCanaries(_ bytes: RawSpan, _ layout: GuardedLayout) -> Bool {
    Canary.isIntact(bytes.slice(0, layout.arena))
      && Canary.isIntact(bytes.slice(layout.behind, layout.total))
  }
}
