import SIMDMath

extension Handwriting {
  /// Draws something that is no digit: a letter, a sign, a scribble, a digit seen in a mirror, two digits that
  /// touch, dirt. Twenty-eight by twenty-eight pixels, light ink on a dark background.
  ///
  /// Takes no memory.
  ///
  /// - Parameters:
  ///   - index: which of the stream.
  ///   - pixels: at least 784, of which the first 784 are written, 0...255, row-major.
  package func drawOther(
    index: Int, stream: Stream = .training, into pixels: inout MutableSpan<UInt8>
  ) {
    var random = Random(
      seed: seed, stream: stream.rawValue ^ Handwriting.otherStream,
      index: UInt64(truncatingIfNeeded: index))
    switch random.uniform() {
    case ..<0.55: drawSign(&random, into: &pixels)
    case ..<0.75:
      draw(others, allograph: others.pick(scribble, random.uniform()), &random, into: &pixels)
    case ..<0.85: drawTurned(&random, into: &pixels)
    case ..<0.95: drawPair(&random, into: &pixels)
    default: drawDirt(&random, into: &pixels)
    }
    coarsen(&random, &pixels)
  }

  /// What the numbers of these streams differ by from those of digits.
  private static let otherStream: UInt64 = 0x6F74_6865_7200_0000

  private var others: AllographTable { AllographTable.others }
  private var scribble: Int { others.weights.count - 1 }

  private func drawSign(_ random: inout Random, into pixels: inout MutableSpan<UInt8>) {
    let symbol = others.pick(ofFirst: scribble, random.uniform())
    draw(others, allograph: others.pick(symbol, random.uniform()), &random, into: &pixels)
  }

  /// A digit that is none any more from behind, or upside down.
  private func drawTurned(_ random: inout Random, into pixels: inout MutableSpan<UInt8>) {
    let mirrored: InlineArray<5, Int> = [3, 4, 6, 7, 9]
    let turned: InlineArray<3, Int> = [3, 4, 7]
    let way = random.below(mirrored.count + turned.count)
    let isMirrored = way < mirrored.count
    let digit = isMirrored ? mirrored[way] : turned[way - mirrored.count]
    drawDigit(digit, &random, into: &pixels)
    for y in 0..<DigitSet.side {
      let row = y * DigitSet.side
      for x in 0..<DigitSet.side / 2 { pixels.swapAt(row + x, row + DigitSet.side - 1 - x) }
    }
    if isMirrored { return }
    for y in 0..<DigitSet.side / 2 {
      let other = DigitSet.side - 1 - y
      for x in 0..<DigitSet.side { pixels.swapAt(y * DigitSet.side + x, other * DigitSet.side + x) }
    }
  }

  /// Two digits side by side, each half as wide, which touch.
  private func drawPair(_ random: inout Random, into pixels: inout MutableSpan<UInt8>) {
    var left = InlineArray<784, UInt8>(repeating: 0)
    var right = InlineArray<784, UInt8>(repeating: 0)
    var leftSpan = left.mutableSpan
    var rightSpan = right.mutableSpan
    drawDigit(random.below(10), &random, into: &leftSpan)
    drawDigit(random.below(10), &random, into: &rightSpan)
    // Ink reaches to column 23 of 28: what is between goes, and the two touch. The right one's last columns go, too.
    let gap = 1 + random.below(3)
    let half = DigitSet.side / 2
    for i in 0..<DigitSet.side * DigitSet.side { pixels[i] = 0 }
    for y in 0..<DigitSet.side {
      let row = y * DigitSet.side
      for x in 0..<half - gap {
        let column = row + 2 * x
        pixels[row + gap + x] = UInt8((Int(leftSpan[column]) + Int(leftSpan[column + 1])) / 2)
        if x < gap { continue }
        pixels[row + half - gap + x] =
          UInt8((Int(rightSpan[column]) + Int(rightSpan[column + 1])) / 2)
      }
    }
  }

  /// Round dots here and there, of one to six pixels.
  private func drawDirt(_ random: inout Random, into pixels: inout MutableSpan<UInt8>) {
    for i in 0..<DigitSet.side * DigitSet.side { pixels[i] = 0 }
    for _ in 0...random.below(8) {
      let (x, y) = (4 + 20 * random.uniform(), 4 + 20 * random.uniform())
      let radius = 0.5 + 2.5 * random.uniform() * random.uniform()
      let ink = 100 + 155 * random.uniform()
      for row in 0..<DigitSet.side {
        for column in 0..<DigitSet.side {
          let (dx, dy) = (Float(column) - x, Float(row) - y)
          let inside = clamped(radius + 0.5 - (dx * dx + dy * dy).squareRoot(), 0, 1)
          let i = row * DigitSet.side + column
          pixels[i] = max(pixels[i], UInt8(inside * ink))
        }
      }
    }
  }
}
