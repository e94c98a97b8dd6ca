import CommandLineSupport

/// Lines over two axes, as SVG.
struct LineChart {
  /// The points that one line connects.
  struct Series {
    let name: String
    /// Which of the page's colors it has: a, b.
    let style: String
    let points: [(x: Double, y: Double)]
  }

  let title: String
  let x: Axis
  let y: Axis
  let series: [Series]
  /// A value of x with a dashed line and its name.
  var note: (x: Double, text: String)?

  private let width = 480.0
  private let height = 270.0
  private let left = 56.0
  private let right = 24.0
  private let top = 34.0
  private let bottom = 42.0

  /// The picture with its title and legend.
  var svg: String {
    """
    <figure class="chart">
    <figcaption>\(HTML.escaped(title))</figcaption>
    <svg viewBox="0 0 480 270" role="img" aria-label="\(HTML.escaped(title))">
    \(grid)\(noteLine)\(series.map(line).joined())\(legend)</svg>
    </figure>

    """
  }

  private func column(_ value: Double) -> Double {
    left + x.position(value) * (width - left - right)
  }

  private func row(_ value: Double) -> Double {
    height - bottom - y.position(value) * (height - top - bottom)
  }

  private var grid: String {
    var svg = ""
    for mark in y.marks {
      let at = text(row(mark))
      svg += "<path class=\"grid\" d=\"M\(text(left)) \(at)H\(text(width - right))\"/>"
      svg += "<text class=\"end\" x=\"\(text(left - 7))\" y=\"\(text(row(mark) + 4))\">"
      svg += "\(HTML.escaped(y.text(mark)))</text>\n"
    }
    let below = text(height - bottom + 18)
    for mark in x.marks {
      svg += "<text class=\"middle\" x=\"\(text(column(mark)))\" y=\"\(below)\">"
      svg += "\(HTML.escaped(x.text(mark)))</text>\n"
    }
    svg += "<text class=\"middle\" x=\"\(text((left + width - right) / 2))\" "
    return svg + "y=\"\(text(height - 6))\">\(HTML.escaped(x.name))</text>\n"
  }

  private var noteLine: String {
    guard let note, x.range.contains(note.x) else { return "" }
    let at = column(note.x)
    let isRight = at > (left + width) / 2
    return """
      <path class="note" d="M\(text(at)) \(text(top))V\(text(height - bottom))"/>\
      <text class="\(isRight ? "end" : "start")" x="\(text(at + (isRight ? -5 : 5)))" \
      y="\(text(top + 11))">\(HTML.escaped(note.text))</text>

      """
  }

  private func line(_ series: Series) -> String {
    let points = series.points.filter { $0.y > 0 && $0.y.isFinite && x.range.contains($0.x) }
    let coordinates = points.map { "\(text(column($0.x))),\(text(row($0.y)))" }
    var svg =
      "<polyline class=\"\(series.style)\" points=\"\(coordinates.joined(separator: " "))\"/>"
    // Single points are visible only where they are few.
    if points.count <= 30 {
      for point in points {
        svg += "<circle class=\"\(series.style)\" cx=\"\(text(column(point.x)))\" "
        svg += "cy=\"\(text(row(point.y)))\" r=\"3\"/>"
      }
    }
    return svg + "\n"
  }

  private var legend: String {
    guard series.count > 1 else { return "" }
    var svg = ""
    var at = left
    for series in series {
      svg += "<path class=\"\(series.style)\" d=\"M\(text(at)) 14h22\"/>"
      svg += "<text class=\"start\" x=\"\(text(at + 28))\" y=\"18\">"
      svg += "\(HTML.escaped(series.name))</text>\n"
      at += 130
    }
    return svg
  }

  private func text(_ coordinate: Double) -> String { HTML.number(coordinate) }
}
