import CommandLineSupport

/// The digits that a network read wrong, the surest mistakes first.
struct MistakeGallery {
  private let mistakes: [ReportContents.Mistake]
  private let leftOut: Int

  private let name: (Int) -> String

  /// - Parameter contents: whose mistakes are shown.
  init(_ contents: ReportContents) {
    mistakes = contents.mistakes.filter { $0.pixels.count == 784 }
      .sorted { $0.confidence > $1.confidence }
    leftOut = contents.mistakesLeftOut
    name = contents.name
  }

  var introduction: String {
    if mistakes.isEmpty { return "None." }
    let rest = leftOut > 0 ? " (\(NumberText.count(leftOut)) more are not shown)" : ""
    return "\(NumberText.count(mistakes.count)) pictures that the float or the Int8 network read "
      + "wrong\(rest), those first of which Int8 was surest."
  }

  var html: String {
    mistakes.isEmpty ? "" : "<ul class=\"mistakes\">\n\(mistakes.map(item).joined())</ul>"
  }

  private func item(_ mistake: ReportContents.Mistake) -> String {
    let image = HTML.address(PNG.gray(mistake.pixels, width: 28))
    let sure = NumberText.fixed(100 * mistake.confidence, decimals: 0) + " %"
    return """
      <li><img src="\(image)" width="56" height="56" alt="Written: \(name(mistake.written))">
      <b>\(name(mistake.written))</b>
      <span>\(answer("float", mistake.float, mistake))\(answer("int8", mistake.int8, mistake))\
      <small>\(sure)\(mistake.isUnsure ? ", unsure" : "")</small></span></li>

      """
  }

  private func answer(_ network: String, _ index: Int, _ mistake: ReportContents.Mistake) -> String
  {
    let style = index == mistake.written ? "right" : "wrong"
    return "<span>\(network) <i class=\"\(style)\">\(name(index))</i></span>"
  }
}
