/// The border of a picture, in 32 blocks, and the plane that most of them agree on.
struct BorderRing {
  /// Where its pixels are, a sixteenth of the picture deep.
  let indices: [Int]
  /// The middle brightness of each block, and where it is, coordinates -1...1.
  private let blocks: [(value: Float, at: (x: Double, y: Double))]

  /// The most that light may change from one side of a picture to the other.
  private static let steepest = 180.0

  init(_ plane: Plane) {
    let w = plane.width
    let h = plane.height
    let depth = max(1, min(w, h) / 16)
    var indices: [Int] = []
    var members = [[Float]](repeating: [], count: 32)
    for y in 0..<h {
      for x in 0..<w where x < depth || y < depth || x >= w - depth || y >= h - depth {
        indices.append(y * w + x)
        members[BorderRing.block(x, y, w, h, depth)].append(plane.values[y * w + x])
      }
    }
    self.indices = indices
    blocks = members.indices.filter { !members[$0].isEmpty }.map { i in
      let along = (Double(i % 8) + 0.5) / 4 - 1
      let at = [(x: along, y: -1), (x: along, y: 1), (x: -1, y: along), (x: 1, y: along)][i / 8]
      return (median(members[i]), at)
    }
  }

  /// Eight blocks along the top, the bottom, the left and the right.
  private static func block(_ x: Int, _ y: Int, _ w: Int, _ h: Int, _ depth: Int) -> Int {
    if y < depth { return min(7, 8 * x / w) }
    if y >= h - depth { return 8 + min(7, 8 * x / w) }
    return (x < depth ? 16 : 24) + min(7, 8 * y / h)
  }

  /// The plane that most blocks are near to.
  ///
  /// - Parameter tolerance: how near. Where that leaves out a quarter of the blocks, and two and a half
  ///   times as far takes in six more, a shadow's edge is likelier than ink.
  func agreement(within tolerance: Float) -> InlineArray<6, Double> {
    let (strict, count) = nearest(within: tolerance)
    guard 4 * count < 3 * blocks.count else { return strict }
    let (loose, most) = nearest(within: 2.5 * tolerance)
    return most >= count + 6 ? loose : strict
  }

  /// The plane through three blocks that most others are within a tolerance of, and how many; a level
  /// one unless a slope explains three more.
  private func nearest(within tolerance: Float) -> (InlineArray<6, Double>, Int) {
    var best = InlineArray<6, Double>(repeating: 0)
    var most = 0
    func consider(_ plane: InlineArray<6, Double>, atLeast lead: Int) {
      let count = blocks.count { abs($0.value - Background.value(plane, $0.at)) <= tolerance }
      if count >= most + lead { (best, most) = (plane, count) }
    }
    for block in blocks { consider([Double(block.value), 0, 0, 0, 0, 0], atLeast: 1) }
    guard most < blocks.count else { return (best, most) }
    let level = most
    for i in blocks.indices {
      for j in 0..<i {
        for k in 0..<j {
          guard let plane = slope(through: blocks[i], blocks[j], blocks[k]) else { continue }
          consider(plane, atLeast: most == level ? 3 : 1)
        }
      }
    }
    return (best, most)
  }

  private func slope(
    through a: (value: Float, at: (x: Double, y: Double)),
    _ b: (value: Float, at: (x: Double, y: Double)),
    _ c: (value: Float, at: (x: Double, y: Double))
  ) -> InlineArray<6, Double>? {
    let (ux, uy, uv) = (b.at.x - a.at.x, b.at.y - a.at.y, Double(b.value - a.value))
    let (vx, vy, vv) = (c.at.x - a.at.x, c.at.y - a.at.y, Double(c.value - a.value))
    let area = ux * vy - uy * vx
    // Three blocks in a line tell nothing across it.
    guard abs(area) > 0.5 else { return nil }
    let x = (uv * vy - uy * vv) / area
    let y = (ux * vv - uv * vx) / area
    guard 2 * (abs(x) + abs(y)) <= BorderRing.steepest else { return nil }
    return [Double(a.value) - x * a.at.x - y * a.at.y, x, y, 0, 0, 0]
  }
}
