import CommandLineSupport

/// Loss and error over the epochs.
struct Curves {
  private let epochs: [ReportContents.Epoch]

  init(_ epochs: [ReportContents.Epoch]) { self.epochs = epochs }

  var html: String {
    let loss = chart("Cross-entropy, nats", \.loss) { number($0) }
    let error = chart("Pictures read wrong", \.error) { number(100 * $0) + " %" }
    return "<div class=\"charts\">\n\(loss)\(error)</div>"
  }

  private func chart(
    _ title: String,
    _ figure: KeyPath<ReportContents.Epoch, (training: Double, validation: Double)>,
    _ text: @escaping (Double) -> String
  ) -> String {
    let training = epochs.map { (x: Double($0.number), y: $0[keyPath: figure].training) }
    let validation = epochs.map { (x: Double($0.number), y: $0[keyPath: figure].validation) }
    let kept = epochs.last { $0.isKept }
    var x = Axis(whole: (epochs.first?.number ?? 1)...(epochs.last?.number ?? 1))
    x.name = "epoch"
    var y = Axis(logarithmic: (training + validation).map(\.y))
    y.text = text
    return LineChart(
      title: title, x: x, y: y,
      series: [
        LineChart.Series(name: "training", style: "a", points: training),
        LineChart.Series(name: "validation", style: "b", points: validation),
      ],
      note: kept.map { (Double($0.number), "kept: epoch \($0.number)") }
    ).svg
  }
}

/// A number with as many decimals as it needs, six at most.
func number(_ value: Double) -> String {
  var text = NumberText.fixed(value, decimals: 6)
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}
