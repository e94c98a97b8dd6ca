/// A validated view over the bytes of a model image.
///
/// Opening it proves what running it needs: the checksums, every size, and that no sum of its weights
/// can leave 32 bits. Classifying with it can then neither trap, overflow nor read outside.
public struct ModelImage: ~Escapable {
  /// All bytes of the image.
  public let bytes: RawSpan
  /// The layers' sizes.
  public let shape: ModelShape
  /// Where the parts stand.
  public let layout: ModelImageLayout

  /// Checks `bytes` and views them as a model image.
  ///
  /// - Parameter bytes: the whole image and nothing else; on a chip it starts at a multiple of four.
  /// - Throws: the first fault found, as ``ModelImageError``.
  /// - Complexity: linear in the bytes; no memory is taken.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) throws(ModelImageError) {
    try self.init(reopening: bytes)
    guard
      crc32(bytes.slice(Header.bytes, bytes.byteCount), after: 0)
        == bytes.unsigned(Header.payloadChecksum)
    else { throw .payloadChecksum }
    try checkFields()
    try checkSums()
  }

  /// Views bytes that were opened before, where they stand: sizes are taken from the header anew, whose
  /// checksum says that they are the same. What is behind the header is not looked at.
  ///
  /// - Complexity: linear in the header.
  @_lifetime(copy bytes)
  init(reopening bytes: RawSpan) throws(ModelImageError) {
    try ModelImage.checkHeader(bytes)
    shape = try ModelImage.checkedShape(bytes)
    layout = ModelImageLayout(shape, nameBytes: Int(bytes.short(Header.nameBytes)))
    guard layout.total == bytes.byteCount else { throw .wrongLength }
    self.bytes = bytes
  }

  /// Whether another view is of the same bytes and has the same sizes.
  func isSameView(as other: borrowing ModelImage) -> Bool {
    bytes.isIdentical(to: other.bytes) && shape == other.shape && layout == other.layout
  }

  /// The bias of a hidden unit that there is.
  @unsafe package func hiddenBias(_ unit: Int) -> Int32 {
    unsafe number(layout.hiddenBias &+ 4 &* unit)
  }

  /// The requantization of a hidden unit that there is.
  @unsafe package func hiddenMultiplier(_ unit: Int) -> QuantizedMultiplier {
    QuantizedMultiplier(
      multiplier: unsafe number(layout.hiddenMultiplier &+ 4 &* unit),
      shift: unsafe bytes.unchecked(layout.hiddenShift &+ unit))
  }

  /// The bias of a class that there is.
  @unsafe package func outputBias(_ index: Int) -> Int32 {
    unsafe number(layout.outputBias &+ 4 &* index)
  }

  /// The weights of hidden units `8 · block ..< 8 · block + 8`.
  ///
  /// - Parameter block: 0 ..< hidden units / ``unitsPerBlock``.
  /// - Returns: ``unitsPerBlock`` bytes for each input, as ``hiddenWeightOffset(input:unit:inputs:)`` has them.
  @_lifetime(copy self)
  public func hiddenWeights(block: Int) -> RawSpan {
    let length = unitsPerBlock &* shape.inputSpec.inputs
    let start = layout.hiddenWeights &+ block &* length
    return bytes.slice(start, start &+ length)
  }

  /// The weights of all hidden units.
  var hiddenWeights: RawSpan {
    @_lifetime(copy self)
    get { part(layout.hiddenWeights, layout.outputWeights) }
  }

  /// The weights of a class, one for each hidden unit.
  ///
  /// - Parameter index: 0 ..< ``ModelShape/classes``.
  @_lifetime(copy self)
  public func outputWeights(_ index: Int) -> RawSpan {
    precondition(index >= 0 && index < shape.classes)
    let start = layout.outputWeights &+ index &* shape.hidden
    return part(start, start &+ shape.hidden)
  }

  /// The bytes between two offsets that the layout gives.
  @inline(__always)
  @_lifetime(copy self)
  func part(_ start: Int, _ end: Int) -> RawSpan {
    // Inside, as the image, which is not empty, is as long as its layout. (To extract it from the span checks more.)
    let part = unsafe bytes.withUnsafeBytes { image in
      unsafe UnsafeRawBufferPointer(
        start: image.baseAddress.unsafelyUnwrapped + start, count: end &- start)
    }
    return unsafe _overrideLifetime(RawSpan(_unsafeBytes: part), copying: self)
  }

  /// What the activation's table makes of a requantized sum, 0 ... 255.
  ///
  /// - Parameter requantized: the sum in steps of its range, 128 for zero. ReLU has no table:
  ///   ``ActivationKind/needsTable``.
  public func activation(_ requantized: UInt8) -> UInt8 {
    // The table has an entry for each byte.
    unsafe bytes.unchecked(layout.table &+ Int(requantized))
  }

  /// The number at a multiple of four inside; the image is as long as its layout.
  @inline(__always) @unsafe
  private func number(_ offset: Int) -> Int32 {
    Int32(bitPattern: unsafe wordWithin(bytes, at: offset))
  }

  /// A pixel of the self-test vector, of 784.
  @unsafe package func selfTestPixel(_ index: Int) -> UInt8 {
    let pair = unsafe bytes.unchecked(layout.selfTestPicture &+ index &>> 1)
    return (index & 1 == 0 ? pair & 15 : pair &>> 4) &* 17
  }

  /// A logit that the self-test vector must give, of a class that there is.
  @unsafe package func selfTestLogit(_ index: Int) -> Int32 {
    unsafe number(layout.selfTestLogits &+ 4 &* index)
  }

  /// The byte at an offset.
  ///
  /// - Parameter offset: within the image.
  public func byte(_ offset: Int) -> UInt8 { bytes.load(offset, as: UInt8.self) }

  /// The little-endian number at an offset.
  ///
  /// - Parameter offset: within the image, with the three bytes behind it.
  public func word(_ offset: Int) -> Int32 {
    Int32(littleEndian: bytes.load(offset, as: Int32.self))
  }
}

extension RawSpan {
  /// The bytes from one offset to before another, checked to lie inside. (A range is checked where it is made, which
  /// takes a firmware more bytes than the call.)
  @inline(never)
  @_lifetime(copy self)
  func slice(_ start: Int, _ end: Int) -> RawSpan { extracting(start..<end) }

  /// The number at `offset`, checked to lie inside.
  @inline(__always)
  func load<T: BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T {
    precondition(offset >= 0 && offset <= byteCount &- MemoryLayout<T>.size)
    // Inside by the line above; any bits are a number.
    return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type)
  }
}
