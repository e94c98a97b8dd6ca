import Kernels

extension PixelSampler {
  /// For each pixel of a result where in the source it comes from, two vectors a row: columns 0...15 and
  /// 16...31, of which the last four are not used.
  ///
  /// - Parameters:
  ///   - map: where they come from without displacement.
  ///   - x, y: displacements along both axes.
  ///   - cells: gets, in its lowest ten bits, the number of the source's pixel to the upper left, with a
  ///     frame of two around the source: 32 cells a row.
  ///   - across: gets the way from there to the pixel on the right, 0...1.
  ///   - down: gets the way to the pixel below.
  @inline(never)
  static func locate(
    _ map: AffineMap, _ grid: GridWeights, x: Span<Vector>, y: Span<Vector>,
    _ cells: inout MutableSpan<SIMD16<UInt32>>, _ across: inout MutableSpan<Vector>,
    _ down: inout MutableSpan<Vector>
  ) {
    let columns: InlineArray<2, Vector> = [laneNumbers - 13.5, laneNumbers + 2.5]
    let xAcross: InlineArray<2, Vector> = [map.xx * columns[0], map.xx * columns[1]]
    let yAcross: InlineArray<2, Vector> = [map.yx * columns[0], map.yx * columns[1]]
    for row in 0..<28 {
      let v = Float(row) - 13.5
      for half in 0..<2 {
        let column = whole(
          grid.displacement(x, row: row, half: half)
            + (xAcross[half] + (map.xy * v + map.x0)), fraction: &across[2 * row + half])
        let line = whole(
          grid.displacement(y, row: row, half: half)
            + (yAcross[half] + (map.yy * v + map.y0)), fraction: &down[2 * row + half])
        // Adding 2^23 leaves a whole number in the low bits of the sum, and others in the high ones.
        let shifted = line * 32 + column + 8_388_608
        cells[2 * row + half] = unsafeBitCast(shifted, to: SIMD16<UInt32>.self)
      }
    }
  }

  /// A coordinate's whole part, 0...31 with the frame, and the rest of it, 0...1.
  @inline(__always)
  private static func whole(_ position: Vector, fraction: inout Vector) -> Vector {
    var framed = position + 2
    framed.replace(with: 0, where: framed .< 0)
    framed.replace(with: 31, where: framed .> 31)
    // Adding 1.5 * 2^23 rounds to the nearest; half below, that is down. On a tie a fraction of 1 in
    // the cell before is as good as one of 0 in the next.
    let whole = (framed - 0.5 + 12_582_912) - 12_582_912
    fraction = framed - whole
    return whole
  }
}
