import CommandLineSupport

/// The error of the answers that are left when unsure ones are not counted.
struct CoverageView {
  private let rows: [ReportContents.Coverage]

  init(_ rows: [ReportContents.Coverage]) { self.rows = rows }

  var html: String {
    let limit = rows.first(where: \.isLimit)
    var answered = Axis(sharesFrom: rows.map(\.answered).min() ?? 0)
    answered.name = "pictures answered"
    answered.text = { number(($0 * 1000).rounded() / 10) + " %" }
    var error = Axis(logarithmic: rows.map(\.error))
    error.text = { number(100 * $0) + " %" }
    let chart = LineChart(
      title: "Wrong answers among those given", x: answered, y: error,
      series: [
        LineChart.Series(
          name: "error", style: "b",
          points: rows.filter { $0.answered > 0 }.map { ($0.answered, $0.error) })
      ],
      note: limit.map { ($0.answered, "not unsure") }
    ).svg
    let cells = rows.map { row in
      [
        NumberText.percent(row.confidence) + (row.isLimit ? " <small>limit</small>" : ""),
        NumberText.percent(row.answered), NumberText.count(row.wrong),
        NumberText.percent(row.error),
      ]
    }
    let table = HTML.table(["Confidence at least", "Answered", "Wrong", "Error"], cells)
    return "<div class=\"charts\">\n\(chart)\(table)\n</div>"
  }
}
