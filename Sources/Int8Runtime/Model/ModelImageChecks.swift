// What ModelImage.init proves, in the order in which a damaged image is best told apart.
extension ModelImage {
  /// Magic, version, length and the header's checksum.
  @inline(__always)
  static func checkHeader(_ bytes: RawSpan) throws(ModelImageError) {
    guard bytes.byteCount >= Header.bytes else { throw .truncated }
    guard bytes.unsigned(Header.magic) == Header.magicValue else { throw .notAModelImage }
    guard bytes.short(Header.version) == Header.versionValue else { throw .unsupportedVersion }
    // Flash is written in words. A length of 31 bits or more is below zero where numbers have 32.
    guard Int(truncatingIfNeeded: bytes.unsigned(Header.imageBytes)) == bytes.byteCount,
      bytes.byteCount & 3 == 0
    else { throw .wrongLength }
    guard
      crc32(bytes.slice(0, Header.headerChecksum), after: 0)
        == bytes.unsigned(Header.headerChecksum)
    else { throw .headerChecksum }
  }

  /// The model shape that the header, which is there, gives, if the runtime knows it.
  @inline(__always)
  static func checkedShape(_ bytes: RawSpan) throws(ModelImageError) -> ModelShape {
    let deskew = unsafe bytes.unchecked(Header.preprocessing)
    guard
      let activation = unsafe ActivationKind(rawValue: bytes.unchecked(Header.activation)),
      deskew <= 1, unsafe bytes.unchecked(Header.polarity) == 0,
      Int(bytes.short(Header.headerBytes)) == Header.bytes
    else { throw .unsupportedShape }
    let shape = unsafe ModelShape(
      inputSpec: InputSpec(
        side: Int(bytes.unchecked(Header.side)), deskew: deskew == 1),
      hidden: Int(bytes.short(Header.hidden)), classes: Int(bytes.short(Header.classes)),
      activation: activation)
    guard shape.isValid else { throw .unsupportedShape }
    return shape
  }

  /// Scales, counts, names, shifts: every field has a value it can have.
  func checkFields() throws(ModelImageError) {
    // All of it inside: the header is there, and the factors are where the layout has them.
    var valid = unsafe bytes.unchecked(Header.reserved) == 0
    valid = valid && bytes.unsigned(Header.testCorrect) <= bytes.unsigned(Header.testCount)
    // The three scales are neighbors, and the limit for being unsure follows.
    var offset = Header.activationScale
    while offset <= Header.unsureBelow {
      let bits = bytes.unsigned(offset)
      // From the least normal number to below infinity.
      let isPositiveNormal = bits &- 0x0080_0000 < 0x7F80_0000 - 0x0080_0000
      valid = valid && (isPositiveNormal || offset == Header.unsureBelow && bits == 0)
      offset &+= 4
    }
    valid = valid && hasFiniteConfidences && hasNames
    valid = valid && isText(from: Header.dataset, to: Header.recipe)
    valid = valid && isText(from: Header.recipe, to: Header.headerChecksum)
    var unit = 0
    while unit < shape.hidden {
      let factor = unsafe hiddenMultiplier(unit)
      valid = valid && factor.multiplier >= 0 && factor.shift <= 31
      unit &+= 1
    }
    if !valid { throw .malformedField }
  }

  /// Printable ASCII, then only zeros.
  @inline(never)
  private func isText(from start: Int, to end: Int) -> Bool {
    var ended = false
    for offset in start..<end {
      // Inside the header.
      let character = unsafe bytes.unchecked(offset)
      if character == 0 {
        ended = true
      } else if ended || character &- 0x20 > 0x7E - 0x20 {
        return false
      }
    }
    return true
  }

  /// That no sum can leave 32 bits, whatever the picture: the bias with all of a row's positive
  /// weights times 255, and with all of its negative ones, bound every partial sum in any order.
  ///
  /// A row has at most 1024 weights, so its bound without the bias, 1024 · 255 · 128, fits 32 bits.
  func checkSums() throws(ModelImageError) {
    let inputs = shape.inputSpec.inputs
    var unit = 0
    while unit < shape.hidden {
      // Two bytes a pair of units and input; the inputs of a pair are neighbors.
      let row = Row(
        start: layout.hiddenWeights
          &+ hiddenWeightOffset(input: 0, unit: unit, inputs: inputs),
        step: 8, back: 6, isPacked: unit & 1 == 1)
      if unsafe !fits(row, count: inputs, bias: hiddenBias(unit)) { throw .accumulatorOverflow }
      unit &+= 1
    }
    var index = 0
    while index < shape.classes {
      let row = Row(
        start: layout.outputWeights &+ index &* shape.hidden, step: 1, back: 0,
        isPacked: false)
      if unsafe !fits(row, count: shape.hidden, bias: outputBias(index)) {
        throw .accumulatorOverflow
      }
      index &+= 1
    }
  }

  /// Where the weights of a row are: each `step` bytes behind the one before, every second one `back`
  /// bytes less; and whether each is one less where the weight before it is negative.
  private struct Row {
    let start: Int
    let step: Int
    let back: Int
    let isPacked: Bool
  }

  /// Whether a row's sum fits 32 bits when every value is 0 ... 255.
  @inline(never)
  private func fits(_ row: Row, count: Int, bias: Int32) -> Bool {
    var (positive, negative) = (0 as Int32, 0 as Int32)
    for i in 0..<count {
      // Inside: the image is as long as its layout.
      let offset = row.start &+ i &* row.step &- (i & 1) &* row.back
      var weight = unsafe Int32(Int8(bitPattern: bytes.unchecked(offset)))
      if unsafe row.isPacked && bytes.unchecked(offset &- 1) > 127 { weight &+= 1 }
      if weight > 0 { positive &+= weight } else { negative &+= weight }
    }
    return !bias.addingReportingOverflow(positive &* 255).overflow
      && !bias.addingReportingOverflow(negative &* 255).overflow
  }
}

extension RawSpan {
  /// The UInt32 at a multiple of four inside the header, which the caller knows to be there.
  @inline(__always)
  func unsigned(_ offset: Int) -> UInt32 { unsafe wordWithin(self, at: offset) }

  /// The UInt16 at an even offset inside the header, which the caller knows to be there.
  @inline(__always)
  func short(_ offset: Int) -> UInt16 {
    let word = unsafe wordWithin(self, at: offset & ~3)
    return UInt16(truncatingIfNeeded: offset & 2 == 0 ? word : word &>> 16)
  }
}
