/// Fainter samples between pixels count as background. Sampling frays the edges of strokes: without this
/// a digit has a quarter more pixels, each of which costs a column of weights, and on validation digits
/// they are worth nothing.
let faintestInk: Int32 = 32

/// Draws the rows of the preprocessed picture, one at a time.
struct Sampler {
  private let transform: DeskewTransform
  private let deskew: Bool
  private var rows = RowSampler()

  init(transform: DeskewTransform, deskew: Bool) {
    self.transform = transform
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
    let row = y &+ Int(transform.centerY &+ 128) &>> 8 &- 14
    let right = Int(transform.centerX &+ 128) &>> 8 &- 14
    if row < 0 || row >= pictureSide { return }
    var x = right < 0 ? 0 &- right : 0
    while x < pictureSide && x &+ right < pictureSide {
      unsafe target.storeUnchecked(
        picture.unchecked(row &* pictureSide &+ x &+ right), at: offset &+ x)
      x &+= 1
    }
  }

  /// Bilinear: two rows are blended, then each sample lies between two of their pixels. The center of
  /// mass comes to the middle, (13.5, 13.5).
  @_lifetime(target: copy target)
  private mutating func resample(
    row y: Int, of picture: RawSpan, to target: inout MutableRawSpan, at offset: Int
  ) {
    let fromCenter = ((2 &* Int32(truncatingIfNeeded: y) &- 27) &* transform.stepY) &>> 1
    rows.sample(transform, fromCenter, of: picture, to: &target, at: offset)
  }
}

extension DeskewTransform {
  /// Where the first of 28 samples lies in a row so far from the center, in Q8.
  @inline(__always)
  func firstX(_ fromCenter: Int32) -> Int32 {
    centerX &+ (shear &* fromCenter) &>> 8 &- (27 &* stepX) &>> 1
  }
}

/// Two neighboring rows of a picture and their shares, in 256ths, of what lies between them.
struct RowPair {
  /// Where the rows begin.
  let above, below: Int
  let aboveShare, belowShare: UInt32

  /// The rows at a height in Q8; nil if it is outside the picture.
  @inline(__always)
  init?(at y: Int32) {
    let row = Int(y &>> 8)
    let isAbove = row >= 0 && row < pictureSide
    let isBelow = row >= -1 && row < pictureSide &- 1
    if !isAbove && !isBelow { return nil }
    let lower = UInt32(bitPattern: y & 255)
    // A row outside counts for nothing, wherever it is read.
    (aboveShare, belowShare) = (isAbove ? 256 &- lower : 0, isBelow ? lower : 0)
    above = isAbove ? row &* pictureSide : 0
    below = isBelow ? (row &+ 1) &* pictureSide : 0
  }
}

extension RawSpan {
  /// The byte at an offset that the caller knows to lie inside.
  @inline(__always) @unsafe
  func unchecked(_ offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }
}

extension MutableRawSpan {
  /// Stores a byte at an offset that the caller knows to lie inside.
  @inline(__always) @unsafe
  @_lifetime(self: copy self)
  mutating func storeUnchecked(_ value: UInt8, at offset: Int) {
    unsafe storeBytes(of: value, toUncheckedByteOffset: offset, as: UInt8.self)
  }
}
