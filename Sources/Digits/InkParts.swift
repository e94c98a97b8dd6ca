/// The connected parts of the ink that belong to the digit; specks do not.
struct InkParts {
  private let width: Int
  private let height: Int
  private var isKept: [Bool]
  /// Around the parts that are kept, with the soft edge of the ink.
  private(set) var box = PixelBox.none

  /// A part, while they are counted.
  private struct Part {
    var area = 0
    var box = PixelBox.none
  }

  /// The parts above a threshold; nil if none is large enough for a digit.
  init?(_ difference: Plane, threshold: Float) {
    width = difference.width
    height = difference.height
    isKept = [Bool](repeating: false, count: width * height)
    var partOf = [Int32](repeating: -1, count: width * height)
    let parts = InkParts.label(difference, threshold, &partOf)
    guard let main = parts.max(by: { $0.area < $1.area }) else { return nil }
    // A fortieth of the picture, and three pixels; and clearly more than noise makes.
    let long = max(main.box.width, main.box.height)
    let areas = parts.map(\.area).sorted()
    guard long >= max(3, max(width, height) / 40), main.area >= 3,
      parts.count < 20 || main.area >= 12 * areas[areas.count / 2]
    else { return nil }
    let near = main.box.grown(by: long / 5, width: width, height: height)
    let keeps = parts.map { part in
      // Near the main part a small one may be a stroke; elsewhere it must be a large one.
      part.area * (InkParts.overlap(part.box, near) ? 40 : 6) >= main.area
    }
    for i in partOf.indices where partOf[i] >= 0 && keeps[Int(partOf[i])] {
      keep(around: i % width, i / width)
    }
  }

  /// Whether a pixel belongs to the digit or its edge.
  func covers(_ x: Int, _ y: Int) -> Bool { isKept[y * width + x] }

  /// Keeps a pixel and those next to it, which are the ink's soft edge.
  private mutating func keep(around x: Int, _ y: Int) {
    for row in max(0, y - 1)...min(height - 1, y + 1) {
      for column in max(0, x - 1)...min(width - 1, x + 1) { isKept[row * width + column] = true }
    }
    box.include(x, y)
  }

  private static func overlap(_ a: PixelBox, _ b: PixelBox) -> Bool {
    a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height
      && b.top < a.top + a.height
  }

  /// Numbers the parts, whose pixels touch at sides or corners.
  private static func label(
    _ difference: Plane, _ threshold: Float, _ partOf: inout [Int32]
  ) -> [Part] {
    let w = difference.width
    let h = difference.height
    var parts: [Part] = []
    var stack: [Int] = []
    for start in partOf.indices
    where partOf[start] < 0 && difference.values[start] >= threshold {
      let number = Int32(parts.count)
      var part = Part()
      partOf[start] = number
      stack.append(start)
      while let i = stack.popLast() {
        let (y, x) = i.quotientAndRemainder(dividingBy: w)
        part.area += 1
        part.box.include(x, y)
        for row in max(0, y - 1)...min(h - 1, y + 1) {
          for column in max(0, x - 1)...min(w - 1, x + 1) {
            let next = row * w + column
            guard partOf[next] < 0, difference.values[next] >= threshold else { continue }
            partOf[next] = number
            stack.append(next)
          }
        }
      }
      parts.append(part)
    }
    return parts
  }
}
