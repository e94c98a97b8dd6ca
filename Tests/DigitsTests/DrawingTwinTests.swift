import SIMDMath
import Testing

@testable import Digits

/// The path of a pen, point by point: what ``PenPath`` does sixteen points at a time.
private struct PlainPath {
  struct Sample {
    var x, y, halfWidth: Float
    /// Whether the pen stays down to the next sample.
    var goesOn: Bool
  }
  var samples: [Sample] = []

  /// - Parameter strokes: the control points, stroke by stroke.
  init(_ strokes: [[AllographTable.Point]], _ writer: WriterSample) {
    let pause: Float = 0.125
    let duration = strokes.reduce(-pause) { $0 + Float($1.count - 1) + pause }
    var done = 0
    for (number, stroke) in strokes.enumerated() {
      for (i, point) in stroke.enumerated() {
        let time = (Float(done) + pause * Float(number)) / duration
        if i + 1 == stroke.count {
          append(point.x, point.y, time, goesOn: false, writer)
          continue
        }
        done += 1
        for piece in 0..<PenPath.pieces {
          let t = Float(piece) / Float(PenPath.pieces)
          append(
            PlainPath.curve(stroke, i, t, \.x), PlainPath.curve(stroke, i, t, \.y),
            time + Float(piece) * (1 / (Float(PenPath.pieces) * duration)), goesOn: true, writer)
        }
      }
    }
    fit()
  }

  private static func curve(
    _ stroke: [AllographTable.Point], _ i: Int, _ t: Float,
    _ axis: KeyPath<AllographTable.Point, Float>
  ) -> Float {
    let (start, end) = (stroke[i][keyPath: axis], stroke[i + 1][keyPath: axis])
    let way = end - start
    let startsFresh = i == 0 || stroke[i].isCorner
    let endsFresh = i + 2 == stroke.count || stroke[i + 1].isCorner
    let slope = startsFresh ? way + way : end - stroke[i - 1][keyPath: axis]
    let nextSlope = endsFresh ? way + way : stroke[i + 2][keyPath: axis] - start
    let t2 = t * t
    let t3 = t2 * t
    return start.addingProduct(3 * t2 - 2 * t3, way)
      .addingProduct(t3 - 2 * t2 + t, 0.5 * slope).addingProduct(t3 - t2, 0.5 * nextSlope)
  }

  private mutating func append(
    _ x: Float, _ y: Float, _ time: Float, goesOn: Bool, _ writer: WriterSample
  ) {
    let position = writer.position(Vector(repeating: x), Vector(repeating: y))
    samples.append(
      Sample(
        x: position.x[0], y: position.y[0],
        halfWidth: writer.halfWidth(at: Vector(repeating: time))[0],
        goesOn: goesOn))
  }

  /// The longer side of the path fits 20 pixels about the middle of 24, with most of its width.
  private mutating func fit() {
    func bounds(_ values: [Float]) -> (Float, Float) { (values.min() ?? 0, values.max() ?? 0) }
    let (left, right) = bounds(samples.map(\.x))
    let (top, bottom) = bounds(samples.map(\.y))
    let long = max(right - left, bottom - top)
    let widest = samples.map(\.halfWidth).max() ?? 0
    let scale = (20 - 1.8 * widest) / (long + 1e-6)
    for i in samples.indices {
      samples[i].x = (12 - scale * (left + right) * 0.5).addingProduct(scale, samples[i].x)
      samples[i].y = (12 - scale * (top + bottom) * 0.5).addingProduct(scale, samples[i].y)
    }
  }

  /// The ink of a pixel of the canvas, 0...255: from every piece, without a thought about its reach.
  func ink(_ column: Int, _ row: Int, softness: Float) -> UInt8 {
    var nearest: Float = 1000
    for (a, b) in zip(samples, samples.dropFirst()) where a.goesOn {
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let inverse = 1 / (dx * dx + 1e-9).addingProduct(dy, dy)
      let (px, py) = (Float(column) + 0.5 - a.x, Float(row) + 0.5 - a.y)
      let along = (px * (dx * inverse)).addingProduct(py, dy * inverse)
      let t = min(1, max(0, along))
      let (ex, ey) = (px.addingProduct(-dx, t), py.addingProduct(-dy, t))
      let width = a.halfWidth.addingProduct(b.halfWidth - a.halfWidth, t)
      nearest = min(nearest, (ex * ex).addingProduct(ey, ey).squareRoot() - width)
    }
    let ink = min(1, max(0, Float(0.5).addingProduct(-1 / softness, nearest)))
    // One rounding of the exact product: 2^23 and more have no fraction.
    return UInt8(Float(8_388_608).addingProduct(255, ink) - 8_388_608)
  }
}

