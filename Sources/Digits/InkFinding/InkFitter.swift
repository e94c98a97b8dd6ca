/// Fits ink into 20x20 pixels and centers it by mass in 28x28.
enum InkFitter {
  /// The thinnest a stroke may be in the result, in pixels: MNIST's thinnest are about as thin.
  static let thinnest: Float = 1.6

  /// The 784 pixels of a digit, 0...255, from its ink, 0...1.
  static func fit(_ ink: Plane) -> [UInt8] {
    let long = max(ink.width, ink.height)
    let w = max(1, (ink.width * Normalization.inkSide + long / 2) / long)
    let h = max(1, (ink.height * Normalization.inkSide + long / 2) / long)
    // A hairline on a large picture would fade to nothing; a pen's width is given to it.
    let shrinking = Float(long) / Float(Normalization.inkSide)
    let lacking = (thinnest * shrinking - strokeWidth(ink)) * 0.5
    var source = ink
    if lacking > 0.5 { source = thickened(ink, by: Int(lacking + 0.5)) }
    var fitted = resized(source, to: w, h)
    brighten(&fitted)
    return centered(fitted)
  }

  /// The mean width of strokes: an area a, L long and w wide, has an outline of 2 L.
  private static func strokeWidth(_ ink: Plane) -> Float {
    var area: Float = 0
    var outline: Float = 0
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        area += ink[x, y]
        let left = x > 0 ? ink[x - 1, y] : 0
        let up = y > 0 ? ink[x, y - 1] : 0
        let dx = ink[x, y] - left
        let dy = ink[x, y] - up
        outline += (dx * dx + dy * dy).squareRoot()
        if x == ink.width - 1 { outline += ink[x, y] }
        if y == ink.height - 1 { outline += ink[x, y] }
      }
    }
    return outline > 0 ? 2 * area / outline : 0
  }

  /// The most ink within `radius` pixels along each axis.
  private static func thickened(_ ink: Plane, by radius: Int) -> Plane {
    var across = ink
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        for near in max(0, x - radius)...min(ink.width - 1, x + radius) {
          across[x, y] = max(across[x, y], ink[near, y])
        }
      }
    }
    var result = across
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        for near in max(0, y - radius)...min(ink.height - 1, y + radius) {
          result[x, y] = max(result[x, y], across[x, near])
        }
      }
    }
    return result
  }

  /// A plane of another size: means over areas where it shrinks, bilinear where it grows.
  static func resized(_ plane: Plane, to width: Int, _ height: Int) -> Plane {
    var across = Plane(width: width, height: plane.height)
    for x in 0..<width {
      let (range, weights) = support(x, of: width, over: plane.width)
      for y in 0..<plane.height {
        for i in range { across[x, y] += weights[i - range.lowerBound] * plane[i, y] }
      }
    }
    var result = Plane(width: width, height: height)
    for y in 0..<height {
      let (range, weights) = support(y, of: height, over: plane.height)
      for x in 0..<width {
        for i in range { result[x, y] += weights[i - range.lowerBound] * across[x, i] }
      }
    }
    return result
  }

  /// Which of `count` source pixels make up pixel `i` of `size`, and their weights, which sum to 1.
  private static func support(_ i: Int, of size: Int, over count: Int) -> (Range<Int>, [Float]) {
    let step = Float(count) / Float(size)
    guard step >= 1 else {
      let position = clamped((Float(i) + 0.5) * step - 0.5, 0, Float(count - 1))
      let first = min(Int(position), max(0, count - 2))
      let fraction = position - Float(first)
      return count == 1 ? (0..<1, [1]) : (first..<first + 2, [1 - fraction, fraction])
    }
    let start = Float(i) * step
    let end = start + step
    let range = Int(start)..<min(count, Int(end.rounded(.up)))
    let weights = range.map { pixel in
      max(0, min(end, Float(pixel) + 1) - max(start, Float(pixel))) / step
    }
    return (range, weights)
  }

  /// Scales ink up so that its darker parts are full, as those of MNIST are.
  private static func brighten(_ ink: inout Plane) {
    let some = ink.values.filter { $0 > 0.1 }.sorted()
    guard !some.isEmpty else { return }
    let dark = some[some.count * 4 / 5]
    guard dark < 0.98 else { return }
    for i in ink.values.indices { ink.values[i] = min(1, ink.values[i] / dark) }
  }

  /// Ink placed so that its center of mass is in the middle, to the nearest whole pixel.
  private static func centered(_ ink: Plane) -> [UInt8] {
    var mass: Float = 0
    var sumX: Float = 0
    var sumY: Float = 0
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        mass += ink[x, y]
        sumX += ink[x, y] * (Float(x) + 0.5)
        sumY += ink[x, y] * (Float(y) + 0.5)
      }
    }
    // Where ink of at most 20 pixels leaves room to either side, whatever its balance.
    let left = min(max(Int((14 - sumX / (mass + 1e-6)).rounded()), 0), 28 - ink.width)
    let top = min(max(Int((14 - sumY / (mass + 1e-6)).rounded()), 0), 28 - ink.height)
    var pixels = [UInt8](repeating: 0, count: 784)
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        pixels[28 * (top + y) + left + x] = UInt8(clamped(ink[x, y] * 255 + 0.5, 0, 255))
      }
    }
    return pixels
  }
}
