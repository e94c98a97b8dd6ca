/// The checks between the steps of a classification.
struct StageChecks<Inner: StageObserver>: StageObserver {
  /// Looks on before and after the checks.
  var inner: Inner
  /// The first check that failed.
  private(set) var detected: DetectedFault?
  private let countermeasures: Countermeasures
  private let layout: ArenaLayout
  private let pictureSum: FletcherChecksum
  private var features = FletcherChecksum()
  private var list = FletcherChecksum()
  private var listed = 0
  private var sums = FletcherChecksum()
  private var activations = FletcherChecksum()
  private var logits = FletcherChecksum()
  private var ink: Int32 = 0
  private var nonzeroPairs = 0
  private var listedPairs = 0
  private var scanned = 0
  private var signature = ControlFlowSignature()

  init(
    _ inner: Inner, _ countermeasures: Countermeasures, _ layout: ArenaLayout,
    pictureSum: FletcherChecksum
  ) {
    self.inner = inner
    self.layout = layout
    self.countermeasures = countermeasures
    self.pictureSum = pictureSum
  }

  /// Forgets the last classification.
  mutating func restart() {
    signature = ControlFlowSignature()
    logits = FletcherChecksum()
    listedPairs = 0
    scanned = 0
  }

  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    guard inner.reached(stage, of: image, &work, &bytes) else { return false }
    if countermeasures.contains(.tokens) { signature.pass(step: stage.number) }
    let arena = ArenaView(bytes.bytes, layout)
    switch stage {
    case .started: break
    case .preprocessed: checkPreprocessed(arena)
    case .listed: checkListed(arena, work, inputs: image.shape.inputSpec.inputs)
    case .summed: checkSummed(image, arena, work)
    case .activated:
      if countermeasures.contains(.checksums) { activations = FletcherChecksum(arena.activations) }
      if countermeasures.contains(.bounds) { ink = total(arena.activations) }
    case .logit(let index):
      // Just written, and inside.
      let logit = Int32(bitPattern: arena.logits.unsigned(4 &* index))
      let isBounded = unsafe isBounded(logit, image.outputBias(index))
      if countermeasures.contains(.bounds) && !isBounded { detected = .logitOutOfBounds }
      if countermeasures.contains(.checksums) { logits.add(UInt32(bitPattern: logit)) }
    }
    return detected == nil
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    inner.checked(stage, of: image, &work, &bytes)
  }

  /// What has been used for the last time is as it was, and the way was the right one.
  mutating func finish(
    _ image: borrowing ModelImage, _ bytes: inout MutableRawSpan, _ work: WorkingValues
  ) {
    let lists = work.lists
    if countermeasures.contains(.tokens) {
      // How many lists there are is the picture's affair; that they name all pairs is not.
      let isWhole = lists >= 0 && lists <= pictureBytes && listedPairs == nonzeroPairs
      if !isWhole || signature != ControlFlowSignature(lists: lists, classes: image.shape.classes) {
        detected = .stepsOutOfTurn
      }
    }
    guard countermeasures.contains(.checksums) else { return }
    let arena = ArenaView(bytes.bytes, layout)
    if !features.isSum(of: arena.features) { detected = .featuresChanged }
    if !activations.isSum(of: arena.activations) { detected = .activationsChanged }
    if !logits.isSum(of: arena.logits) { detected = .logitsChanged }
  }

  private mutating func checkPreprocessed(_ arena: borrowing ArenaView) {
    if countermeasures.contains(.checksums) {
      features = FletcherChecksum(arena.features)
      sums = FletcherChecksum(arena.sums)
      if !pictureSum.isSum(of: arena.picture) { detected = .pictureChanged }
    }
    if countermeasures.contains(.bounds) { ink = total(arena.features) }
    if countermeasures.contains(.tokens) { nonzeroPairs = entriesWithInk(arena.features) }
  }

  private mutating func checkListed(
    _ arena: borrowing ArenaView, _ work: WorkingValues, inputs: Int
  ) {
    listedPairs &+= work.pairs
    let isPossible =
      work.pairs >= 0 && work.pairs <= mostListed && work.next > scanned
      && work.next <= inputs && work.next & 3 == 0
    if !isPossible {
      if countermeasures.contains(.ranges) || countermeasures.contains(.checksums) {
        detected = .listOutOfRange
      }
      return
    }
    scanned = work.next
    let entries = arena.picture.slice(0, listedBytes(work.pairs))
    if countermeasures.contains(.checksums) {
      list = FletcherChecksum(entries)
      listed = work.pairs
      // The sums have waited while the list was made.
      if !sums.isSum(of: arena.sums) { detected = .sumsChanged }
    }
    if countermeasures.contains(.ranges) && !isList(entries, work.pairs, of: arena.features) {
      detected = .listOutOfRange
    }
  }

  private mutating func checkSummed(
    _ image: borrowing ModelImage, _ arena: borrowing ArenaView, _ work: WorkingValues
  ) {
    if countermeasures.contains(.checksums) {
      sums = FletcherChecksum(arena.sums)
      let entries = arena.picture.slice(0, listedBytes(listed))
      if work.pairs != listed || !list.isSum(of: entries) { detected = .listChanged }
    }
    if countermeasures.contains(.ranges) && work.next != scanned { detected = .listOutOfRange }
    guard countermeasures.contains(.bounds) || countermeasures.contains(.ranges) else { return }
    let words = arena.sums
    var next = 0
    while next < image.shape.hidden {
      let unit = next
      next &+= 1
      let sum = Int32(bitPattern: words.unsigned(4 &* unit))
      if unsafe countermeasures.contains(.bounds) && !isBounded(sum, image.hiddenBias(unit)) {
        detected = .sumOutOfBounds
      }
      guard countermeasures.contains(.ranges) else { continue }
      let requantized = unsafe requantize(sum, by: image.hiddenMultiplier(unit))
      if requantized > Countermeasures.mostRequantized
        || requantized < -Countermeasures.mostRequantized
      {
        detected = .activationOutOfRange
      }
    }
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
  // In bounds by the loop.
  for i in 0..<bytes.byteCount { total &+= unsafe Int32(bytes.unchecked(i)) }
  return total
}

/// The arena's parts, to be looked at only.
private struct ArenaView: ~Escapable {
  let bytes: RawSpan
  let layout: ArenaLayout

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, _ layout: ArenaLayout) {
    self.bytes = bytes
    self.layout = layout
  }

  var picture: RawSpan {
    @_lifetime(copy self)
    get { bytes.slice(layout.picture, layout.features) }
  }

  var features: RawSpan {
    @_lifetime(copy self)
    get { bytes.slice(layout.features, layout.activations) }
  }

  var sums: RawSpan {
    @_lifetime(copy self)
    get { bytes.slice(layout.activations, layout.sumsEnd) }
  }

  var activations: RawSpan {
    @_lifetime(copy self)
    get { bytes.slice(layout.activations, layout.logits) }
  }

  var logits: RawSpan {
    @_lifetime(copy self)
    get { bytes.slice(layout.logits, layout.logitsEnd) }
  }
}
