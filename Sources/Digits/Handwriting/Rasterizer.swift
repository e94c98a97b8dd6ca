import SIMDMath

/// Turns the path of a pen into gray pixels: each gets the distance to the nearest piece of the path,
/// less half the stroke's width there, and from that its share of ink.
struct Rasterizer {
  /// Rows and columns of the canvas: twenty of the path's square, and two on either side, into which
  /// widest strokes and fading edges reach.
  static let side = 24
  /// Vectors of eight pixels in a row of the canvas.
  private static let blocks = 3

  /// Over how many pixels the stroke's edge fades, at most 1.8.
  let softness: Float
  /// Signed distance to the edge of the ink, in pixels, three vectors a row.
  private var distances = InlineArray<72, SIMD8<Float>>(repeating: SIMD8(repeating: 1000))

  init(softness: Float) { self.softness = softness }

  /// Column middles of a vector's lanes.
  private static var lanes: SIMD8<Float> {
    @inline(__always) get { SIMD8(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) }
  }

  /// Draws the pieces of a path.
  @inline(never)
  mutating func draw(_ path: RawSpan, _ layout: Span<ControlPoints>) {
    var distances = distances.mutableSpan
    var sixteen = InlineArray<9, Vector>(repeating: Vector())
    var pieces = sixteen.mutableSpan
    for block in layout.indices {
      for number in 0..<PenPath.pieces {
        Pieces.work(out: &pieces, from: path, number: number, block: block, softness: softness)
        var left = layout[block].penDown
        while left != 0 {
          let piece = unsafe Pieces.piece(left.trailingZeroBitCount, of: pieces.span.bytes)
          Rasterizer.draw(piece, on: &distances)
          left &= left &- 1
        }
      }
    }
  }

  /// Brings the distances down to those from one piece of the path, where it is nearer.
  @inline(__always)
  private static func draw(_ piece: Piece, on distances: inout MutableSpan<SIMD8<Float>>) {
    for block in piece.left...piece.right {
      let px = lanes + (Float(block &* 8) - piece.x)
      let along = px * piece.alongX
      for row in piece.top...piece.bottom {
        let py = Float(row) + 0.5 - piece.y
        let t = clamped(along.addingProduct(py, SIMD8(repeating: piece.alongY)), 0, 1)
        let ex = px.addingProduct(-piece.dx, t)
        let ey = SIMD8(repeating: py).addingProduct(-piece.dy, t)
        let width = SIMD8(repeating: piece.halfWidth).addingProduct(piece.widening, t)
        let distance = (ex * ex).addingProduct(ey, ey).squareRoot() - width
        // Inside: bounds are those of the canvas.
        let offset = row &* blocks &+ block
        let nearest = least(unsafe distances[unchecked: offset], distance)
        unsafe distances[unchecked: offset] = nearest
      }
    }
  }

  /// Turns distances into ink that fades over `softness` pixels at the edge, and gives its center of
  /// mass.
  ///
  /// - Parameter canvas: gets the ink.
  // Mutating, since reading from an array in line may copy it whole.
  @inline(never)
  mutating func fill(_ canvas: inout Canvas) -> (x: Float, y: Float) {
    let inverse = -1 / softness
    let distances = distances.span
    var byColumn = InlineArray<3, SIMD8<Float>>(repeating: SIMD8())
    var byRow = SIMD8<Float>()
    for row in 0..<Rasterizer.side {
      var line = SIMD8<Float>()
      for block in 0..<Rasterizer.blocks {
        let distance = distances[row &* Rasterizer.blocks &+ block]
        let ink = clamped(SIMD8(repeating: 0.5).addingProduct(inverse, distance), 0, 1)
        byColumn[block] = byColumn[block] + ink
        line = line + ink
        canvas.put(ink, row: row, column: 8 &* block)
      }
      byRow = byRow.addingProduct(Float(row) + 0.5, line)
    }
    let mass = Rasterizer.sum(byColumn[0] + byColumn[1] + byColumn[2]) + 1e-6
    var byX = byColumn[0] * Rasterizer.lanes
    byX = byX.addingProduct(byColumn[1], Rasterizer.lanes + 8)
    byX = byX.addingProduct(byColumn[2], Rasterizer.lanes + 16)
    return (Rasterizer.sum(byX) / mass, Rasterizer.sum(byRow) / mass)
  }

  /// The sum of the lanes, halves first, in one order everywhere.
  private static func sum(_ v: SIMD8<Float>) -> Float {
    let four = v.lowHalf + v.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
