import Kernels

/// Fainter samples between pixels count as background. Sampling frays the edges of strokes: without this
/// a digit has a quarter more pixels, each of which costs a column of weights, and on validation digits
/// they are worth nothing.
let faintestInk: Int32 = 32

/// Draws the rows of the conditioned picture, one at a time.
struct Sampler {
  private let upright: Upright
  private let deskew: Bool
  /// A row of the picture between two others: 28 pixels, and four zeros on either side so that a sample
  /// may lie half outside.
  private var line = InlineArray<9, UInt32>(repeating: 0)

  init(upright: Upright, deskew: Bool) {
    self.upright = upright
    self.deskew = deskew
  }

  /// Samples row `y` of the result to `target`, where 28 zeros stand from `offset` on.
  @inline(never)
  @_lifetime(target: copy target)
  mutating func sample(
    row y: Int, of picture: RawSpan, to target: inout MutableRawSpan, at offset: Int
  ) {
    precondition(offset >= 0 && target.byteCount >= offset &+ pictureSide)
    if deskew {
      resample(row: y, of: picture, to: &target, at: offset)
    } else {
      shift(row: y, of: picture, to: &target, at: offset)
    }
  }

  /// The picture moved by whole pixels, so that its center of mass is nearest to pixel (14, 14), where
  /// MNIST has it.
  @_lifetime(target: copy target)
  private func shift(
    row y: Int, of picture: RawSpan, to target: inout MutableRawSpan, at offset: Int
  ) {
    let row = y &+ Int(upright.centerY &+ 128) &>> 8 &- 14
    let right = Int(upright.centerX &+ 128) &>> 8 &- 14
    if row < 0 || row >= pictureSide { return }
    var x = right < 0 ? 0 &- right : 0
    while x < pictureSide && x &+ right < pictureSide {
      target.storeUnchecked(picture.unchecked(row &* pictureSide &+ x &+ right), at: offset &+ x)
      x &+= 1
    }
  }

  /// Bilinear: two rows are blended, then each sample lies between two of their pixels. The center of
  /// mass comes to the middle, (13.5, 13.5).
  @_lifetime(target: copy target)
  private mutating func resample(
    row y: Int, of picture: RawSpan, to target: inout MutableRawSpan, at offset: Int
  ) {
    let fromCenter = ((2 &* Int32(truncatingIfNeeded: y) &- 27) &* upright.stepY) &>> 1
    guard let inked = blendRows(at: upright.centerY &+ fromCenter, of: picture) else { return }
    var sourceX = upright.centerX &+ (upright.shear &* fromCenter) &>> 8
    sourceX &-= (27 &* upright.stepX) &>> 1
    // A sample takes ink from its pixel and the one to the right; the row has 28 samples.
    let stop = sourceX &+ 28 &* upright.stepX
    let start = min(Int32(truncatingIfNeeded: 4 &* inked.first &- 1) &<< 8, stop)
    let end = min(Int32(truncatingIfNeeded: 4 &* inked.last &+ 4) &<< 8, stop)
    var place = offset
    while sourceX < start {
      sourceX &+= upright.stepX
      place &+= 1
    }
    let pixels = line.span.bytes
    while sourceX < end {
      // Inside the line: from one to the left of its first pixel to its last, four zeros on either side.
      let column = Int(sourceX &>> 8) &+ 4
      let left = Int32(pixels.unchecked(column))
      let right = Int32(pixels.unchecked(column &+ 1))
      let ink = (left &<< 8 &+ (right &- left) &* (sourceX & 255) &+ 128) &>> 8
      if ink >= faintestInk {
        target.storeUnchecked(UInt8(truncatingIfNeeded: ink), at: place)
      }
      sourceX &+= upright.stepX
      place &+= 1
    }
  }

  /// Fills the line with what lies at `sourceY`, four pixels in two words at a time: 16 bits hold
  /// 255 · 256 + 128.
  /// - Returns: the first and last four pixels with ink, if there is any.
  private mutating func blendRows(
    at sourceY: Int32, of picture: RawSpan
  ) -> (first: Int, last: Int)? {
    let row = Int(sourceY &>> 8)
    let isAbove = row >= 0 && row < pictureSide
    let isBelow = row >= -1 && row < pictureSide &- 1
    if !isAbove && !isBelow { return nil }
    let lower = UInt32(bitPattern: sourceY & 255)
    // A row outside counts for nothing, wherever it is read.
    let (aboveShare, belowShare) = (isAbove ? 256 &- lower : 0, isBelow ? lower : 0)
    let above = isAbove ? row &* pictureSide : 0
    let below = isBelow ? (row &+ 1) &* pictureSide : 0
    var (first, last) = (-1, -1)
    for quad in 0..<pictureSide / 4 {
      // Inside the picture's 28 rows.
      let a = unsafe wordWithin(picture, at: above &+ 4 &* quad)
      let b = unsafe wordWithin(picture, at: below &+ 4 &* quad)
      var blend: UInt32 = 0
      if a | b != 0 {
        let even = (a & 0xFF_00FF) &* aboveShare &+ (b & 0xFF_00FF) &* belowShare &+ 0x80_0080
        let odd = (a &>> 8 & 0xFF_00FF) &* aboveShare &+ (b &>> 8 & 0xFF_00FF) &* belowShare
        blend = even &>> 8 & 0xFF_00FF | (odd &+ 0x80_0080) & 0xFF00_FF00
        if first < 0 { first = quad }
        last = quad
      }
      line[unchecked: quad &+ 1] = blend.littleEndian
    }
    return first < 0 ? nil : (first, last)
  }
}

extension RawSpan {
  /// The byte at an offset that the caller knows to lie inside.
  @inline(__always)
  func unchecked(_ offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }
}

extension MutableRawSpan {
  /// Stores a byte at an offset that the caller knows to lie inside.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func storeUnchecked(_ value: UInt8, at offset: Int) {
    unsafe storeBytes(of: value, toUncheckedByteOffset: offset, as: UInt8.self)
  }
}
