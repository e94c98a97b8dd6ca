/// The brightness of an empty page: a quadratic in both coordinates, which follows light from one side
/// and corners that fall off.
struct Ground {
  /// Of 1, x, y, x^2, x y, y^2, coordinates -1...1.
  private(set) var coefficients: [Double]
  /// The spread of the page's brightness around the quadratic: a robust standard deviation.
  private(set) var noise: Float = 0

  /// Fits the border first, on which there is seldom ink, then everything that is near the fit.
  init(_ plane: Plane) {
    coefficients = [0, 0, 0, 0, 0, 0]
    let w = plane.width
    let h = plane.height
    let ring = max(1, min(w, h) / 16)
    var border: [Int] = []
    for y in 0..<h {
      for x in 0..<w where x < ring || y < ring || x >= w - ring || y >= h - ring {
        border.append(y * w + x)
      }
    }
    let level = Ground.median(border.map { plane.values[$0] })
    coefficients[0] = Double(level)
    // On a tiny picture ink is everywhere, and a slope through it would be the digit's, not the light's.
    guard w >= 16, h >= 16 else {
      noise = min(3, 1.4826 * Ground.median(border.map { abs(plane.values[$0] - level) }))
      return
    }
    // A plane through the border; then, through what lies near, the quadratic.
    var tolerance: Float = 1000
    for _ in 0..<3 {
      tolerance = fit(plane, among: border, within: tolerance, terms: 3)
    }
    let step = max(1, w * h / 8192)
    let sample = Array(stride(from: 0, to: w * h, by: step | 1))
    for _ in 0..<3 { tolerance = fit(plane, among: sample, within: tolerance, terms: 6) }
  }

  /// The brightness of the page at a place of a plane.
  func brightness(_ x: Int, _ y: Int, of plane: Plane) -> Float {
    let terms = Ground.terms(x, y, of: plane)
    return Float((0..<6).reduce(0) { $0 + coefficients[$1] * terms[$1] })
  }

  /// Fits the values within `tolerance` of the present fit, and gives the next tolerance.
  private mutating func fit(
    _ plane: Plane, among places: [Int], within tolerance: Float, terms n: Int
  ) -> Float {
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n + 1), count: n)
    var used = 0
    for i in places {
      let (y, x) = i.quotientAndRemainder(dividingBy: plane.width)
      guard abs(plane.values[i] - brightness(x, y, of: plane)) <= tolerance else { continue }
      used += 1
      let terms = Ground.terms(x, y, of: plane)
      for r in 0..<n {
        for c in 0..<n { matrix[r][c] += terms[r] * terms[c] }
        matrix[r][n] += terms[r] * Double(plane.values[i])
      }
    }
    if used >= 4 * n, let solution = Ground.solve(matrix) {
      coefficients = solution + [Double](repeating: 0, count: 6 - n)
    }
    let rests = places.map { i in
      abs(plane.values[i] - brightness(i % plane.width, i / plane.width, of: plane))
    }
    // 1.4826 times the median deviation is a normal's standard deviation.
    noise = 1.4826 * Ground.median(rests)
    return max(3 * noise, 6)
  }

  private static func terms(_ column: Int, _ row: Int, of plane: Plane) -> InlineArray<6, Double> {
    let x = 2 * (Double(column) + 0.5) / Double(plane.width) - 1
    let y = 2 * (Double(row) + 0.5) / Double(plane.height) - 1
    return [1, x, y, x * x, x * y, y * y]
  }

  /// Gaussian elimination with pivots; nil if the system is singular.
  private static func solve(_ system: [[Double]]) -> [Double]? {
    var a = system
    let n = a.count
    for i in 0..<n {
      let pivot = (i..<n).max { abs(a[$0][i]) < abs(a[$1][i]) } ?? i
      a.swapAt(i, pivot)
      guard abs(a[i][i]) > 1e-9 else { return nil }
      for r in 0..<n where r != i {
        let factor = a[r][i] / a[i][i]
        for c in i...n { a[r][c] -= factor * a[i][c] }
      }
    }
    return (0..<n).map { a[$0][n] / a[$0][$0] }
  }

  private static func median(_ values: [Float]) -> Float {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
