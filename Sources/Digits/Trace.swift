import Kernels

/// The path of the pen for one digit, as short straight pieces.
struct Trace {
  /// A point of the path.
  struct Sample {
    var x: Float = 0
    var y: Float = 0
    /// Half the stroke's width, in pixels.
    var halfWidth: Float = 0
    /// Whether the pen stays down to the next sample.
    var goesOn = false
  }

  /// Pieces between two control points.
  static let pieces = 8
  /// Room for every sample of the longest allograph.
  static let capacity = 192  // AllographTable.maximumPoints * pieces

  private var samples = InlineArray<192, Sample>(repeating: Sample())
  private var count = 0
  private var controls = InlineArray<24, AllographTable.Point>(
    repeating: AllographTable.Point(x: 0, y: 0, isCorner: false))

  /// The samples of the path, in the pen's order.
  var path: Span<Sample> {
    @_lifetime(borrow self) get { samples.span.extracting(0..<count) }
  }

  /// Moves the pen through all strokes of an allograph, as this hand does it.
  mutating func write(
    _ index: Int, of table: AllographTable, hand: Hand, random: inout Random
  ) {
    for stroke in table.allographs[index].strokes {
      let range = table.strokes[stroke]
      let dx = Style.strokeJitter * random.normal()
      let dy = Style.strokeJitter * random.normal()
      for i in range {
        let point = table.points[i]
        controls[i - range.lowerBound] = AllographTable.Point(
          x: point.x + hand.jitter * random.normal() + dx,
          y: point.y + hand.jitter * random.normal() + dy, isCorner: point.isCorner)
      }
      extendEnds(range.count, &random)
      appendStroke(range.count)
    }
    finish(hand)
  }

  /// Lengthens or shortens the first and the last piece of a stroke.
  private mutating func extendEnds(_ n: Int, _ random: inout Random) {
    let first = Style.ends * random.normal()
    let last = Style.ends * random.normal()
    controls[0].x += (controls[0].x - controls[1].x) * first
    controls[0].y += (controls[0].y - controls[1].y) * first
    controls[n - 1].x += (controls[n - 1].x - controls[n - 2].x) * last
    controls[n - 1].y += (controls[n - 1].y - controls[n - 2].y) * last
  }

  /// A Catmull-Rom spline (1974) through the first `n` controls, broken at corners, where and at the
  /// ends the missing neighbor is the mirror image of the other one.
  private mutating func appendStroke(_ n: Int) {
    for i in 0..<n - 1 {
      let p1 = controls[i]
      let p2 = controls[i + 1]
      let startsFresh = i == 0 || p1.isCorner
      let endsFresh = i + 2 == n || p2.isCorner
      let p0x = startsFresh ? 2 * p1.x - p2.x : controls[i - 1].x
      let p0y = startsFresh ? 2 * p1.y - p2.y : controls[i - 1].y
      let p3x = endsFresh ? 2 * p2.x - p1.x : controls[i + 2].x
      let p3y = endsFresh ? 2 * p2.y - p1.y : controls[i + 2].y
      for k in 0..<Trace.pieces {
        let t = Float(k) * 0.125
        let t2 = t * t
        let t3 = t2 * t
        let h1 = 2 * t3 - 3 * t2 + 1
        let h2 = 0.5 * (t3 - 2 * t2 + t)
        let h3 = 3 * t2 - 2 * t3
        let h4 = 0.5 * (t3 - t2)
        append(
          h1 * p1.x + h2 * (p2.x - p0x) + h3 * p2.x + h4 * (p3x - p1.x),
          h1 * p1.y + h2 * (p2.y - p0y) + h3 * p2.y + h4 * (p3y - p1.y), goesOn: true)
      }
    }
    append(controls[n - 1].x, controls[n - 1].y, goesOn: false)
  }

  private mutating func append(_ x: Float, _ y: Float, goesOn: Bool) {
    samples[count] = Sample(x: x, y: y, goesOn: goesOn)
    count += 1
  }

  /// Warps, slants and turns the path, and gives it its width.
  private mutating func finish(_ hand: Hand) {
    let step = 1 / Float(count - 1)
    var samples = samples.mutableSpan
    // Sixteen at a time; room for samples comes in sixteens.
    for start in stride(from: 0, to: count, by: 16) {
      var (x, y) = (Vector(), Vector())
      for lane in 0..<16 {
        x[lane] = samples[start + lane].x
        y[lane] = samples[start + lane].y
      }
      let place = hand.place(x - 0.5, y - 0.5)
      let halfWidth = hand.halfWidth(at: (laneNumbers + Float(start)) * step)
      for lane in 0..<16 {
        samples[start + lane].x = place.x[lane]
        samples[start + lane].y = place.y[lane]
        samples[start + lane].halfWidth = halfWidth[lane]
      }
    }
  }

  /// Scales and shifts the path so that its ink fits a square of `side` pixels around `middle`.
  mutating func fit(side: Float, middle: Float) {
    var left = Float.infinity
    var right = -Float.infinity
    var top = Float.infinity
    var bottom = -Float.infinity
    var widest: Float = 0
    var samples = samples.mutableSpan
    for i in 0..<count {
      let sample = samples[i]
      left = sample.x < left ? sample.x : left
      right = sample.x > right ? sample.x : right
      top = sample.y < top ? sample.y : top
      bottom = sample.y > bottom ? sample.y : bottom
      widest = sample.halfWidth > widest ? sample.halfWidth : widest
    }
    let long = right - left > bottom - top ? right - left : bottom - top
    // The widest place is seldom just at the edge: nine tenths of it.
    let scale = (side - 1.8 * widest) / (long + 1e-6)
    let dx = middle - scale * (left + right) * 0.5
    let dy = middle - scale * (top + bottom) * 0.5
    for i in 0..<count {
      samples[i].x = samples[i].x * scale + dx
      samples[i].y = samples[i].y * scale + dy
    }
  }
}
