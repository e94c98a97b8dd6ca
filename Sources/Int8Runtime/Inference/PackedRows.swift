/// Samples rows with words of 32 bits, as devices do.
struct PackedRows {
  /// A row of the picture between two others: 28 pixels, and four zeros on either side so that a sample
  /// may lie half outside.
  private var line = InlineArray<9, UInt32>(repeating: 0)

  /// Samples the row so far from the center, in Q8, to 28 bytes, which are zero.
  @_lifetime(target: copy target)
  mutating func sample(
    _ transform: DeskewTransform, _ fromCenter: Int32, of picture: RawSpan,
    to target: inout MutableRawSpan, at offset: Int
  ) {
    guard let inked = blend(at: transform.centerY &+ fromCenter, of: picture) else { return }
    var x = transform.firstX(fromCenter)
    let step = transform.stepX
    // A sample takes ink from its pixel and the one to the right; the row has 28 samples.
    let stop = x &+ 28 &* step
    let start = min(Int32(truncatingIfNeeded: 4 &* inked.first &- 1) &<< 8, stop)
    let end = min(Int32(truncatingIfNeeded: 4 &* inked.last &+ 4) &<< 8, stop)
    var offset = offset
    while x < start {
      x &+= step
      offset &+= 1
    }
    let pixels = unsafe line.span.bytes
    while x < end {
      // Inside the line: from one to the left of its first pixel to its last, four zeros on either side.
      let column = Int(x &>> 8) &+ 4
      let left = unsafe Int32(pixels.unchecked(column))
      let right = unsafe Int32(pixels.unchecked(column &+ 1))
      let ink = (left &<< 8 &+ (right &- left) &* (x & 255) &+ 128) &>> 8
      if ink >= faintestInk {
        unsafe target.storeUnchecked(UInt8(truncatingIfNeeded: ink), at: offset)
      }
      x &+= step
      offset &+= 1
    }
  }

  /// Fills the line with what lies at a height, four pixels in two words at a time: 16 bits hold
  /// 255 · 256 + 128.
  /// - Returns: the first and last four pixels with ink, if there is any.
  private mutating func blend(
    at y: Int32, of picture: RawSpan
  ) -> (first: Int, last: Int)? {
    guard let pair = RowPair(at: y) else { return nil }
    var (first, last) = (-1, -1)
    for quad in 0..<pictureSide / 4 {
      // Inside the picture's 28 rows.
      let a = unsafe wordWithin(picture, at: pair.above &+ 4 &* quad)
      let b = unsafe wordWithin(picture, at: pair.below &+ 4 &* quad)
      var blend: UInt32 = 0
      if a | b != 0 {
        let even =
          (a & 0xFF_00FF) &* pair.aboveShare &+ (b & 0xFF_00FF) &* pair.belowShare &+ 0x80_0080
        let odd =
          (a &>> 8 & 0xFF_00FF) &* pair.aboveShare &+ (b &>> 8 & 0xFF_00FF) &* pair.belowShare
        blend = even &>> 8 & 0xFF_00FF | (odd &+ 0x80_0080) & 0xFF00_FF00
        if first < 0 { first = quad }
        last = quad
      }
      unsafe line[unchecked: quad &+ 1] = blend.littleEndian
    }
    return first < 0 ? nil : (first, last)
  }
}
