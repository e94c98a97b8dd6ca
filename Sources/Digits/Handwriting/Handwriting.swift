import SIMDMath

/// Handwritten digits out of nothing but a seed: a pen follows one of the known ways to write a digit,
/// with the sloppiness, slant, proportions and pressure of a new writer each time.
///
/// Digit `index` of a stream is the same whoever draws it, on whatever machine and thread.
package struct Handwriting: Sendable {
  /// Families of digits that never share a sample.
  package enum Stream: UInt64, Sendable {
    /// Digits to learn from.
    case training = 0x7261_696E
    /// Digits to test with.
    case test = 0x7465_7374
  }

  let seed: UInt64
  private let table: AllographTable

  /// The handwriting of a seed.
  package init(seed: UInt64) {
    self.seed = seed
    table = AllographTable.builtIn
  }

  /// Draws one digit, 28x28 pixels, light ink on a dark background, as MNIST has them.
  ///
  /// Takes no memory.
  ///
  /// - Parameters:
  ///   - index: which digit of the stream.
  ///   - pixels: at least 784, of which the first 784 are written, 0...255, row-major.
  /// - Returns: which digit it is, 0...9, each as likely as the others.
  @discardableResult
  package func draw(
    index: Int, stream: Stream = .training, into pixels: inout MutableSpan<UInt8>
  ) -> UInt8 {
    var random = Random(
      seed: seed, stream: stream.rawValue, index: UInt64(truncatingIfNeeded: index))
    let digit = random.below(10)
    drawDigit(digit, &random, into: &pixels)
    if random.uniform() < 0.07 { speck(&random, into: &pixels) }
    coarsen(&random, &pixels)
    return UInt8(truncatingIfNeeded: digit)
  }

  /// Draws a digit in one of the ways there are.
  func drawDigit(_ digit: Int, _ random: inout Random, into pixels: inout MutableSpan<UInt8>) {
    draw(table, allograph: table.pick(digit, random.uniform()), &random, into: &pixels)
  }

  /// Draws a given allograph of a table.
  func draw(
    _ table: AllographTable, allograph: Int, _ random: inout Random,
    into pixels: inout MutableSpan<UInt8>
  ) {
    let allograph = table.allographs[allograph]
    var numbers = NormalNumbers()
    let writer = WriterSample(allograph.style, &numbers, &random)
    let layout = PenLayout(
      points: table.controls.span.extracting(allograph.controls),
      strokes: table.strokes.span.extracting(allograph.strokes),
      first: allograph.points.lowerBound)
    var controls = InlineArray<96, Float>(repeating: 0)
    var positions = controls.mutableSpan
    ControlPositions.stray(layout, writer, &numbers, &random, to: &positions)
    var vectors = InlineArray<24, Vector>(repeating: Vector())
    var path = vectors.mutableSpan
    unsafe PenPath.write(positions.span.bytes, layout.points, writer, to: &path)
    PenPath.fit(&path, blocks: layout.points.count, side: 20, middle: 12)
    var rasterizer = Rasterizer(softness: writer.softness)
    unsafe rasterizer.draw(path.span.bytes, layout.points)
    var canvas = Canvas()
    let center = rasterizer.fill(&canvas)
    canvas.copy(around: center, into: &pixels)
  }

  /// Dirt, or what is left of a neighbor: up to three dots below each other, anywhere or, half the time, a little to
  /// the right of the digit.
  private func speck(_ random: inout Random, into pixels: inout MutableSpan<UInt8>) {
    let isNeighbor = random.below(2) == 1
    let x =
      isNeighbor
      ? Handwriting.rightmostInk(pixels.span) + 3 + random.below(3) : 3 + random.below(21)
    if x >= DigitSet.side { return }
    var y = 2 + random.below(16)
    for _ in 0...random.below(3) {
      let ink = UInt8(truncatingIfNeeded: 60 + random.below(190))
      for dy in 0...random.below(5) where y + dy < DigitSet.side {
        let offset = (y + dy) * DigitSet.side + x
        pixels[offset] = max(pixels[offset], ink)
      }
      y += 3 + random.below(6)
      if y >= DigitSet.side { return }
    }
  }

  /// The last column with more than a stroke's soft edge.
  private static func rightmostInk(_ pixels: Span<UInt8>) -> Int {
    let side = DigitSet.side
    return (0..<side).last { x in (0..<side).contains { y in pixels[y * side + x] > 60 } } ?? 0
  }
}
