import SIMDMath

extension Handwriting {
  /// Some pictures as a coarse scan gives them: means over 10x10 ... 19x19 cells, enlarged again. A digit takes
  /// five sevenths of the cells.
  func coarsen(_ random: inout Random, _ pixels: inout MutableSpan<UInt8>) {
    let chance = random.uniform()
    let cells = 10 + random.below(10)
    if chance >= Handwriting.coarse { return }
    var across = InlineArray<784, Float>(repeating: 0)
    var coarse = InlineArray<784, Float>(repeating: 0)
    let side = DigitSet.side
    for y in 0..<side {
      for x in 0..<cells {
        across[y * side + x] = mean(x, of: cells) { Float(pixels[y * side + $0]) }
      }
    }
    for x in 0..<cells {
      for y in 0..<cells { coarse[y * side + x] = mean(y, of: cells) { across[$0 * side + x] } }
    }
    for y in 0..<side {
      let (row, down) = position(y, of: cells)
      for x in 0..<side {
        let (column, right) = position(x, of: cells)
        let i = row * side + column
        let upper = coarse[i] + right * (coarse[i + 1] - coarse[i])
        let lower = coarse[i + side] + right * (coarse[i + side + 1] - coarse[i + side])
        pixels[y * side + x] = UInt8(min(255, upper + down * (lower - upper) + 0.5))
      }
    }
    brighten(&pixels)
  }

  /// The fraction of pictures that are coarse.
  private static let coarse: Float = 0.1

  /// Makes the darker fifth of the ink full, as is done with any picture that is read.
  private func brighten(_ pixels: inout MutableSpan<UInt8>) {
    var counts = InlineArray<256, Int>(repeating: 0)
    var inked = 0
    for i in 0..<784 where pixels[i] > 25 {
      counts[Int(pixels[i])] += 1
      inked += 1
    }
    var dark = 255
    var above = counts[255]
    while dark > 64, above * 5 < inked {
      dark -= 1
      above += counts[dark]
    }
    for i in 0..<784 { pixels[i] = UInt8(min(255, (Int(pixels[i]) * 255 + dark / 2) / dark)) }
  }

  /// The mean of what lies in cell `i` of `cells` along 28 pixels.
  private func mean(_ i: Int, of cells: Int, _ value: (Int) -> Float) -> Float {
    let width = Float(DigitSet.side) / Float(cells)
    let (start, end) = (Float(i) * width, Float(i + 1) * width)
    var sum: Float = 0
    for pixel in Int(start)..<min(DigitSet.side, Int(end.rounded(.up))) {
      let covered = min(end, Float(pixel + 1)) - max(start, Float(pixel))
      sum = sum.addingProduct(covered, value(pixel))
    }
    return sum / width
  }

  /// Between which cells the middle of pixel `i` lies, the first of the two and how far on it is, 0 ... 1.
  private func position(_ i: Int, of cells: Int) -> (Int, Float) {
    let exact = (Float(i) + 0.5) * Float(cells) / Float(DigitSet.side) - 0.5
    let position = clamped(exact, 0, Float(cells - 1))
    let first = min(Int(position), cells - 2)
    return (first, position - Float(first))
  }
}
