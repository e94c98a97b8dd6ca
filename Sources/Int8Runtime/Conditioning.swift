/// Brings a 28x28 picture to what the network sees, in integers; training, simulator and firmware all
/// call this.
///
/// - Parameters:
///   - picture: ``pictureBytes`` pixels, light ink on dark.
///   - contract: a valid contract.
///   - features: `contract.inputs` bytes; they may not overlap the picture.
/// - Complexity: a constant number of steps a pixel, no memory but a row of 30 bytes.
public func condition(
  _ picture: RawSpan, by contract: InputContract, into features: inout MutableRawSpan
) {
  precondition(picture.byteCount == pictureBytes && features.byteCount == contract.inputs)
  let moments = InkMoments(picture)
  if moments.mass == 0 {
    for i in 0..<contract.inputs { features.store(0, at: i) }
    return
  }
  let upright = Upright(moments)
  var sampler = Sampler(upright: upright, deskew: contract.deskew)
  let side = contract.side
  if side == pictureSide {
    for y in 0..<pictureSide {
      sampler.sample(row: y, of: picture)
      for x in 0..<pictureSide { features.store(sampler[x], at: y &* pictureSide &+ x) }
    }
    return
  }
  let margin = (pictureSide &- 2 &* side) / 2
  for y in 0..<side {
    // Two rows of twice the width become one: the mean of four pixels, a half rounded up.
    var sums = InlineArray<14, UInt16>(repeating: 2)
    for half in 0..<2 {
      sampler.sample(row: margin &+ 2 &* y &+ half, of: picture)
      for x in 0..<side {
        sums[x] &+= UInt16(sampler[margin &+ 2 &* x]) &+ UInt16(sampler[margin &+ 2 &* x &+ 1])
      }
    }
    for x in 0..<side {
      features.store(UInt8(truncatingIfNeeded: sums[x] &>> 2), at: y &* side &+ x)
    }
  }
}

extension MutableRawSpan {
  /// Stores a byte at an offset checked to lie inside.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func store(_ value: UInt8, at offset: Int) {
    precondition(offset >= 0 && offset < byteCount)
    // Inside by the line above.
    unsafe storeBytes(of: value, toUncheckedByteOffset: offset, as: UInt8.self)
  }
}
