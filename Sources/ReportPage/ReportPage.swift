import CommandLineSupport

/// A report as one HTML page that needs nothing else: no script, no font, no file beside it.
///
/// ```swift
/// var contents = ReportContents()
/// contents.title = "784-128-10 on MNIST"
/// try AtomicFile.write(Array(ReportPage(contents).html.utf8), to: "report.html")
/// ```
package struct ReportPage {
  private let contents: ReportContents

  /// A page that shows `contents`; what is empty has no section.
  package init(_ contents: ReportContents) { self.contents = contents }

  /// The whole page.
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <title>\(HTML.escaped(contents.title))</title>
    <style>
    \(pageStyle)
    </style>
    </head>
    <body>
    <main>
    <h1>\(HTML.escaped(contents.title))</h1>
    \(facts)\(curves)\(confusion)\(mistakes)\(units)\(comparison)\(coverage)\(devices)</main>
    </body>
    </html>

    """
  }

  private var facts: String {
    let items = contents.facts.map {
      "<div><dt>\(HTML.escaped($0.name))</dt><dd>\(HTML.escaped($0.value))</dd></div>\n"
    }
    return items.isEmpty ? "" : "<dl class=\"facts\">\n\(items.joined())</dl>\n"
  }

  private var curves: String {
    guard !contents.epochs.isEmpty else { return "" }
    return HTML.section(
      "Learning curves",
      "Training figures are taken while the weights still change, on distorted pictures where there is "
        + "augmentation; validation pictures are as they are.",
      Curves(contents.epochs).html)
  }

  private var confusion: String {
    guard !contents.confusion.isEmpty else { return "" }
    return HTML.section(
      "Confusion matrix",
      "Rows are the classes written, columns what the Int8 network read.",
      ConfusionTable(contents).html)
  }

  private var mistakes: String {
    guard !contents.confusion.isEmpty else { return "" }
    let gallery = MistakeGallery(contents)
    return HTML.section("Pictures read wrong", gallery.introduction, gallery.html)
  }

  private var units: String {
    guard let sheet = UnitSheet(contents) else { return "" }
    return HTML.section(
      "Hidden units",
      "What each of the \(contents.units.count) hidden units looks for: blue where ink speaks for it, "
        + "red where ink speaks against it, each on its own scale. They are grouped by the class whose "
        + "logit they raise most.",
      sheet.html)
  }

  private var comparison: String {
    guard !contents.comparison.isEmpty else { return "" }
    let rows = contents.comparison.map { [$0.name, $0.float, $0.int8].map(HTML.escaped) }
    return HTML.section(
      "Float against Int8",
      "The network as it was trained, and the integers on the device, on the same test pictures.",
      HTML.table(["", "Float", "Int8"], rows) + DigitBars(contents).html)
  }

  private var coverage: String {
    guard !contents.coverage.isEmpty else { return "" }
    return HTML.section(
      "Coverage against error",
      "How many test pictures are still answered when answers below a confidence are left out, and how "
        + "many of the answers are then wrong. The temperature and the limit below which an answer is "
        + "marked unsure were chosen on validation pictures.",
      CoverageView(contents.coverage).html)
  }

  private var devices: String {
    guard !contents.devices.isEmpty else { return "" }
    return HTML.section(
      "Flash and RAM",
      "What the model takes of each chip, with its code, arena and stack.",
      DeviceTable(contents.devices).html)
  }
}
