/// Lines of a form or a puzzle that were left at the edge of a picture: straight, thin, of one
/// brightness, and from one end of a side to the other.
///
/// A 7 whose picture is cropped to its box has such a line too. What tells them apart is what else is
/// at the edge: a crop that leaves room around the digit does not cut off one side of it alone.
struct EdgeLines {
  private let plane: Plane
  /// The brightness of the page: that of most of what is near the border.
  private let page: Float
  /// How much of one brightness may differ.
  private let tolerance: Float

  /// The thickest line, as a share of the picture.
  private static let thickest = 0.08

  /// A line at a side.
  private struct Line {
    /// Rows from the border to its inner end, with its soft edge.
    let depth: Int
    /// Whether nothing is connected to it.
    let isFree: Bool
  }

  init(_ plane: Plane) {
    self.plane = plane
    // Just inside of where lines may be: the middle may be more ink than page.
    var ring: [Float] = []
    let (w, h) = (plane.width, plane.height)
    for y in h / 12..<max(h / 12 + 1, h - h / 12) {
      let isInner = y >= h / 6 && y < h - h / 6
      for x in w / 12..<max(w / 12 + 1, w - w / 12) where !isInner || x < w / 6 || x >= w - w / 6 {
        ring.append(plane[x, y])
      }
    }
    page = median(ring)
    tolerance = max(16, 4 * plane.grain)
  }

  /// What is left of the plane without them.
  var inner: PixelBox {
    let whole = PixelBox(left: 0, top: 0, width: plane.width, height: plane.height)
    guard min(plane.width, plane.height) >= 12 else { return whole }
    var lines = [Line?](repeating: nil, count: 4)
    for side in 0..<4 { lines[side] = line(at: side) }
    let box = without(lines)
    guard lines.count(where: { $0 != nil }) == 1, let side = lines.firstIndex(where: { $0 != nil })
    else { return box }
    return isForeign(side, lines[side]?.isFree == true, inside: box) ? box : whole
  }

  private func without(_ lines: [Line?]) -> PixelBox {
    let depths = lines.map { $0?.depth ?? 0 }
    return PixelBox(
      left: depths[2], top: depths[0], width: plane.width - depths[2] - depths[3],
      height: plane.height - depths[0] - depths[1])
  }

  /// Rows below the top (0), above the bottom (1), right of the left (2), left of the right side (3).
  private func row(_ i: Int, from side: Int) -> [Float] {
    switch side {
    case 0: (0..<plane.width).map { plane[$0, i] }
    case 1: (0..<plane.width).map { plane[$0, plane.height - 1 - i] }
    case 2: (0..<plane.height).map { plane[i, $0] }
    default: (0..<plane.height).map { plane[plane.width - 1 - i, $0] }
    }
  }

  private func line(at side: Int) -> Line? {
    let across = side < 2 ? plane.height : plane.width
    let most = max(1, Int(Double(across) * EdgeLines.thickest))
    let first = row(0, from: side)
    let level = median(first)
    guard abs(level - page) > max(25, 2 * tolerance) else { return nil }
    func share(_ values: some Collection<Float>, near other: Float) -> Double {
      Double(values.count { abs($0 - other) <= tolerance }) / Double(max(1, values.count))
    }
    var depth = 0
    while depth <= most, share(row(depth, from: side), near: level) >= 0.9 { depth += 1 }
    guard (1...most).contains(depth) else { return nil }
    // Its soft edge may take two rows more.
    for soft in 0...2 {
      let next = row(depth + soft, from: side)
      let middle = next[next.count / 10..<next.count - next.count / 10]
      guard share(middle, near: page) >= 0.5 else { continue }
      let beyond = row(depth + soft + 1, from: side)
      let inked = beyond[beyond.count / 10..<beyond.count - beyond.count / 10]
      return Line(depth: depth + soft, isFree: share(inked, near: page) >= 0.97)
    }
    return nil
  }

  /// Whether a single line is none of the digit's strokes: there is page between all other ink and the
  /// opposite side, and either nothing is connected to the line or it reaches beyond all other ink.
  private func isForeign(_ side: Int, _ isFree: Bool, inside box: PixelBox) -> Bool {
    var ink = PixelBox.none
    for y in box.top..<box.top + box.height {
      for x in box.left..<box.left + box.width where abs(plane[x, y] - page) > 2 * tolerance {
        ink.include(x, y)
      }
    }
    guard ink.width > 0 else { return false }
    let (w, h) = (Double(plane.width), Double(plane.height))
    let room = [
      Double(ink.top) / h, Double(plane.height - ink.top - ink.height) / h,
      Double(ink.left) / w, Double(plane.width - ink.left - ink.width) / w,
    ]
    let beside = side < 2 ? min(room[2], room[3]) : min(room[0], room[1])
    return room[side ^ 1] >= 0.03 && (isFree || beside >= 0.05)
  }
}
