import CommandLineSupport

/// For each digit, how often the float and the Int8 network read it wrong, side by side.
struct DigitBars {
  private let digits: [ReportContents.Digit]
  private let name: (Int) -> String

  /// - Parameter contents: whose digits are counted.
  init(_ contents: ReportContents) {
    digits = contents.digits
    name = contents.name
  }

  var html: String {
    guard !digits.isEmpty else { return "" }
    let most = max(1, digits.map { max($0.floatWrong, $0.int8Wrong) }.max() ?? 1)
    let rows = digits.enumerated().map { digit, counts in
      [
        name(digit), NumberText.count(counts.count),
        bar(counts.floatWrong, most, "a"), bar(counts.int8Wrong, most, "b"),
      ]
    }
    return HTML.table(["Class", "Written", "Float wrong", "Int8 wrong"], rows, style: "bars")
  }

  private func bar(_ count: Int, _ most: Int, _ style: String) -> String {
    let share = NumberText.fixed(100 * Double(count) / Double(most), decimals: 1)
    return "<span class=\"bar\"><i class=\"\(style)\" style=\"width:\(share)%\"></i></span>"
      + " \(NumberText.count(count))"
  }
}
