/// Brings a 28x28 picture to what the network sees, in integers; training, simulator and firmware all
/// call this.
///
/// - Parameters:
///   - picture: ``pictureBytes`` pixels, light ink on dark.
///   - inputSpec: a valid input spec.
///   - features: `inputSpec.inputs` bytes; they may not overlap the picture.
/// - Complexity: a constant number of steps a pixel, no memory but three rows.
public func preprocess(
  _ picture: RawSpan, by inputSpec: InputSpec, into features: inout MutableRawSpan
) {
  precondition(picture.byteCount == pictureBytes && features.byteCount == inputSpec.inputs)
  clear(&features)
  let moments = InkMoments(picture)
  if moments.mass == 0 { return }
  var sampler = Sampler(transform: DeskewTransform(moments), deskew: inputSpec.deskew)
  if inputSpec.side == pictureSide {
    for y in 0..<pictureSide {
      sampler.sample(row: y, of: picture, to: &features, at: y &* pictureSide)
    }
  } else {
    pool(&sampler, picture, side: inputSpec.side, into: &features)
  }
}

/// Sets everything to zero.
private func clear(_ bytes: inout MutableRawSpan) {
  for word in 0..<bytes.byteCount / 4 {
    // Inside: as many words as fit. (Inputs come in fours.)
    unsafe setWordWithin(&bytes, at: 4 &* word, 0)
  }
}

/// The central square of twice the width, two rows and two columns at a time: the mean of four pixels, a
/// half rounded up.
private func pool(
  _ sampler: inout Sampler, _ picture: RawSpan, side: Int, into features: inout MutableRawSpan
) {
  let margin = (pictureSide &- 2 &* side) / 2
  var target = 0
  for y in 0..<side {
    var rows = InlineArray<14, UInt32>(repeating: 0)
    var span = rows.mutableSpan
    var both = unsafe span.mutableBytes
    let row = margin &+ 2 &* y
    sampler.sample(row: row, of: picture, to: &both, at: 0)
    sampler.sample(row: row &+ 1, of: picture, to: &both, at: pictureSide)
    for x in 0..<side {
      let column = margin &+ 2 &* x
      // Inside: the margin is the same on both sides of the two rows of 28.
      let pixels = both.bytes
      let upper = unsafe UInt32(pixels.unchecked(column)) &+ UInt32(pixels.unchecked(column &+ 1))
      let lower =
        unsafe UInt32(pixels.unchecked(column &+ pictureSide))
        &+ UInt32(pixels.unchecked(column &+ pictureSide &+ 1))
      unsafe features.storeUnchecked(
        UInt8(truncatingIfNeeded: (upper &+ lower &+ 2) &>> 2), at: target)
      target &+= 1
    }
  }
}

extension MutableRawSpan {
  /// The bytes from one offset to before another, checked to lie inside.
  @inline(never)
  @_lifetime(&self)
  mutating func slice(_ start: Int, _ end: Int) -> MutableRawSpan {
    _mutatingExtracting(start..<end)
  }

  /// Stores a byte at an offset checked to lie inside.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func store(_ value: UInt8, at offset: Int) {
    precondition(offset >= 0 && offset < byteCount)
    // Inside by the line above.
    unsafe storeBytes(of: value, toUncheckedByteOffset: offset, as: UInt8.self)
  }
}
