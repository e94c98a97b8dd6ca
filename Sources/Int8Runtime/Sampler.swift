/// Draws the rows of the conditioned picture, one at a time.
struct Sampler {
  private let upright: Upright
  private let deskew: Bool
  /// The row last sampled.
  private var result = InlineArray<28, UInt8>(repeating: 0)

  init(upright: Upright, deskew: Bool) {
    self.upright = upright
    self.deskew = deskew
  }

  /// A pixel of the row last sampled.
  subscript(_ x: Int) -> UInt8 { result[x] }

  /// Samples a row of the result.
  mutating func sample(row y: Int, of picture: RawSpan) {
    if deskew { resample(row: y, of: picture) } else { shift(row: y, of: picture) }
  }

  /// The picture moved by whole pixels, so that its center of mass is nearest to pixel (14, 14), where
  /// MNIST has it.
  private mutating func shift(row y: Int, of picture: RawSpan) {
    let down = Int(upright.centerY &+ 128) &>> 8 &- 14
    let right = Int(upright.centerX &+ 128) &>> 8 &- 14
    let row = y &+ down
    for x in 0..<pictureSide {
      let column = x &+ right
      let inside = row >= 0 && row < pictureSide && column >= 0 && column < pictureSide
      result[x] = inside ? picture.load(row &* pictureSide &+ column, as: UInt8.self) : 0
    }
  }

  /// Bilinear: two rows are blended, then each sample lies between two of their pixels. The center of
  /// mass comes to the middle, (13.5, 13.5).
  private mutating func resample(row y: Int, of picture: RawSpan) {
    let fromCenter = ((2 &* Int32(truncatingIfNeeded: y) &- 27) &* upright.stepY) &>> 1
    let sourceY = upright.centerY &+ fromCenter
    let row = Int(sourceY &>> 8)
    let lower = UInt32(sourceY & 255)
    let top = row >= 0 && row < pictureSide
    let bottom = row >= -1 && row < pictureSide &- 1
    // A zero on either side, so that a sample may lie half outside.
    var line = InlineArray<30, UInt32>(repeating: 0)
    for x in 0..<pictureSide {
      let above = top ? UInt32(picture.load(row &* pictureSide &+ x, as: UInt8.self)) : 0
      let below =
        bottom ? UInt32(picture.load((row &+ 1) &* pictureSide &+ x, as: UInt8.self)) : 0
      line[x &+ 1] = (above &* (256 &- lower) &+ below &* lower &+ 128) &>> 8
    }
    var sourceX = upright.centerX &+ (upright.shear &* fromCenter) &>> 8
    sourceX &-= (27 &* upright.stepX) &>> 1
    for x in 0..<pictureSide {
      let column = Int(sourceX &>> 8) &+ 1
      let right = UInt32(sourceX & 255)
      var ink: UInt32 = 0
      if column >= 0 && column < 29 {
        ink = (line[column] &* (256 &- right) &+ line[column &+ 1] &* right &+ 128) &>> 8
      }
      result[x] = UInt8(truncatingIfNeeded: ink)
      sourceX &+= upright.stepX
    }
  }
}
