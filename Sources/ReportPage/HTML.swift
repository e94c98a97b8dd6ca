import CommandLineSupport
import Foundation

/// Text as HTML, and SVG in it, has it.
package enum HTML {
  /// Text that may stand between tags and in quoted attributes.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // Control characters are not allowed in HTML.
      default: result += scalar.value < 0x20 ? " " : String(scalar)
      }
    }
    return result
  }

  /// A coordinate of a drawing, to a tenth.
  package static func number(_ coordinate: Double) -> String {
    NumberText.fixed(coordinate, decimals: 1)
  }

  /// A file within an address.
  static func address(_ png: [UInt8]) -> String {
    "data:image/png;base64," + Data(png).base64EncodedString()
  }

  /// A part of the page under a heading.
  static func section(_ heading: String, _ introduction: String, _ body: String) -> String {
    """
    <section>
    <h2>\(escaped(heading))</h2>
    <p>\(escaped(introduction))</p>
    \(body)
    </section>

    """
  }

  /// A table whose cells are HTML already; the first column holds names.
  static func table(_ headers: [String], _ rows: [[String]], style: String = "") -> String {
    let head = headers.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
    let body = rows.map { cells in
      let first = cells.first.map { "<th scope=\"row\">\($0)</th>" } ?? ""
      return "<tr>\(first)\(cells.dropFirst().map { "<td>\($0)</td>" }.joined())</tr>\n"
    }.joined()
    return """
      <div class="wide"><table class="\(style)">
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table></div>
      """
  }
}
