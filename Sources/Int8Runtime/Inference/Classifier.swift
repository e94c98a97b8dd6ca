extension ModelImage {
  /// Finds the class of the picture that stands at the start of the arena. The picture is overwritten.
  ///
  /// - Parameter bytes: the arena, ``ArenaLayout/total`` bytes, the picture in its first ``pictureBytes``; on a chip
  ///   it starts at a multiple of four.
  /// - Returns: a logit for each class; ``Logits/argmax`` is the answer.
  /// - Complexity: `hidden` multiplications for each input that is not zero and for each class; no heap, no
  ///   floating point, no division but those of preprocessing.
  @_lifetime(&bytes)
  public func classify(_ bytes: inout MutableRawSpan) -> Logits {
    prepare(&bytes)
    return classifyPrepared(&bytes)
  }

  /// Preprocesses the picture at the start of the arena: the first half of ``classify(_:)``.
  ///
  /// - Parameter bytes: the arena, ``ArenaLayout/total`` bytes; the features are written to
  ///   ``ArenaLayout/features``.
  public func prepare(_ bytes: inout MutableRawSpan) {
    let arena = Arena(&bytes, layout: ArenaLayout(shape))
    var features = arena.features
    preprocess(arena.picture.bytes, by: shape.inputSpec, into: &features)
  }

  /// Finds the class of the preprocessed picture: the second half of ``classify(_:)``.
  ///
  /// - Parameter bytes: the arena, as ``prepare(_:)`` left it.
  /// - Returns: a logit for each class; ``Logits/argmax`` is the answer.
  @_lifetime(&bytes)
  public func classifyPrepared(_ bytes: inout MutableRawSpan) -> Logits {
    let arena = Arena(&bytes, layout: ArenaLayout(shape))
    var list = arena.picture
    var sums = arena.sums
    copyBiases(&sums)
    sumHidden(arena.features.bytes, &list, &sums)
    activate(&sums)
    var words = arena.logitWords
    var index = 0
    while index < shape.classes {
      outputLogit(index, arena.activations, &words)
      index &+= 1
    }
    return arena.logits
  }

  /// The logits that a classification left.
  ///
  /// - Parameter arena: its arena.
  @_lifetime(copy arena)
  public func logits(in arena: RawSpan) -> Logits {
    let layout = ArenaLayout(shape)
    return Logits(arena.slice(layout.logits, layout.logitsEnd))
  }

  /// One class's logit, from all activations.
  @inline(__always)
  func outputLogit(_ index: Int, _ activations: RawSpan, _ logits: inout MutableRawSpan) {
    let logit = unsafe outputRowSum(
      weights: outputWeights(index), activations: activations, bias: outputBias(index))
    // Inside: there are four bytes for each class.
    unsafe setWordWithin(&logits, at: 4 &* index, UInt32(bitPattern: logit))
  }

  /// Starts every hidden sum with its bias.
  func copyBiases(_ sums: inout MutableRawSpan) {
    copyQuads(part(layout.hiddenBias, layout.hiddenMultiplier), to: &sums)
  }

  /// As many nonzero pairs at a time as the list has room for.
  private func sumHidden(
    _ features: RawSpan, _ list: inout MutableRawSpan, _ sums: inout MutableRawSpan
  ) {
    var next = 0
    while next < shape.inputSpec.inputs {
      let count = listNonzeroPairs(features, from: &next, into: &list)
      addHiddenSums(
        weights: hiddenWeights, inputs: shape.inputSpec.inputs, pairs: list.bytes, count: count,
        sums: &sums)
    }
  }

  /// Puts each activation where the first sums were: never ahead of the sum that is read.
  func activate(_ sums: inout MutableRawSpan) {
    if !shape.activation.needsTable {
      rectify(
        &sums, multipliers: part(layout.hiddenMultiplier, layout.outputBias),
        shifts: part(layout.hiddenShift, layout.table))
      return
    }
    var unit = 0
    while unit < shape.hidden {
      let sum = Int32(bitPattern: unsafe wordWithin(sums.bytes, at: 4 &* unit))
      let requantized = unsafe requantize(sum, by: hiddenMultiplier(unit))
      // Limited first: a sum near the end of 32 bits has no room for 128 more.
      let limited = saturated((requantized < 127 ? requantized : 127) &+ 128)
      // Inside: four bytes a unit are there.
      unsafe sums.storeUnchecked(activation(limited), at: unit)
      unit &+= 1
    }
  }
}

/// Copies as many sixteens of bytes as the target has.
@inline(__always)
private func copyQuads(_ source: RawSpan, to target: inout MutableRawSpan) {
  precondition(source.byteCount >= target.byteCount)
  var offset = 0
  while offset < target.byteCount & ~15 {
    // In bounds by the loop; both are at multiples of four.
    let (a, b) = unsafe (wordWithin(source, at: offset), wordWithin(source, at: offset &+ 4))
    let (c, d) = unsafe (wordWithin(source, at: offset &+ 8), wordWithin(source, at: offset &+ 12))
    unsafe setWordWithin(&target, at: offset, a)
    unsafe setWordWithin(&target, at: offset &+ 4, b)
    unsafe setWordWithin(&target, at: offset &+ 8, c)
    unsafe setWordWithin(&target, at: offset &+ 12, d)
    offset &+= 16
  }
}

/// The nearest of 0 ... 255.
@inline(__always)
func saturated(_ value: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: value < 0 ? 0 : value > 255 ? 255 : value)
}
