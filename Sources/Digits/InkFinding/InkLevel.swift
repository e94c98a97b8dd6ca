/// How dark ink is.
struct InkLevel {
  /// Difference from the background at which a pixel counts as ink.
  let threshold: Float
  /// Difference of full ink.
  private let full: Float

  /// The level that splits the differences best (Otsu, 1979), kept above `floor` and below two thirds
  /// of full ink; nil if nothing is above the floor.
  init?(_ difference: Plane, floor: Float) {
    var histogram = [Int](repeating: 0, count: 256)
    for value in difference.values { histogram[Int(min(value, 255))] += 1 }
    let strong = difference.values.filter { $0 > floor }.sorted()
    guard !strong.isEmpty else { return nil }
    full = strong[strong.count * 3 / 4]
    threshold = min(max(InkLevel.otsu(histogram), floor), max(floor, full * 0.66))
  }

  /// The share of ink of a pixel: none at a tenth of full ink, everything at nine tenths.
  func share(_ difference: Float) -> Float {
    clamped((difference - 0.1 * full) / (0.8 * full), 0, 1)
  }

  private static func otsu(_ histogram: [Int]) -> Float {
    let count = Double(histogram.reduce(0, +))
    let sum = histogram.indices.reduce(0.0) { $0 + Double($1 * histogram[$1]) }
    var below = 0.0
    var sumBelow = 0.0
    var best = (variance: -1.0, level: 0)
    for level in 0..<255 {
      below += Double(histogram[level])
      sumBelow += Double(level * histogram[level])
      guard below > 0, below < count else { continue }
      let distance = sumBelow / below - (sum - sumBelow) / (count - below)
      let variance = below * (count - below) * distance * distance
      if variance > best.variance { best = (variance, level) }
    }
    return Float(best.level + 1)
  }
}
