/// A way to take the ink of a picture apart into a left and a right part, each of which may be a digit.
package struct DigitSplit: Sendable, Equatable {
  /// 28x28 pixels of each part, as if it were a picture of its own.
  package let parts: [[UInt8]]
  /// How much ink is cut through, as a share of the ink's height.
  package let crossing: Float
  /// How far the parts are apart, as a share of the ink's height; negative where one is beside the
  /// other's overhang.
  package let gap: Float
  /// The width of all the ink by its height.
  package let aspect: Float
  /// The height of the lower part by that of all the ink.
  package let height: Float
}

/// Seams from the top of the ink to its bottom that cut through as little of it as they can.
struct DigitSeams {
  private let ink: Plane

  init(_ ink: Plane) { self.ink = ink }

  /// The splits along the best seams near five columns; none where a part would be a speck.
  var splits: [DigitSplit] {
    guard ink.width >= 5, ink.height >= 5 else { return [] }
    var splits: [DigitSplit] = []
    for fifth in 0..<5 {
      let middle = Double(ink.width) * (0.3 + 0.1 * Double(fifth))
      let reach = 0.08 * Double(ink.width)
      let band = max(1, Int(middle - reach))...min(ink.width - 1, Int(middle + reach) + 1)
      if let split = split(along: seam(in: band)) { splits.append(split) }
    }
    return splits
  }

  /// For each row the first column of the right part.
  private func seam(in band: ClosedRange<Int>) -> [Int] {
    let n = band.count
    var costs = [Float](repeating: 0, count: n)
    var cameFrom = [Int8](repeating: 0, count: n * ink.height)
    for y in 0..<ink.height {
      var next = costs
      for i in 0..<n {
        var best = costs[i]
        var from: Int8 = 0
        // A step aside costs a little, so that a seam through nothing is straight.
        if i > 0, costs[i - 1] + 0.05 < best { (best, from) = (costs[i - 1] + 0.05, -1) }
        if i + 1 < n, costs[i + 1] + 0.05 < best { (best, from) = (costs[i + 1] + 0.05, 1) }
        next[i] = best + ink[band.lowerBound + i, y]
        cameFrom[y * n + i] = from
      }
      costs = next
    }
    var i = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    var seam = [Int](repeating: 0, count: ink.height)
    for y in stride(from: ink.height - 1, through: 0, by: -1) {
      seam[y] = band.lowerBound + i
      i += Int(cameFrom[y * n + i])
    }
    return seam
  }

  private func split(along seam: [Int]) -> DigitSplit? {
    var sides = [ink, ink]
    var crossing: Float = 0
    for y in 0..<ink.height {
      crossing += ink[seam[y], y]
      for x in 0..<ink.width { sides[x < seam[y] ? 1 : 0][x, y] = 0 }
    }
    let boxes = sides.map { side in
      var box = PixelBox.none
      for y in 0..<side.height {
        for x in 0..<side.width where side[x, y] > 0.4 { box.include(x, y) }
      }
      return box
    }
    let whole = Float(ink.height)
    guard boxes.allSatisfy({ $0.width > 0 && 10 * $0.height >= 3 * ink.height }) else { return nil }
    return DigitSplit(
      parts: zip(sides, boxes).map { InkFitter.fit($0.cropped(to: $1)) },
      crossing: crossing / whole,
      gap: Float(boxes[1].left - boxes[0].left - boxes[0].width) / whole,
      aspect: Float(ink.width) / whole,
      height: Float(boxes.map { $0.height }.min() ?? 0) / whole)
  }
}
