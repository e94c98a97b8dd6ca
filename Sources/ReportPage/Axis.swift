import CommandLineSupport
import Foundation

/// Where values stand between the ends of a chart, and which of them are marked.
struct Axis {
  /// The values at both ends.
  let range: ClosedRange<Double>
  /// The values that have a mark.
  let marks: [Double]
  /// What it shows; nothing where the chart's title says so.
  var name = ""
  /// How the values at the marks are written.
  var text: (Double) -> String = { number($0) }
  private let isLogarithmic: Bool

  /// Whole numbers from the first to the last, at most about eight of them marked.
  init(whole range: ClosedRange<Int>) {
    let last = max(range.upperBound, range.lowerBound + 1)
    self.range = Double(range.lowerBound)...Double(last)
    isLogarithmic = false
    let length = last - range.lowerBound
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500].first { length / $0 <= 8 } ?? 1000
    marks = (range.lowerBound...range.upperBound).filter { $0 % step == 0 || $0 == 1 }
      .filter { $0 != 1 || step < 3 || range.upperBound < 2 * step }.map(Double.init)
  }

  /// Shares up to all of them.
  init(sharesFrom least: Double) {
    let start = min(0.9, max(0, (least * 10).rounded(.down) / 10))
    range = start...1
    isLogarithmic = false
    let step = start < 0.5 ? 0.2 : start < 0.8 ? 0.1 : 0.05
    marks = Array(stride(from: 1.0, through: start - 1e-9, by: -step).reversed())
  }

  /// Values above zero, as far apart as their ratios.
  init(logarithmic values: [Double]) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    let least = positive.min() ?? 0.001
    let most = max(positive.max() ?? 1, least * 1.5)
    isLogarithmic = true
    let tens = (-12...12).map { Double("1e\($0)") ?? 1 }
    let steps = tens.flatMap { [$0, 2 * $0, 5 * $0] }
    let low = steps.last { $0 <= least } ?? least
    let high = steps.first { $0 >= most } ?? most
    range = low...high
    let inside = steps.filter { $0 >= low && $0 <= high }
    // Where there are many, tenfold steps are enough.
    marks = inside.count <= 8 ? inside : inside.filter(tens.contains)
  }

  /// 0 at the beginning, 1 at the end.
  func position(_ value: Double) -> Double {
    if !isLogarithmic {
      return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    let clamped = min(max(value, range.lowerBound), range.upperBound)
    return log(clamped / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }
}
