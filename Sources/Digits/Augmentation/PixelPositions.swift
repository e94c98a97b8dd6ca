import SIMDMath

extension PixelSampler {
  /// Finds where in the source the pixels of some rows of the result come from, eight by eight, and leaves
  /// out eights that have no ink.
  ///
  /// - Parameters:
  ///   - map: where they come from without displacement.
  ///   - grid: what weights rows of the grid have in rows of pixels.
  ///   - bounds: where there is ink.
  ///   - samples: gets indices and weights; four for each row.
  /// - Returns: how many there are.
  @inline(never)
  static func locate(
    _ rows: Range<Int>, _ map: AffineMap, _ grid: GridWeights, _ displacements: GridDisplacements,
    within bounds: Bounds, _ samples: inout MutableSpan<Samples>
  ) -> Int {
    let (firsts, weights) = (grid.first.span, grid.byRow.span)
    var count = 0
    for row in rows {
      let source = Source(row, map, firsts[row], weights[row], displacements, within: bounds)
      // The last two overlap.
      count &+= source.locate(0, &samples[count])
      count &+= source.locate(8, &samples[count])
      count &+= source.locate(16, &samples[count])
      count &+= source.locate(20, &samples[count])
    }
    return count
  }
}

/// Where a row of the result comes from.
private struct Source: ~Escapable {
  let row: Int
  let map: AffineMap
  /// Where its middle comes from without displacement.
  let x, y: Float
  /// The weights of four rows of the grid, and where these begin in the displacements, in bytes.
  let weights: SIMD4<Float>
  let offset: Int
  let displacements: GridDisplacements
  let bounds: PixelSampler.Bounds

  /// Where a row comes from in which four rows of the grid weigh, from number `first` on.
  @inline(__always)
  @_lifetime(copy displacements)
  init(
    _ row: Int, _ map: AffineMap, _ first: Int, _ weights: SIMD4<Float>,
    _ displacements: GridDisplacements, within bounds: PixelSampler.Bounds
  ) {
    // Four rows from here on are among the ten.
    precondition(first >= 0 && first <= 6)
    let v = Float(row) - 13.5
    self.row = row
    self.map = map
    x = map.x0.addingProduct(map.xy, v)
    y = map.y0.addingProduct(map.yy, v)
    self.weights = weights
    offset = 128 &* first
    self.displacements = displacements
    self.bounds = bounds
  }

  /// Locates the eight pixels from a column on, at most 20.
  ///
  /// - Returns: 1 if there is ink among them, otherwise 0. (A branch would be taken half of the time.)
  @inline(__always)
  func locate(_ start: Int, _ samples: inout PixelSampler.Samples) -> Int {
    let columns = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) + (Float(start) - 13.5)
    let offset = offset &+ 4 &* start
    let fromX = moved(
      SIMD8(repeating: x).addingProduct(map.xx, columns), by: displacements.x, at: offset)
    let fromY = moved(
      SIMD8(repeating: y).addingProduct(map.yx, columns), by: displacements.y, at: offset)
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
