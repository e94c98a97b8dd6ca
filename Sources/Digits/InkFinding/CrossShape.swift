/// Tells a plus and a multiplication sign, which are no digits though networks take them for some.
enum CrossShape {
  /// Whether ink, cut out, is two straight strokes that cross in the middle, each from one side or
  /// corner of it to the other, and nothing else.
  static func matches(_ ink: Plane) -> Bool {
    guard min(ink.width, ink.height) >= 5, 2 * ink.width > ink.height, 2 * ink.height > ink.width
    else { return false }
    return isPlus(ink) || isSaltire(ink)
  }

  /// A level and an upright stroke.
  private static func isPlus(_ ink: Plane) -> Bool {
    let rows = (0..<ink.height).map { y in (0..<ink.width).count { ink[$0, y] > 0.5 } }
    let columns = (0..<ink.width).map { x in (0..<ink.height).count { ink[x, $0] > 0.5 } }
    guard let level = band(rows, of: ink.width), let upright = band(columns, of: ink.height) else {
      return false
    }
    return nearlyAll(ink) { x, y in level.contains(y) || upright.contains(x) }
  }

  /// The rows of a stroke that fills them, if it crosses the middle half; with one more on each side.
  private static func band(_ counts: [Int], of full: Int) -> ClosedRange<Int>? {
    guard let first = counts.firstIndex(where: { 10 * $0 >= 8 * full }),
      let last = counts.lastIndex(where: { 10 * $0 >= 8 * full })
    else { return nil }
    let middle = Double(first + last + 1) / Double(2 * counts.count)
    guard 5 * (last - first + 1) <= 2 * counts.count, (0.25...0.75).contains(middle) else {
      return nil
    }
    return first - 1...last + 1
  }

  /// Two diagonal strokes.
  private static func isSaltire(_ ink: Plane) -> Bool {
    let (w, h) = (Double(ink.width - 1), Double(ink.height - 1))
    for (x, y) in [(0.12, 0.12), (0.88, 0.12), (0.12, 0.88), (0.88, 0.88), (0.5, 0.5)] {
      guard ink[Int(x * w + 0.5), Int(y * h + 0.5)] > 0.5 else { return false }
    }
    return nearlyAll(ink) { x, y in
      let (u, v) = (Double(x) / w, Double(y) / h)
      return min(abs(u - v), abs(u + v - 1)) <= 0.2
    }
  }

  /// Whether at most a twentieth of the ink is elsewhere.
  private static func nearlyAll(_ ink: Plane, _ belongs: (Int, Int) -> Bool) -> Bool {
    var (inside, outside): (Float, Float) = (0, 0)
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        if belongs(x, y) { inside += ink[x, y] } else { outside += ink[x, y] }
      }
    }
    return 19 * outside <= inside
  }
}
