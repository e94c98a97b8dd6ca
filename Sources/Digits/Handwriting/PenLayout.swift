/// An allograph as it is drawn.
struct PenLayout: ~Escapable {
  /// Its points, sixteen by sixteen.
  let points: Span<ControlPoints>
  /// Which of them are of one stroke, by their indices in the table of allographs.
  let strokes: Span<Range<Int>>
  /// The index of the first there.
  let first: Int

  @_lifetime(copy points, copy strokes)
  init(points: Span<ControlPoints>, strokes: Span<Range<Int>>, first: Int) {
    self.points = points
    self.strokes = strokes
    self.first = first
  }
}
