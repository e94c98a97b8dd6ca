/// Turns the path of a pen into gray pixels: each gets the distance to the nearest piece of the path,
/// less half the stroke's width there, and from that its share of ink.
struct Rasterizer {
  /// Rows and columns of the canvas, which leaves the digit room to be centered afterwards.
  static let side = 40

  /// Signed distance to the edge of the ink, in pixels, five vectors a row.
  private var distances = InlineArray<200, SIMD8<Float>>(repeating: SIMD8(repeating: 1000))
  /// The ink, 0...255, eight pixels a word, the leftmost in its lowest byte.
  private var ink = InlineArray<200, UInt64>(repeating: 0)

  /// Column middles of a vector's lanes.
  private static var lanes: SIMD8<Float> {
    @inline(__always) get { SIMD8(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) }
  }

  /// Draws a path.
  mutating func draw(_ samples: Span<Trace.Sample>) {
    // A span, since reading from an array in line may copy it whole.
    var distances = distances.mutableSpan
    for i in 0..<samples.count - 1 where samples[i].goesOn {
      Rasterizer.draw(from: samples[i], to: samples[i + 1], on: &distances)
    }
  }

  /// Brings the distances down to those from one piece of the path, where it is nearer.
  private static func draw(
    from a: Trace.Sample, to b: Trace.Sample, on distances: inout MutableSpan<SIMD8<Float>>
  ) {
    let dx = b.x - a.x
    let dy = b.y - a.y
    let dw = b.halfWidth - a.halfWidth
    // Edges fade over at most 1.8 pixels, so ink reaches 0.9 beyond the width.
    let reach = (dw > 0 ? b.halfWidth : a.halfWidth) + 0.95
    let left = Rasterizer.cell((dx < 0 ? b.x : a.x) - reach - 0.5) / 8
    let right = Rasterizer.cell((dx < 0 ? a.x : b.x) + reach - 0.5) / 8
    let top = Rasterizer.cell((dy < 0 ? b.y : a.y) - reach + 0.5)
    let bottom = Rasterizer.cell((dy < 0 ? a.y : b.y) + reach - 0.5)
    let inverse = 1 / (dx * dx + dy * dy + 1e-9)
    let zero = SIMD8<Float>(repeating: 0)
    let one = SIMD8<Float>(repeating: 1)
    for block in left...right {
      let px = Rasterizer.lanes + (Float(block * 8) - a.x)
      for row in top...bottom {
        let py = Float(row) + 0.5 - a.y
        var t = (px * dx + py * dy) * inverse
        t.replace(with: zero, where: t .< zero)
        t.replace(with: one, where: t .> one)
        let ex = px - t * dx
        let ey = py - t * dy
        let distance = (ex * ex + ey * ey).squareRoot() - (a.halfWidth + t * dw)
        let old = distances[row * 5 + block]
        distances[row * 5 + block] = old.replacing(with: distance, where: distance .< old)
      }
    }
  }

  /// The row or column a coordinate falls into, kept on the canvas.
  private static func cell(_ x: Float) -> Int {
    Int(clamped(x, 0, Float(side - 1)))
  }

  /// Turns distances into ink that fades over `softness` pixels at the edge, and gives its center of
  /// mass.
  mutating func fill(softness: Float) -> (x: Float, y: Float) {
    let inverse = 1 / softness
    let zero = SIMD8<Float>(repeating: 0)
    let one = SIMD8<Float>(repeating: 1)
    let distances = distances.span
    var output = ink.mutableSpan
    var byColumn = InlineArray<5, SIMD8<Float>>(repeating: zero)
    var sum: Float = 0
    var sumY: Float = 0
    for row in 0..<Rasterizer.side {
      var line = zero
      for block in 0..<5 {
        var ink = 0.5 - distances[row * 5 + block] * inverse
        ink.replace(with: zero, where: ink .< zero)
        ink.replace(with: one, where: ink .> one)
        byColumn[block] += ink
        line += ink
        output[row * 5 + block] = Rasterizer.bytes(ink)
      }
      let mass = Rasterizer.sum(line)
      sum += mass
      sumY += mass * (Float(row) + 0.5)
    }
    var sumX: Float = 0
    for block in 0..<5 {
      sumX += Rasterizer.sum(byColumn[block] * (Rasterizer.lanes + Float(8 * block)))
    }
    return (sumX / (sum + 1e-6), sumY / (sum + 1e-6))
  }

  /// Eight shares of ink, 0...1, as bytes of a word.
  private static func bytes(_ ink: SIMD8<Float>) -> UInt64 {
    // Adding 2^23 leaves the nearest whole number in the low bits of the sum.
    let shifted = ink * 255 + 8_388_608
    let wide = unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
    return unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: wide), to: UInt64.self).littleEndian
  }

  /// Copies the 28x28 pixels around a center, to the nearest whole pixel.
  func copy(around center: (x: Float, y: Float), into pixels: inout MutableSpan<UInt8>) {
    let left = Int((center.x - 14).rounded())
    let top = Int((center.y - 14).rounded())
    for row in 0..<28 {
      var words = word(left, top + row)
      for column in 0..<28 {
        if column % 8 == 0 { words = word(left + column, top + row) }
        pixels[row * 28 + column] = UInt8(truncatingIfNeeded: words)
        words &>>= 8
      }
    }
  }

  /// Eight pixels from a column on, the leftmost in the lowest byte; 0 beyond the canvas.
  @inline(__always)
  private func word(_ x: Int, _ y: Int) -> UInt64 {
    guard y >= 0 && y < Rasterizer.side else { return 0 }
    let ink = ink.span
    // Rounded down: -1 for the eight columns before the first.
    let block = x &>> 3
    let low = block >= 0 && block < 5 ? ink[y * 5 + block] : 0
    let high = block >= -1 && block < 4 ? ink[y * 5 + block + 1] : 0
    let shift = UInt64(8 * (x & 7))
    // Shifts of 64 and more give 0.
    return low >> shift | high << (64 - shift)
  }

  /// The sum of the lanes, halves first, in one order everywhere.
  private static func sum(_ v: SIMD8<Float>) -> Float {
    let four = v.lowHalf + v.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
