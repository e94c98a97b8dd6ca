import Kernels

/// The checks between the steps of a classification.
struct StageChecks<Inner: StageObserver>: StageObserver {
  /// Looks on before and after the checks.
  var inner: Inner
  /// The first check that failed.
  private(set) var alarm: Alarm?
  private let defenses: Defenses
  private let pictureSum: WordSum
  private var features = WordSum()
  private var list = WordSum()
  private var listed = 0
  private var activations = WordSum()
  private var ink: Int32 = 0
  private var tokens = StageTokens()

  init(_ inner: Inner, _ defenses: Defenses, pictureSum: WordSum) {
    self.inner = inner
    self.defenses = defenses
    self.pictureSum = pictureSum
  }

  /// Forgets the last classification.
  mutating func restart() {
    activations = WordSum()
    tokens = StageTokens()
  }

  mutating func reached(
    _ stage: Stage, of image: borrowing FlashImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    guard inner.reached(stage, of: image, &work, &bytes) else { return false }
    if defenses.contains(.tokens) { tokens.pass(stage) }
    let arena = ArenaView(bytes.bytes, ArenaLayout(image.geometry))
    switch stage {
    case .started: break
    case .conditioned: checkConditioned(arena)
    case .listed: checkListed(arena, work, inputs: image.geometry.contract.inputs)
    case .summed(let block): checkSums(image, work.sums, block)
    case .activated(let block): addActivations(arena, block)
    case .scored(let digit): checkScore(image, arena, work.logits, digit)
    }
    return alarm == nil
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing FlashImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    inner.checked(stage, of: image, &work, &bytes)
  }

  /// What has been used for the last time is as it was, and the way was the right one.
  mutating func finish(_ image: borrowing FlashImage, _ bytes: inout MutableRawSpan, pairs: Int) {
    if defenses.contains(.tokens) && tokens != StageTokens(wholeWayOf: image.geometry) {
      alarm = .stepsOutOfTurn
    }
    guard defenses.contains(.checksums) else { return }
    let arena = ArenaView(bytes.bytes, ArenaLayout(image.geometry))
    if WordSum(arena.features) != features { alarm = .featuresChanged }
    if pairs != listed || WordSum(arena.picture.extracting(0..<2 &* pairs)) != list {
      alarm = .listChanged
    }
    // A block is two whole words, so that blocks add up to the whole.
    if WordSum(arena.activations) != activations { alarm = .activationsChanged }
  }

  private mutating func checkConditioned(_ arena: borrowing ArenaView) {
    if defenses.contains(.checksums) {
      features = WordSum(arena.features)
      if WordSum(arena.picture) != pictureSum { alarm = .pictureChanged }
    }
    if defenses.contains(.bounds) { ink = total(arena.features) }
  }

  private mutating func checkListed(
    _ arena: borrowing ArenaView, _ work: WorkingValues, inputs: Int
  ) {
    let pairs = arena.picture
    guard work.pairs >= 0 && 2 &* work.pairs <= inputs else {
      if defenses.contains(.ranges) || defenses.contains(.checksums) { alarm = .listOutOfRange }
      return
    }
    if defenses.contains(.checksums) {
      list = WordSum(pairs.extracting(0..<2 &* work.pairs))
      listed = work.pairs
    }
    guard defenses.contains(.ranges) else { return }
    var least = 0
    for entry in 0..<work.pairs {
      let pair = Int(pairs.load(2 &* entry, as: UInt16.self))
      if pair < least || 2 &* pair >= inputs { alarm = .listOutOfRange }
      least = pair &+ 1
    }
  }

  private mutating func checkSums(
    _ image: borrowing FlashImage, _ sums: SIMD8<Int32>, _ block: Int
  ) {
    for lane in 0..<unitsPerBlock {
      let unit = block &* unitsPerBlock &+ lane
      if defenses.contains(.bounds) && !isBounded(sums[lane], image.hiddenBias(unit)) {
        alarm = .sumOutOfBounds
      }
      guard defenses.contains(.ranges) else { continue }
      let requantized = requantize(sums[lane], by: image.hiddenFactor(unit))
      if requantized > Defenses.mostRequantized || requantized < -Defenses.mostRequantized {
        alarm = .activationOutOfRange
      }
    }
  }

  private mutating func addActivations(_ arena: borrowing ArenaView, _ block: Int) {
    guard defenses.contains(.checksums) else { return }
    let start = block &* unitsPerBlock
    activations.add(arena.activations.extracting(start..<start &+ unitsPerBlock))
  }

  private mutating func checkScore(
    _ image: borrowing FlashImage, _ arena: borrowing ArenaView, _ logits: Logits, _ digit: Int
  ) {
    guard defenses.contains(.bounds) else { return }
    if digit == 0 { ink = total(arena.activations) }
    if !isBounded(logits.values[digit], image.outputBias(digit)) { alarm = .scoreOutOfBounds }
  }

  /// Whether a sum is no farther from its bias than 128 times all that went into it.
  @inline(__always)
  private func isBounded(_ sum: Int32, _ bias: Int32) -> Bool {
    let (difference, overflow) = sum.subtractingReportingOverflow(bias)
    return !overflow && difference <= 128 &* ink && difference >= -128 &* ink
  }
}

/// The sum of all bytes, at most 1024 · 255.
private func total(_ bytes: RawSpan) -> Int32 {
  var total: Int32 = 0
  for i in 0..<bytes.byteCount { total &+= Int32(bytes.load(i, as: UInt8.self)) }
  return total
}

/// The arena's parts, to be looked at only.
private struct ArenaView: ~Escapable {
  let picture: RawSpan
  let features: RawSpan
  let activations: RawSpan

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, _ layout: ArenaLayout) {
    picture = bytes.extracting(layout.picture..<layout.features)
    features = bytes.extracting(layout.features..<layout.activations)
    activations = bytes.extracting(layout.activations..<layout.total)
  }
}
