import SIMDMath

/// One sample's way with the pen: what is drawn from a ``Style`` once for the whole digit.
struct WriterSample {
  /// How far a control point strays.
  let jitter: Float
  /// The smooth warp of the plane, across and down.
  let warpX: Warp
  let warpY: Warp
  /// The plane's affine part, after the warp: rows of a 2x2 matrix.
  let xx, xy, yx, yy: Float
  /// Half the stroke's width at even pressure, in pixels.
  let halfWidth: Float
  /// Swells of the pressure along the stroke: slow, twice as fast, and one of any phase, in turns.
  let swell, swell2, swell3, phase: Float
  /// Over how many pixels the stroke's edge fades.
  let softness: Float

  /// Draws everything from its distribution, in this order.
  init(_ style: Style, _ numbers: inout NormalNumbers, _ random: inout Random) {
    func normal() -> Float { numbers.next(&random) }
    // What varies by a factor.
    var spreads = Vector()
    spreads[0] = Style.sloppiness * normal()
    spreads[1] = style.spread * normal()
    spreads[2] = style.widthSpread * normal()
    let factors = exponential(spreads)
    jitter = style.jitter * factors[0]
    warpX = Warp(style.warp, normal)
    warpY = Warp(style.warp, normal)
    let aspect = style.aspect * factors[1]
    let slant = style.slant + style.slantSpread * normal()
    let (sine, cosine) = sineAndCosine(Style.rotation * normal())
    // Aspect, then slant (x - slant * y), then rotation.
    xx = aspect * cosine
    xy = (-sine).addingProduct(-slant, cosine)
    yx = aspect * sine
    yy = cosine.addingProduct(-slant, sine)
    halfWidth = clamped(style.width * factors[2], 0.6, 4.4)
    swell = style.pressure * normal()
    swell2 = style.pressure * normal()
    swell3 = 0.6 * style.pressure * normal()
    phase = 0.477_464_8 * normal()  // 3 radians.
    softness = clamped(1.1 + 0.2 * normal(), 0.7, 1.8)
  }

  /// Where points of the allograph's box, its middle at 0,0, come to lie.
  @inline(__always)
  func position(_ x: Vector, _ y: Vector) -> (x: Vector, y: Vector) {
    let wx = x + warpX.shift(x, y)
    let wy = y + warpY.shift(x, y)
    return ((xx * wx).addingProduct(xy, wy), (yx * wx).addingProduct(yy, wy))
  }

  /// Half the stroke's width at `t`, 0 where the pen sets on ... 1 where it leaves, in pixels.
  @inline(__always)
  func halfWidth(at t: Vector) -> Vector {
    let slow = cosine(turns: 0.5 * t)
    let twice = Vector(repeating: -1).addingProduct(slow + slow, slow)
    let free = cosine(turns: Vector(repeating: phase).addingProduct(0.795_774_7, t))  // 5 radians.
    var factor = Vector(repeating: 1).addingProduct(swell, slow)
    factor = factor.addingProduct(swell2, twice).addingProduct(swell3, free)
    return clamped(halfWidth * clamped(factor, 0.5, 1.6), 0.45, 4.8)
  }
}

/// A smooth displacement of one coordinate: a quadratic and two waves, all small.
struct Warp {
  let acrossSquared, downSquared, product, constant, acrossWave, downWave: Float
  /// In turns, less a quarter that makes sines of cosines.
  let acrossPhase, downPhase: Float

  /// - Parameter strength: of the style.
  init(_ strength: Float, _ normal: () -> Float) {
    acrossSquared = 4 * strength * normal()
    downSquared = 4 * strength * normal()
    product = 4 * strength * normal()
    // The squares have their mean near 0: 4x² - ½.
    constant = -0.125 * (acrossSquared + downSquared)
    downWave = 0.6 * strength * normal()
    acrossWave = 0.6 * strength * normal()
    // One phase serves both waves; a spread of 3 radians is as good as a uniform one.
    let phase = normal()
    downPhase = 0.477_464_8 * phase - 0.25
    acrossPhase = 0.668_450_7 * phase - 0.25
  }

  /// The displacement at points, in parts of the height.
  @inline(__always)
  func shift(_ x: Vector, _ y: Vector) -> Vector {
    let quadratic = Vector(repeating: constant)
      .addingProduct(x, (acrossSquared * x).addingProduct(product, y))
      .addingProduct(downSquared * y, y)
    return
      quadratic
      .addingProduct(downWave, cosine(turns: y + downPhase))
      .addingProduct(acrossWave, cosine(turns: x + acrossPhase))
  }
}

/// `x`, or the bound it is beyond.
func clamped(_ x: Float, _ low: Float, _ high: Float) -> Float {
  x < low ? low : x > high ? high : x
}
