/// Lines of ruled or squared paper: rows and columns that differ from the page evenly over most of the
/// picture, and less than ink does.
enum RuledLines {
  /// The darkest that a line may be, as a share of the ink.
  private static let darkest: Float = 0.7

  /// Takes them out of how far pixels stand out from the page, where no ink is on them.
  ///
  /// - Parameter floor: the least that ink stands out.
  static func erase(from difference: inout Plane, floor: Float) {
    let strong = difference.values.filter { $0 > floor }.sorted()
    guard min(difference.width, difference.height) >= 20, !strong.isEmpty else { return }
    let ink = strong[strong.count * 49 / 50]
    let (w, h) = (difference.width, difference.height)
    let rows = (0..<h).map { y in level(of: (0..<w).map { difference[$0, y] }) }
    let columns = (0..<w).map { x in level(of: (0..<h).map { difference[x, $0] }) }
    for (levels, isRow) in [(thin(rows, floor, ink), true), (thin(columns, floor, ink), false)] {
      for (i, line) in levels where line > 0 {
        for j in 0..<(isRow ? w : h) {
          let (x, y) = isRow ? (j, i) : (i, j)
          if difference[x, y] < 0.5 * (line + ink) { difference[x, y] = 0 }
        }
      }
    }
  }

  /// What four fifths of a row stand out by at least. A straight stroke of a digit that is cropped as MNIST's are is
  /// 20 of 28 pixels long, which is less.
  private static func level(of values: [Float]) -> Float { values.sorted()[values.count / 5] }

  /// The rows that are lines: above a third of the floor, at most as dark as lines are, and no more
  /// than a twentieth of the picture next to each other.
  private static func thin(
    _ levels: [Float], _ floor: Float, _ ink: Float
  ) -> [(Int, Float)] {
    let isLine = levels.map { $0 > floor / 3 }
    var result: [(Int, Float)] = []
    var start = 0
    while start < levels.count {
      guard isLine[start] else {
        start += 1
        continue
      }
      var end = start
      while end < levels.count, isLine[end] { end += 1 }
      let darkest = levels[start..<end].max() ?? 0
      if end - start <= max(2, levels.count / 20), darkest <= RuledLines.darkest * ink {
        result += (start..<end).map { ($0, levels[$0]) }
      }
      start = end
    }
    return result
  }
}
