import SIMDMath

extension PixelSampler {
  /// Finds where in the source the pixels of some rows of the result come from, eight by eight, and leaves
  /// out eights that have no ink.
  ///
  /// - Parameters:
  ///   - map: where they come from without displacement.
  ///   - grid: what weights rows of the grid have in rows of pixels.
  ///   - x, y: displacements along both axes, for each row of the grid 32 columns.
  ///   - bounds: where there is ink.
  ///   - samples: gets indices and weights; four for each row.
  /// - Returns: how many there are.
  @inline(never)
  static func locate(
    _ rows: Range<Int>, _ map: AffineMap, _ grid: GridWeights, x: RawSpan, y: RawSpan,
    within bounds: Bounds, _ samples: inout MutableSpan<Samples>
  ) -> Int {
    precondition(x.byteCount == 1280 && y.byteCount == 1280)
    let (firsts, weights) = (grid.first.span, grid.byRow.span)
    var count = 0
    for row in rows {
      let v = Float(row) - 13.5
      let first = firsts[row]
      // Four lines from here on are among the ten.
      precondition(first >= 0 && first <= 6)
      let source = Source(
        map: map, x: map.x0.addingProduct(map.xy, v), y: map.y0.addingProduct(map.yy, v),
        weights: weights[row], xLines: x, yLines: y, line: 128 &* first, bounds: bounds)
      // The last two overlap.
      count &+= source.locate(0, in: row, &samples[count])
      count &+= source.locate(8, in: row, &samples[count])
      count &+= source.locate(16, in: row, &samples[count])
      count &+= source.locate(20, in: row, &samples[count])
    }
    return count
  }
}

/// Where a row of the result comes from.
private struct Source: ~Escapable {
  let map: AffineMap
  /// Where its middle comes from without displacement.
  let x, y: Float
  /// The weights of four rows of the grid, which begin at a byte of the displacements.
  let weights: SIMD4<Float>
  let xLines, yLines: RawSpan
  let line: Int
  let bounds: PixelSampler.Bounds

  @_lifetime(copy xLines, copy yLines)
  init(
    map: AffineMap, x: Float, y: Float, weights: SIMD4<Float>, xLines: RawSpan, yLines: RawSpan,
    line: Int, bounds: PixelSampler.Bounds
  ) {
    self.map = map
    self.x = x
    self.y = y
    self.weights = weights
    self.xLines = xLines
    self.yLines = yLines
    self.line = line
    self.bounds = bounds
  }

  /// Locates the eight pixels from a column on, at most 20.
  ///
  /// - Returns: 1 if there is ink among them, otherwise 0. (A branch would be taken half of the time.)
  @inline(__always)
  func locate(_ start: Int, in row: Int, _ samples: inout PixelSampler.Samples) -> Int {
    let columns = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) + (Float(start) - 13.5)
    let offset = line &+ 4 &* start
    let fromX = moved(
      SIMD8(repeating: x).addingProduct(map.xx, columns), by: xLines, at: offset)
    let fromY = moved(
      SIMD8(repeating: y).addingProduct(map.yx, columns), by: yLines, at: offset)
    let inX = clamped(fromX, bounds.left, bounds.right)
    let inY = clamped(fromY, bounds.top, bounds.bottom)
    let (column, line) = (inX.wholePart, inY.wholePart)
    // Adding 2^23 leaves a whole number in the low bits of the sum, and others in the high ones; the
    // frame begins two rows and two columns before the picture.
    let positions = (column + (8_388_608 + 66)).addingProduct(32, line)
    samples = unsafe PixelSampler.Samples(
      quads: unsafeBitCast(positions, to: SIMD8<UInt32>.self), across: inX - column,
      down: inY - line,
      target: 28 &* row &+ start)
    let lit = lanes(where: inX, equals: fromX, and: inY, equals: fromY)
    return (Int(lit) &+ 255) &>> 8
  }

  /// Positions, moved by what four rows of the grid make of them.
  @inline(__always)
  private func moved(
    _ positions: SIMD8<Float>, by lines: RawSpan, at offset: Int
  ) -> SIMD8<Float> {
    var sum = positions
    for i in 0..<4 {
      // Inside: of ten lines of 32 columns the first is at most number 6, and the column at most 20.
      let line = unsafe lines.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset &+ 128 &* i, as: SIMD8<Float>.self)
      sum = sum.addingProduct(weights[i], line)
    }
    return sum
  }
}
