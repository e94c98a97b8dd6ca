/// How far each pixel of a plane stands out from the page, on the side where ink is.
struct InkLayer {
  /// How far, 0...255; 0 on the other side.
  private(set) var difference: Plane
  /// Whether the ink is darker than the page.
  let isDark: Bool
  /// How dark the ink is.
  let level: InkLevel

  /// The least that ink must differ from its background, of 255.
  static let leastContrast: Float = 12

  /// The ink on a page; nil if nothing stands out. `isDark` is found where it is not given: ink is on
  /// the side where more stands out.
  init?(_ plane: Plane, on background: Background, isDark known: Bool? = nil) {
    var difference = plane
    for y in 0..<plane.height {
      for x in 0..<plane.width { difference[x, y] -= background.brightness(x, y, of: plane) }
    }
    let floor = max(4 * background.noise, InkLayer.leastContrast)
    var light: Float = 0
    var dark: Float = 0
    for value in difference.values {
      if value > floor { light += value }
      if value < -floor { dark -= value }
    }
    let isDark = known ?? (dark > light)
    for i in difference.values.indices {
      difference.values[i] = max(0, isDark ? -difference.values[i] : difference.values[i])
    }
    RuledLines.erase(from: &difference, floor: floor)
    guard let level = InkLevel(difference, floor: floor) else { return nil }
    self.difference = difference
    self.isDark = isDark
    self.level = level
  }

  /// Which pixels are ink.
  var mask: [Bool] { difference.values.map { $0 >= level.threshold } }
}
