import CommandLineSupport
import Device
import FaultLab
import Foundation
import ReportPage

/// Accuracy against the number of flipped bits, as a picture: unguarded, and what the scrubber leaves.
struct FaultPlot {
  private let rows: [RotTrials.Row]
  private let title: String
  private let left = 64.0
  private let top = 56.0
  private let width = 560.0
  private let height = 300.0

  init(_ rows: [RotTrials.Row], title: String) {
    self.rows = rows.filter { $0.flips > 0 }
    self.title = title
  }

  /// The picture's text.
  var svg: String {
    let mean = rows.map { point($0.flips, $0.accuracy) }
    let worst = rows.map { point($0.flips, $0.worst) }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 420" font-family="sans-serif" \
      font-size="12">
      <rect width="660" height="420" fill="white"/>
      <text x="\(text(left))" y="24" font-size="15">Accuracy when bits of the weights flip after \
      boot</text>
      <text x="\(text(left))" y="40" fill="#666">\(HTML.escaped(title)); solid: mean of 10 trials, \
      dashed: the worst; nothing looks at the flash</text>
      \(grid)
      <polyline fill="none" stroke="#b2182b" stroke-dasharray="5 4" \
      points="\(worst.joined(separator: " "))"/>
      <polyline fill="none" stroke="#2166ac" stroke-width="2" \
      points="\(mean.joined(separator: " "))"/>
      <text x="\(text(left + width / 2))" y="406" text-anchor="middle">flipped bits</text>
      </svg>

      """
  }

  private var grid: String {
    var lines: [String] = []
    for percent in stride(from: 0, through: 100, by: 20) {
      let y = top + height * (1 - Double(percent) / 100)
      lines.append(
        "<path d=\"M\(text(left)) \(text(y))h\(text(width))\" stroke=\"#ddd\"/>"
          + "<text x=\"\(text(left - 8))\" y=\"\(text(y + 4))\" text-anchor=\"end\">"
          + "\(percent) %</text>")
    }
    for row in rows {
      lines.append(
        "<text x=\"\(text(x(row.flips)))\" y=\"\(text(top + height + 20))\" text-anchor=\"middle\">"
          + "\(NumberText.count(row.flips))</text>")
    }
    return lines.joined(separator: "\n")
  }

  /// Flips stand on a logarithmic scale.
  private func x(_ flips: Int) -> Double {
    let most = rows.reduce(2) { max($0, $1.flips) }
    return left + width * log2(Double(flips)) / log2(Double(most))
  }

  private func point(_ flips: Int, _ accuracy: Double) -> String {
    "\(text(x(flips))),\(text(top + height * (1 - accuracy)))"
  }

  private func text(_ value: Double) -> String { HTML.number(value) }
}
