import SIMDMath

/// Makes a new example of a digit by moving its pixels: a random affine map, and on top of it a smooth
/// random displacement of every pixel, so that a net learns what does not matter about a digit.
///
/// Simard, Steinkraus and Platt, *Best Practices for Convolutional Neural Networks Applied to Visual
/// Document Analysis*, 2003, displaced each pixel at random and blurred the displacements with a
/// Gaussian. A cubic B-spline through a coarse grid of random displacements is as smooth and needs far
/// fewer random numbers.
package struct Augmentation: Sendable {
  /// What is done to a digit.
  package enum Kind: String, CaseIterable, Sendable {
    /// The digit stays as it is.
    case none
    /// Rotation, scale, aspect, shear and shift.
    case affine
    /// Those, and the smooth displacement.
    case elastic
  }

  /// How much is done; at first moderate distortions of a digit. All but `grid` and `sigma` bound a
  /// uniform distribution, and those two are for `elastic` only.
  package struct Strengths: Sendable {
    /// The largest rotation either way, in degrees.
    package var rotation: Float = 12
    /// The largest change of scale, in parts of the size.
    package var scale: Float = 0.12
    /// The largest shear: columns for each row.
    package var shear: Float = 0.15
    /// The largest shift along each axis, in pixels.
    package var shift: Float = 1.3
    /// The largest lengthening of one axis and shortening of the other, in parts of the size.
    package var aspect: Float = 0.08
    /// The distance of the grid's points, in pixels, at least 4.
    package var grid: Float = 5
    /// The standard deviation of the displacement of the grid's points, in pixels.
    package var sigma: Float = 1.5

    /// Moderate distortions.
    package init() {}
  }

  /// What is done to a digit.
  package let kind: Kind
  /// How much of it, at most.
  package let strengths: Strengths

  private let weights: GridWeights

  /// An augmentation of the given strengths.
  ///
  /// - Precondition: `strengths.grid >= 4`.
  package init(_ kind: Kind, _ strengths: Strengths = Strengths()) {
    precondition(strengths.grid >= 4, "a finer grid has more points than there is room for")
    self.kind = kind
    self.strengths = strengths
    weights = GridWeights(spacing: strengths.grid)
  }

  /// Writes a changed copy of a digit.
  ///
  /// Takes no memory, and draws the same numbers from `random` whatever the digit.
  ///
  /// - Parameters:
  ///   - source: at least 784 pixels, 0...255, row-major.
  ///   - result: at least 784, of which the first 784 are written.
  ///   - share: what part of the augmentation's strengths is used, 0 ... 1.
  ///   - random: advanced by what was drawn: nothing if the kind is `none`.
  package func apply(
    to source: Span<UInt8>, into result: inout MutableSpan<UInt8>, share: Float = 1,
    random: inout Random
  ) {
    guard kind != .none else {
      for i in 0..<784 { result[i] = source[i] }
      return
    }
    for i in 0..<784 { result[i] = 0 }
    let map = AffineMap(strengths, share: share, &random)
    var x = InlineArray<20, Vector>(repeating: Vector())
    var y = InlineArray<20, Vector>(repeating: Vector())
    var xLines = x.mutableSpan
    var yLines = y.mutableSpan
    if kind == .elastic {
      weights.draw(sigma: share * strengths.sigma, random: &random, x: &xLines, y: &yLines)
    }
    var framed = InlineArray<257, UInt64>(repeating: 0)  // PixelSampler.frameWords
    var frame = framed.mutableSpan
    guard let bounds = PixelSampler.fill(&frame, from: source) else { return }
    // Seven rows at a time, four samples each, which stay in the nearest cache.
    var band = InlineArray<28, PixelSampler.Samples>(repeating: PixelSampler.Samples())
    var samples = band.mutableSpan
    for start in stride(from: 0, to: 28, by: 7) {
      let count = unsafe PixelSampler.locate(
        start..<start + 7, map, weights,
        GridDisplacements(x: xLines.span.bytes, y: yLines.span.bytes), within: bounds, &samples)
      unsafe PixelSampler.load(&samples, count: count, from: frame.span.bytes)
      PixelSampler.blend(samples.span, count: count, into: &result)
    }
  }
}
