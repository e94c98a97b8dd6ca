import Network

/// How large hidden values are on calibration digits, as a histogram.
struct ActivationRange {
  private static let bins = 4096
  private(set) var largest: Float = 0
  private(set) var smallest: Float = 0
  private var values: [Float] = []

  mutating func add(_ value: Float) {
    if value == 0 { return }  // Zero is exact at any scale.
    largest = max(largest, value)
    smallest = min(smallest, value)
    values.append(value)
  }

  /// The upper end of the range that loses least when it is divided into `steps` steps: values above
  /// it saturate, values below are rounded. The mean squared error decides among 61 candidates.
  func bestUpperEnd(steps: Float) -> Float {
    guard largest > 0 else { return 1 }
    var counts = [Float](repeating: 0, count: ActivationRange.bins)
    for value in values where value > 0 {
      let bin = Int(value / largest * Float(ActivationRange.bins))
      counts[min(bin, ActivationRange.bins - 1)] += 1
    }
    var best: (error: Float, end: Float) = (.infinity, largest)
    for percent in 40...100 {
      let end = largest * Float(percent) / 100
      let rounding = (end / steps) * (end / steps) / 12
      var error: Float = 0
      for (bin, count) in counts.enumerated() where count > 0 {
        let value = (Float(bin) + 0.5) / Float(ActivationRange.bins) * largest
        error += count * (value > end ? (value - end) * (value - end) : rounding)
      }
      if error < best.error { best = (error, end) }
    }
    return best.end
  }
}
