/// Whether neighbors in a picture are as alike as a pen makes them.
enum Texture {
  case drawn, ragged, noise

  /// Where there are pixels enough to tell, noise is told; where there are few, a digit may be as ragged
  /// as noise is by chance, and noise as smooth as most digits only once in a thousand.
  init(_ plane: Plane) {
    let side = min(plane.width, plane.height)
    let coherence = plane.coherence
    if side >= 20 {
      self = coherence < 0.12 ? .noise : .drawn
    } else {
      self = coherence < 0.05 + 1.8 / Float(max(1, side)) ? .ragged : .drawn
    }
  }
}
