/// The memory of a guarded classification: the arena between two canaries, and behind it, where the
/// picture is read twice, a second copy of it.
///
///     canary 16 | arena | picture 784, if duplicate | canary 16
public struct GuardedLayout: Sendable {
  /// Where the arena starts.
  public let arena = Canary.bytes
  /// Where the copy of the picture starts, if there is one.
  public let pictureCopy: Int
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
    behind = pictureCopy &+ (countermeasures.contains(.duplicate) ? pictureBytes : 0)
    total = behind &+ Canary.bytes
  }

  /// Paints the canaries, once at the start.
  ///
  /// - Parameter bytes: ``total`` bytes; on a chip they start at a multiple of four.
  public func prepare(_ bytes: inout MutableRawSpan) {
    var front = bytes._mutatingExtracting(0..<arena)
    Canary.paint(&front)
    var back = bytes._mutatingExtracting(behind..<total)
    Canary.paint(&back)
  }
}

/// What a guarded classification says.
public enum GuardedAnswer: Sendable {
  /// Ten logits that every check has let pass.
  case sure(Logits)
  /// A check failed: there is no answer.
  case unsure(DetectedFault)
  /// The observer gave it up.
  case abandoned

  /// The digit, if there is one.
  public var digit: Int? {
    if case .sure(let logits) = self { return logits.digit }
    return nil
  }
}

extension ModelImage {
  /// Reads the digit whose picture stands at ``GuardedLayout/arena``, and says so only if every check
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
    let layout = GuardedLayout(shape, countermeasures)
    precondition(bytes.byteCount == layout.total)
    if countermeasures.contains(.duplicate) {
      copyPicture(&bytes, from: layout.arena, to: layout.pictureCopy)
    }
    var work = WorkingValues()
    var checks = StageChecks(observer, countermeasures, pictureSum: pictureSum)
    defer { observer = checks.inner }
    var whole = once(&bytes, layout, &work, &checks)
    if whole && countermeasures.contains(.duplicate) {
      copyPicture(&bytes, from: layout.pictureCopy, to: layout.arena)
      work.first = work.logits
      whole = once(&bytes, layout, &work, &checks)
      if whole && work.first != work.logits { return .unsure(.answersDiffer) }
    }
    if let detected = checks.detected { return .unsure(detected) }
    guard whole else { return .abandoned }
    if countermeasures.contains(.canaries) && !hasCanaries(bytes.bytes, layout) {
      return .unsure(.canaryOverwritten)
    }
    return .sure(work.logits)
  }

  private func once<Observer: StageObserver>(
    _ bytes: inout MutableRawSpan, _ layout: GuardedLayout, _ work: inout WorkingValues,
    _ checks: inout StageChecks<Observer>
  ) -> Bool {
    work.restart()
    checks.restart()
    var arena = bytes._mutatingExtracting(layout.arena..<layout.pictureCopy)
    guard classify(&arena, &work, watchedBy: &checks) else { return false }
    checks.finish(self, &arena, work)
    return checks.detected == nil
  }

  private func copyPicture(_ bytes: inout MutableRawSpan, from source: Int, to offset: Int) {
    precondition(source >= 0 && offset >= 0)
    precondition(max(source, offset) <= bytes.byteCount &- pictureBytes)
    for word in 0..<pictureBytes / 4 {
      // Inside by the lines above; a picture is whole words.
      let four = unsafe wordWithin(bytes.bytes, at: source &+ 4 &* word)
      unsafe setWordWithin(&bytes, at: offset &+ 4 &* word, four)
    }
  }

  private func hasCanaries(_ bytes: RawSpan, _ layout: GuardedLayout) -> Bool {
    Canary.isIntact(bytes.extracting(0..<layout.arena))
      && Canary.isIntact(bytes.extracting(layout.behind..<layout.total))
  }
}

extension Logits {
  /// Whether all ten logits are equal.
  public static func == (a: Logits, b: Logits) -> Bool {
    var difference: Int32 = 0
    for digit in 0..<classCount { difference |= a.values[digit] ^ b.values[digit] }
    return difference == 0
  }
}

extension Logits: Equatable {}
