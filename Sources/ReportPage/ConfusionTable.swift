import CommandLineSupport

/// What was read for each digit written; the more often a mistake happened the redder it is.
struct ConfusionTable {
  private let counts: [[Int]]
  private let names: [String]

  /// - Parameter contents: whose counts are shown.
  init(_ contents: ReportContents) {
    counts = contents.confusion
    names = counts.indices.map(contents.name)
  }

  var html: String {
    var mistakes: [Int] = []
    for (written, row) in counts.enumerated() {
      mistakes += row.enumerated().filter { $0.offset != written }.map(\.element)
    }
    let most = mistakes.max() ?? 0
    var rows = ""
    for (written, row) in counts.enumerated() {
      rows += "<tr><th scope=\"row\">\(names[written])</th>"
      for (read, count) in row.enumerated() { rows += cell(written, read, count, most) }
      let right = row.indices.contains(written) ? row[written] : 0
      let share = Double(right) / Double(max(1, row.reduce(0, +)))
      rows += "<td class=\"share\">\(NumberText.percent(share))</td></tr>\n"
    }
    let head = names.map { "<th scope=\"col\">\($0)</th>" }.joined()
    return """
      <div class="wide"><table class="confusion\(counts.count > 16 ? " many" : "")">
      <thead><tr><th scope="col"><small>written \\ read</small></th>\(head)\
      <th scope="col">right</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table></div>
      """
  }

  private func cell(_ written: Int, _ read: Int, _ count: Int, _ most: Int) -> String {
    let text = NumberText.count(count)
    if written == read { return "<td class=\"hit\">\(text)</td>" }
    guard count > 0 else { return "<td class=\"none\">·</td>" }
    // The square root tells one mistake from none even where another happened a hundred times.
    let heat = (Double(count) / Double(max(1, most))).squareRoot()
    let strength = NumberText.fixed(0.12 + 0.6 * heat, decimals: 2)
    return "<td style=\"background:rgb(220 38 38/\(strength))\">\(text)</td>"
  }
}
