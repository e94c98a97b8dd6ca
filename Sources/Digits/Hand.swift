import Kernels

/// One sample's way with the pen: what is drawn from a ``Style`` once for the whole digit.
struct Hand {
  /// How far a control point strays.
  let jitter: Float
  /// The smooth warp of the plane, across and down.
  let warpX: Warp
  let warpY: Warp
  /// The plane's affine part, after the warp: rows of a 2x2 matrix.
  let xx, xy, yx, yy: Float
  /// Half the stroke's width at even pressure, in pixels.
  let halfWidth: Float
  /// Swells of the pressure along the stroke: slow, twice as fast, and one of any phase.
  let swell, swell2, swell3, phase: Float
  /// Over how many pixels the stroke's edge fades.
  let softness: Float

  /// Draws everything from its distribution, in this order.
  init(_ style: Style, _ random: inout Random) {
    jitter = style.jitter * exponential(Style.sloppiness * random.normal())
    warpX = Warp(&random)
    warpY = Warp(&random)
    let aspect = style.aspect * exponential(style.spread * random.normal())
    let slant = style.slant + style.slantSpread * random.normal()
    let (sine, cosine) = sineAndCosine(Style.rotation * random.normal())
    // Aspect, then slant (x - slant * y), then rotation.
    xx = aspect * cosine
    xy = -slant * cosine - sine
    yx = aspect * sine
    yy = cosine - slant * sine
    halfWidth = clamped(
      style.width * exponential(style.widthSpread * random.normal()), 0.6, 3.3)
    swell = style.pressure * random.normal()
    swell2 = style.pressure * random.normal()
    swell3 = 0.6 * style.pressure * random.normal()
    phase = 3 * random.normal()
    softness = clamped(1.1 + 0.2 * random.normal(), 0.7, 1.8)
  }

  /// Where points of the allograph's box, its middle at 0,0, come to lie.
  func place(_ x: Vector, _ y: Vector) -> (x: Vector, y: Vector) {
    let wx = x + warpX.shift(x, y)
    let wy = y + warpY.shift(x, y)
    return (xx * wx + xy * wy, yx * wx + yy * wy)
  }

  /// Half the stroke's width at `t`, 0 where the pen sets on ... 1 where it leaves, in pixels.
  func halfWidth(at t: Vector) -> Vector {
    let slow: Vector = sineAndCosine(3.141_592_7 * t).cosine
    let twice: Vector = 2 * slow * slow - 1
    let free: Vector = sineAndCosine(5 * t + phase).cosine
    let swelling: Vector = swell * slow + swell2 * twice + swell3 * free
    return clamped(halfWidth * clamped(1 + swelling, 0.5, 1.6), 0.45, 3.6)
  }
}

/// A smooth displacement of one coordinate: a quadratic and two waves, all small.
struct Warp {
  let acrossSquared, downSquared, product, acrossWave, downWave: Float
  let acrossPhase, downPhase: Float

  init(_ random: inout Random) {
    acrossSquared = Style.warp * random.normal()
    downSquared = Style.warp * random.normal()
    product = Style.warp * random.normal()
    downWave = 0.6 * Style.warp * random.normal()
    acrossWave = 0.6 * Style.warp * random.normal()
    // One phase serves both waves; a spread of 3 radians is as good as a uniform one.
    let phase = random.normal()
    downPhase = 3 * phase
    acrossPhase = 4.2 * phase
  }

  /// The displacement at points, in parts of the height.
  func shift(_ x: Vector, _ y: Vector) -> Vector {
    let xx: Vector = 4 * x * x - 0.5
    let yy: Vector = 4 * y * y - 0.5
    let xy: Vector = product * 4 * x * y
    let quadratic: Vector = acrossSquared * xx + downSquared * yy + xy
    let down: Vector = downWave * sineAndCosine(6.283_185_5 * y + downPhase).sine
    let across: Vector = acrossWave * sineAndCosine(6.283_185_5 * x + acrossPhase).sine
    return quadratic + down + across
  }
}

/// `x`, or the bound it is beyond.
func clamped(_ x: Float, _ low: Float, _ high: Float) -> Float {
  x < low ? low : x > high ? high : x
}

/// In every lane `x`, or the bound it is beyond.
private func clamped(_ x: Vector, _ low: Float, _ high: Float) -> Vector {
  let raised = x.replacing(with: low, where: x .< low)
  return raised.replacing(with: high, where: raised .> high)
}
