import Foundation

/// Numbers as text, the same in every locale.
package enum NumberText {
  /// A count in groups of three digits: `1,234,567`.
  package static func count(_ value: some BinaryInteger) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A size in the units of data sheets, where 1 KB is 1,024 bytes: `100.0 KB`.
  ///
  /// Whole units have no decimals, so that a chip with 16 KB has `16 KB`.
  package static func bytes(_ value: Int) -> String {
    guard value.magnitude >= 1024 else { return "\(value) B" }
    let (unit, name) = value.magnitude < 1 << 20 ? (1 << 10, "KB") : (1 << 20, "MB")
    if value % unit == 0 { return "\(count(value / unit)) \(name)" }
    return "\(fixed(Double(value) / Double(unit), decimals: 1)) \(name)"
  }

  /// A fraction in percent, with two decimals: 0.98765 is `98.77 %`.
  package static func percent(_ fraction: Double) -> String {
    fixed(100 * fraction, decimals: 2) + " %"
  }

  /// A number with so many decimals, and a point before them.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    // Without a locale, `String(format:)` uses none.
    String(format: "%.*f", decimals, value)
  }

  /// A span of time as a clock shows it: `0:07`, `12:34`, `1:02:03`.
  package static func duration(seconds: Double) -> String {
    guard seconds >= 0, seconds < 1e9 else { return "?" }
    let total = Int(seconds.rounded())
    let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest)
      : String(format: "%d:%02d", minutes, rest)
  }
}
