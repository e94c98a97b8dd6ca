/// The connected parts of the ink that belong to the digit; specks do not.
struct InkParts {
  private let width: Int
  private let height: Int
  private var isKept: [Bool]
  /// Around the parts that are kept, with the soft edge of the ink.
  private(set) var box = PixelBox.none

  /// The parts above a threshold; nil if none is large enough for a digit.
  init?(_ difference: Plane, threshold: Float) {
    width = difference.width
    height = difference.height
    isKept = [Bool](repeating: false, count: width * height)
    let components = Components(
      difference.values.map { $0 >= threshold }, width: width, height: height)
    let parts = components.all
    guard let main = parts.max(by: { $0.area < $1.area }) else { return nil }
    // A fortieth of the picture, and three pixels; and clearly more than noise makes.
    let long = max(main.box.width, main.box.height)
    let areas = parts.map { $0.area }.sorted()
    guard long >= max(3, max(width, height) / 40), main.area >= 3,
      parts.count < 20 || main.area >= 12 * areas[areas.count / 2]
    else { return nil }
    let near = main.box.grown(by: long / 5, width: width, height: height)
    let keeps = parts.map { part in
      // Near the main part a small one may be a stroke; elsewhere it must be a large one.
      part.area * (InkParts.overlap(part.box, near) ? 40 : 6) >= main.area
    }
    let numbers = components.numbers
    for i in numbers.indices where numbers[i] >= 0 && keeps[Int(numbers[i])] {
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
}
