import SIMDMath

/// The weights of a grid's points in each row and column of pixels: the uniform cubic B-spline.
struct GridWeights: Sendable {
  /// Points along each axis, at most 10.
  let count: Int
  /// For each row of pixels the first of the four grid points that weigh in it.
  private(set) var first = [Int](repeating: 0, count: 28)
  /// The weights of these four.
  private(set) var byRow = [SIMD4<Float>](repeating: SIMD4(), count: 28)
  /// For each grid point its weights in columns 0...15 and 16...31.
  private(set) var byColumn = [Vector](repeating: Vector(), count: 20)

  /// The end of the grid points that weigh in columns 0...15, and the first that weighs in later ones.
  let leftEnd, rightStart: Int

  /// The weights of a grid whose points are `spacing` pixels apart.
  init(spacing: Float) {
    count = Int(27 / spacing) + 4
    leftEnd = Int(15 / spacing) + 4
    rightStart = Int(16 / spacing)
    for i in 0..<28 {
      let t = Float(i) / spacing
      let whole = Int(t)
      let f = t - Float(whole)
      let f2 = f * f
      let f3 = f2 * f
      let four =
        SIMD4(
          1 - 3 * f + 3 * f2 - f3, 4 - 6 * f2 + 3 * f3, 1 + 3 * f + 3 * f2 - 3 * f3, f3) / 6
      first[i] = whole
      byRow[i] = four
      for k in 0..<4 { byColumn[2 * (whole + k) + i / 16][i % 16] = four[k] }
    }
  }
}
