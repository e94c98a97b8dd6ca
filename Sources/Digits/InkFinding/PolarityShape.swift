/// What tells ink from page where both touch the border, by shape alone.
struct PolarityShape {
  /// The share of the outermost pixels that are ink.
  let borderShare: Float
  /// The share of all pixels that are ink.
  let area: Float
  /// The share of the ink that is in one piece, and of the page.
  let inkWhole: Float
  let pageWhole: Float
  /// How many of the four sides the largest piece of each touches.
  let inkSides: Int
  let pageSides: Int

  init(_ mask: [Bool], width: Int, height: Int) {
    var border = 0
    for y in 0..<height {
      for x in 0..<width where x == 0 || y == 0 || x == width - 1 || y == height - 1 {
        border += mask[y * width + x] ? 1 : 0
      }
    }
    let length = width < 2 || height < 2 ? width * height : 2 * (width + height) - 4
    borderShare = Float(border) / Float(max(1, length))
    let ink = Components(mask, width: width, height: height)
    let page = Components(mask.map(!), width: width, height: height)
    area = Float(ink.total) / Float(max(1, mask.count))
    (inkWhole, inkSides) = PolarityShape.largest(ink, width, height)
    (pageWhole, pageSides) = PolarityShape.largest(page, width, height)
  }

  private static func largest(_ pieces: Components, _ w: Int, _ h: Int) -> (Float, Int) {
    guard let main = pieces.all.max(by: { $0.area < $1.area }) else { return (0, 0) }
    let box = main.box
    let sides = [
      box.left == 0, box.top == 0, box.left + box.width == w, box.top + box.height == h,
    ]
    return (Float(main.area) / Float(pieces.total), sides.count { $0 })
  }

  /// How far the mask looks like ink, and its complement like page; negative where it is the other way
  /// around.
  ///
  /// A page reaches the border more than ink does and lies in several pieces where ink touches it; ink
  /// is in one piece that touches many sides. The weights are those of a logistic regression on MNIST's
  /// training digits, enlarged and cropped with margins from none to 10 %.
  var evidence: Float {
    14 * (0.5 - borderShare) + 6.5 * (inkWhole - pageWhole) + 0.5 * Float(inkSides - pageSides)
  }
}
