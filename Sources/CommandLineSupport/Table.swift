/// Rows under headers, aligned for a font of fixed width.
///
/// ```swift
/// var table = Table(["digit", "accuracy"])
/// table.append(["0", "99.80 %"])
/// print(table.text, terminator: "")
/// ```
/// ```
/// digit  accuracy
///     0   99.80 %
/// ```
package struct Table: Sendable {
  /// Which side of its column a cell keeps to.
  package enum Alignment: Sendable {
    /// As words stand.
    case left
    /// As numbers stand.
    case right
  }

  private let headers: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table without rows.
  ///
  /// - Parameter alignments: One for each column; columns without one hold numbers, and stand to
  ///   the right.
  package init(_ headers: [String], _ alignments: [Alignment] = []) {
    self.headers = headers
    self.alignments = headers.indices.map { $0 < alignments.count ? alignments[$0] : .right }
  }

  /// Adds a row. Cells that are missing stay empty; those beyond the headers are dropped.
  package mutating func append(_ cells: [String]) {
    rows.append(headers.indices.map { $0 < cells.count ? cells[$0].escapingControls() : "" })
  }

  /// The lines of the table, without trailing spaces, each ended by a newline.
  package var text: String {
    let lines = [headers] + rows
    let widths = headers.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for cells in lines {
      var line = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if column > 0 { line += "  " }
        line += alignments[column] == .left ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }
}
