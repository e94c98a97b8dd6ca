import SIMDMath

/// Where each pixel of the result comes from: `x = xx u + xy v + x0`, `y = yx u + yy v + y0`, where
/// `u`, `v` are the pixel's column and row from the picture's middle.
struct AffineMap {
  let xx, xy, yx, yy, x0, y0: Float

  /// A random map within a share, 0 ... 1, of the strengths.
  init(_ strengths: Augmentation.Strengths, share: Float, _ random: inout Random) {
    let angle = random.symmetric() * (share * strengths.rotation) * 0.017_453_293
    let size = 1 + random.symmetric() * (share * strengths.scale)
    let aspect = random.symmetric() * (share * strengths.aspect)
    let shear = random.symmetric() * (share * strengths.shear)
    let dx = random.symmetric() * (share * strengths.shift)
    let dy = random.symmetric() * (share * strengths.shift)
    let (sine, cosine) = sineAndCosine(angle)
    let acrossScale = 1 / (size * (1 + aspect))
    let downScale = 1 / (size * (1 - aspect))
    xx = cosine.addingProduct(shear, sine) * acrossScale
    xy = (-sine).addingProduct(shear, cosine) * acrossScale
    yx = sine * downScale
    yy = cosine * downScale
    x0 = 13.5 - dx
    y0 = 13.5 - dy
  }
}
