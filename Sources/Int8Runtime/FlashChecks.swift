import Kernels

// What FlashImage.init proves, in the order in which a damaged image is best told apart.
extension FlashImage {
  /// Magic, version, length and both checksums.
  static func checkFrame(_ bytes: RawSpan) throws(FlashError) {
    guard bytes.byteCount >= Header.bytes else { throw .truncated }
    guard bytes.unsigned(Header.magic) == Header.magicValue else { throw .notAFlashImage }
    guard bytes.short(Header.version) == Header.versionValue else { throw .unsupportedVersion }
    guard Int(bytes.unsigned(Header.imageBytes)) == bytes.byteCount else { throw .wrongLength }
    guard
      crc32(bytes.extracting(0..<Header.headerChecksum)) == bytes.unsigned(Header.headerChecksum)
    else { throw .headerChecksum }
    guard
      crc32(bytes.extracting(Header.bytes..<bytes.byteCount))
        == bytes.unsigned(Header.payloadChecksum)
    else { throw .payloadChecksum }
  }

  /// The geometry the header gives, if the runtime knows it.
  static func checkedGeometry(_ bytes: RawSpan) throws(FlashError) -> Geometry {
    let deskew = bytes.load(Header.conditioning, as: UInt8.self)
    guard
      let activation = Activation(rawValue: bytes.load(Header.activation, as: UInt8.self)),
      deskew <= 1, bytes.load(Header.polarity, as: UInt8.self) == 0,
      Int(bytes.short(Header.headerBytes)) == Header.bytes,
      Int(bytes.short(Header.classes)) == classCount
    else { throw .unsupportedGeometry }
    let geometry = Geometry(
      contract: InputContract(
        side: Int(bytes.load(Header.side, as: UInt8.self)), deskew: deskew == 1),
      hidden: Int(bytes.short(Header.hidden)), activation: activation)
    guard geometry.isValid else { throw .unsupportedGeometry }
    return geometry
  }

  /// Scales, counts, names, shifts: every field has a value it can have.
  func checkFields() throws(FlashError) {
    var valid = byte(Header.knownLabel) < 10
    valid = valid && bytes.unsigned(Header.testCorrect) <= bytes.unsigned(Header.testCount)
    valid = valid && isPositiveNormal(Header.inputScale) && isPositiveNormal(Header.activationScale)
    valid = valid && isPositiveNormal(Header.logitScale) && isPositiveNormal(Header.temperature)
    valid = valid && (word(Header.unsureBelow) == 0 || isPositiveNormal(Header.unsureBelow))
    valid = valid && isText(Header.dataset, length: 32) && isText(Header.recipe, length: 96)
    valid = valid && byte(26) == 0 && byte(27) == 0
    for offset in Header.reserved..<Header.headerChecksum { valid = valid && byte(offset) == 0 }
    for unit in 0..<geometry.hidden {
      let factor = hiddenFactor(unit)
      valid = valid && factor.multiplier >= 0 && factor.shift <= 31
    }
    if !valid { throw .malformedField }
  }

  /// Whether the bits are those of a positive, normal, finite Float (no float arithmetic here).
  private func isPositiveNormal(_ offset: Int) -> Bool {
    word(offset) >= 0x0080_0000 && word(offset) < 0x7F80_0000
  }

  /// Printable ASCII, then only zeros.
  private func isText(_ start: Int, length: Int) -> Bool {
    var ended = false
    for offset in start..<start &+ length {
      let character = byte(offset)
      if character == 0 {
        ended = true
      } else if ended || character < 0x20 || character > 0x7E {
        return false
      }
    }
    return true
  }

  /// That no sum can leave 32 bits, whatever the picture: the bias with all of a row's positive
  /// weights times 255, and with all of its negative ones, bound every partial sum in any order.
  ///
  /// A row has at most 1024 weights, so its bound without the bias, 1024 · 255 · 128, fits 32 bits.
  func checkSums() throws(FlashError) {
    for block in 0..<geometry.hidden / unitsPerBlock {
      let weights = hiddenWeights(block: block)
      for lane in 0..<unitsPerBlock {
        var bound = SumBound()
        // Half a word for each input, at every fourth half.
        for input in 0..<geometry.contract.inputs {
          let place = (input &>> 1) &* bytesPerPair &+ (lane &>> 1) &* 4 &+ (input & 1) &* 2
          let (even, odd) = interlockedWeights(weights.load(place, as: Int16.self))
          bound.add(lane & 1 == 0 ? even : odd)
        }
        guard bound.fits(bias: hiddenBias(block &* unitsPerBlock &+ lane)) else {
          throw .accumulatorOverflow
        }
      }
    }
    for digit in 0..<classCount {
      let weights = outputWeights(digit)
      var bound = SumBound()
      for unit in 0..<geometry.hidden { bound.add(Int32(weights.load(unit, as: Int8.self))) }
      guard bound.fits(bias: outputBias(digit)) else { throw .accumulatorOverflow }
    }
  }
}

/// The largest and smallest that a row's sum can be when every value is 0 ... 255.
struct SumBound {
  private var positive: Int32 = 0
  private var negative: Int32 = 0

  mutating func add(_ weight: Int32) {
    if weight > 0 { positive &+= weight } else { negative &+= weight }
  }

  func fits(bias: Int32) -> Bool {
    !bias.addingReportingOverflow(positive &* 255).overflow
      && !bias.addingReportingOverflow(negative &* 255).overflow
  }
}

extension RawSpan {
  /// A little-endian UInt32.
  func unsigned(_ offset: Int) -> UInt32 { UInt32(littleEndian: load(offset, as: UInt32.self)) }

  /// A little-endian UInt16.
  func short(_ offset: Int) -> UInt16 { UInt16(littleEndian: load(offset, as: UInt16.self)) }
}
