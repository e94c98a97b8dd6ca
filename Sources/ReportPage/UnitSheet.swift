/// The weights of all hidden units in one picture, of which each unit shows its part.
struct UnitSheet {
  private let units: [ReportContents.HiddenUnit]
  private let name: (Int) -> String
  private let side: Int
  private static let columns = 16

  /// A sheet; nil if there are no units or their weights are no squares of one size.
  init?(_ contents: ReportContents) {
    let units = contents.units
    name = contents.name
    guard let count = units.first?.weights.count, count > 0 else { return nil }
    side = Int(Double(count).squareRoot())
    guard side * side == count, units.allSatisfy({ $0.weights.count == count }) else { return nil }
    self.units = units.enumerated().sorted { ($0.1.digit, $0.0) < ($1.1.digit, $1.0) }.map(\.1)
  }

  var html: String {
    let rows = rowCount
    let address = HTML.address(PNG.indexed(pixels, width: side * Self.columns, palette: palette))
    var groups = ""
    for digit in Set(units.map(\.digit)).sorted() {
      let indices = units.indices.filter { units[$0].digit == digit }
      let images = indices.map { index in
        let x = Double(index % Self.columns) / Double(Self.columns - 1) * 100
        let y = rows > 1 ? Double(index / Self.columns) / Double(rows - 1) * 100 : 0
        return "<i style=\"background-position:\(number(x))% \(number(y))%\"></i>"
      }
      groups += "<div role=\"img\" aria-label=\"Weights of \(indices.count) units\">"
      groups += "<b>\(name(digit))</b><div>\(images.joined())</div></div>\n"
    }
    return """
      <style>.units i{background-image:url(\(address));\
      background-size:\(100 * Self.columns)% \(100 * rows)%}</style>
      <div class="units">
      \(groups)</div>
      """
  }

  private var rowCount: Int { (units.count + Self.columns - 1) / Self.columns }

  private var pixels: [UInt8] {
    let width = side * Self.columns
    var pixels = [UInt8](repeating: 128, count: width * side * rowCount)
    for (index, unit) in units.enumerated() {
      let finite = unit.weights.map { $0.isFinite ? $0 : 0 }
      let largest = max(finite.map(abs).max() ?? 0, .leastNormalMagnitude)
      let corner = index / Self.columns * side * width + index % Self.columns * side
      for (i, weight) in finite.enumerated() {
        let level = 128 + (127 * weight / largest).rounded()
        pixels[corner + i / side * width + i % side] = UInt8(max(1, min(255, level)))
      }
    }
    return pixels
  }

  /// Red for negative weights, blue for positive ones, clear for none: right on light and dark pages.
  private var palette: [PNG.Color] {
    (0..<256).map { level in
      let strength = min(1, Double(abs(level - 128)) / 127)
      let opacity = UInt8((255 * strength).rounded())
      return level < 128
        ? PNG.Color(red: 225, green: 60, blue: 50, opacity: opacity)
        : PNG.Color(red: 40, green: 120, blue: 235, opacity: opacity)
    }
  }
}