@Suite("Drawing and its plain twin")
struct DrawingTwinTests {
  let table = AllographTable.builtIn
  let handwriting = Handwriting(seed: 5)

  /// The control points as a writer sets them, stroke by stroke, one number after the other.
  private func strokes(
    _ allograph: AllographTable.Allograph, _ writer: WriterSample, _ numbers: inout NormalNumbers,
    _ random: inout Random
  ) -> [[AllographTable.Point]] {
    var points = Array(table.points[allograph.points])
    for start in stride(from: 0, to: points.count, by: 16) {
      let stray = random.normals()
      for i in start..<min(start + 16, points.count) {
        points[i].x = (points[i].x - 0.5).addingProduct(writer.jitter, stray.0[i - start])
        points[i].y = (points[i].y - 0.5).addingProduct(writer.jitter, stray.1[i - start])
      }
    }
    return table.strokes[allograph.strokes].map { range in
      let first = allograph.points.lowerBound
      var stroke = Array(points[range.lowerBound - first..<range.upperBound - first])
      let (dx, dy) = (numbers.next(&random), numbers.next(&random))
      for i in stroke.indices {
        stroke[i].x = stroke[i].x.addingProduct(Style.strokeJitter, dx)
        stroke[i].y = stroke[i].y.addingProduct(Style.strokeJitter, dy)
      }
      for (end, neighbor) in [(0, 1), (stroke.count - 1, stroke.count - 2)] {
        let share = Style.ends * numbers.next(&random)
        stroke[end].x = stroke[end].x.addingProduct(share, stroke[end].x - stroke[neighbor].x)
        stroke[end].y = stroke[end].y.addingProduct(share, stroke[end].y - stroke[neighbor].y)
      }
      return stroke
    }
  }

  @Test("every allograph is drawn, to the bit, as pixel by pixel")
  func same() {
    for (index, allograph) in table.allographs.enumerated() {
      var random = Random(seed: 3, index: UInt64(index))
      var same = random
      var pixels = [UInt8](repeating: 7, count: 784)
      var span = pixels.mutableSpan
      handwriting.draw(table, allograph: index, &random, into: &span)
      var numbers = NormalNumbers()
      let writer = WriterSample(allograph.style, &numbers, &same)
      let path = PlainPath(strokes(allograph, writer, &numbers, &same), writer)
      let canvas = (0..<24).map { row in
        (0..<24).map { path.ink($0, row, softness: writer.softness) }
      }
      // Where the canvas came to lie is taken from the picture: what counts is that it is all there.
      let name = Comment("digit \(allograph.symbol), allograph \(index)")
      #expect(PlainCanvas(canvas).shifts(to: pixels).count == 1, name)
      #expect(random.next() == same.next())
    }
  }
}

/// A drawn digit of 24 rows before it is centered.
private struct PlainCanvas {
  let rows: [[UInt8]]

  init(_ rows: [[UInt8]]) { self.rows = rows }

  private func pixel(_ column: Int, _ row: Int) -> UInt8 {
    rows.indices.contains(row) && rows[row].indices.contains(column) ? rows[row][column] : 0
  }

  /// The shifts by which it becomes a picture with its center of mass nearest to the middle.
  func shifts(to pixels: [UInt8]) -> [(Int, Int)] {
    var (mass, x, y) = (0.0, 0.0, 0.0)
    for row in 0..<24 {
      for column in 0..<24 {
        mass += Double(rows[row][column])
        x += Double(rows[row][column]) * (Double(column) + 0.5)
        y += Double(rows[row][column]) * (Double(row) + 0.5)
      }
    }
    var found: [(Int, Int)] = []
    for left in -16...12 {
      for top in -16...12 {
        // The sums of bytes are a little off those of shares of ink.
        if abs(x / mass - 14 - Double(left)) > 0.55 || abs(y / mass - 14 - Double(top)) > 0.55 {
          continue
        }
        let same = (0..<784).allSatisfy { pixels[$0] == pixel($0 % 28 + left, $0 / 28 + top) }
        if same { found.append((left, top)) }
      }
    }
    return found
  }
}
