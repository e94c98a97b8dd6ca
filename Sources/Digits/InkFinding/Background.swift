/// The brightness of an empty page: a quadratic in both coordinates, which follows light from one side
/// and corners that fall off.
struct Background {
  /// Of 1, x, y, x^2, x y, y^2, coordinates -1...1.
  private(set) var coefficients: InlineArray<6, Double>
  /// The spread of the page's brightness around the quadratic: a robust standard deviation.
  private(set) var noise: Float = 0

  /// Fits what most of the border agrees on, then everything that is near the fit.
  ///
  /// Ink may touch the border anywhere and cover up to half of it.
  init(_ plane: Plane) {
    let ring = BorderRing(plane)
    coefficients = ring.agreement(within: max(10, 3 * plane.grain))
    // On a tiny picture ink is everywhere, and a slope through it would be the digit's, not the light's.
    guard plane.width >= 16, plane.height >= 16 else {
      noise = min(3, 1.4826 * median(residuals(plane, at: ring.indices)))
      return
    }
    var tolerance = max(20, 5 * plane.grain)
    for _ in 0..<3 { tolerance = fit(plane, among: ring.indices, within: tolerance, terms: 3) }
    refine(plane, among: plane.sample, within: tolerance)
  }

  /// Fits the page when it is known which pixels are page.
  init(_ plane: Plane, where isPage: [Bool]) {
    let page = plane.values.indices.filter { isPage[$0] }
    coefficients = .init(repeating: 0)
    coefficients[0] = Double(median(page.map { plane.values[$0] }))
    guard plane.width >= 16, plane.height >= 16 else {
      noise = min(3, 1.4826 * median(residuals(plane, at: page)))
      return
    }
    let step = max(1, page.count / 4096)
    let sample = stride(from: 0, to: page.count, by: step).map { page[$0] }
    // Where the page shows in patches, a slope between them may be told, a curve may not.
    let terms = page.count * 3 > plane.values.count ? 3 : 1
    var tolerance = max(30, 5 * plane.grain)
    for _ in 0..<3 { tolerance = fit(plane, among: sample, within: tolerance, terms: terms) }
  }

  /// The brightness of the page in a column and a row of a plane.
  func brightness(_ x: Int, _ y: Int, of plane: Plane) -> Float {
    Background.value(coefficients, plane.coordinates(x, y))
  }

  /// The quadratic at coordinates -1...1.
  static func value(_ c: InlineArray<6, Double>, _ at: (x: Double, y: Double)) -> Float {
    let linear = c[0] + c[1] * at.x + c[2] * at.y
    return Float(linear + c[3] * at.x * at.x + c[4] * at.x * at.y + c[5] * at.y * at.y)
  }

  /// Fits the whole quadratic, three times, each time through what the last fit was near to.
  private mutating func refine(_ plane: Plane, among sample: [Int], within start: Float) {
    var tolerance = start
    for _ in 0..<3 { tolerance = fit(plane, among: sample, within: tolerance, terms: 6) }
  }

  /// Fits the values within `tolerance` of the present fit, and gives the next tolerance.
  private mutating func fit(
    _ plane: Plane, among indices: [Int], within tolerance: Float, terms n: Int
  ) -> Float {
    // Six rows of seven; the right sides are in the last column. What is below the diagonal follows.
    var sums = InlineArray<42, Double>(repeating: 0)
    var used = 0
    for i in indices {
      let (y, x) = i.quotientAndRemainder(dividingBy: plane.width)
      guard abs(plane.values[i] - brightness(x, y, of: plane)) <= tolerance else { continue }
      used += 1
      let at = plane.coordinates(x, y)
      let terms: InlineArray<6, Double> = [1, at.x, at.y, at.x * at.x, at.x * at.y, at.y * at.y]
      let value = Double(plane.values[i])
      for r in 0..<n {
        for c in r..<n { sums[7 * r + c] += terms[r] * terms[c] }
        sums[7 * r + 6] += terms[r] * value
      }
    }
    let matrix = (0..<n).map { r in
      (0..<n).map { sums[7 * min(r, $0) + max(r, $0)] } + [sums[7 * r + 6]]
    }
    if used >= 4 * n, let solution = LinearSystem.solve(matrix) {
      for i in 0..<6 { coefficients[i] = i < n ? solution[i] : 0 }
    }
    // Ink must not pass for noise, so only the share that is near counts; 1.4826 times the median
    // deviation is a normal's standard deviation.
    let rests = residuals(plane, at: indices).sorted()
    let near = 5 * used >= 4 * rests.count ? rests.count : used
    noise = rests.isEmpty ? 0 : 1.4826 * rests[min(near / 2, rests.count - 1)]
    return max(3 * noise, 6)
  }

  private func residuals(_ plane: Plane, at indices: [Int]) -> [Float] {
    indices.map { i in
      abs(plane.values[i] - brightness(i % plane.width, i / plane.width, of: plane))
    }
  }
}

/// The middle of some values; 0 of none.
func median(_ values: [Float]) -> Float {
  values.isEmpty ? 0 : values.sorted()[values.count / 2]
}
