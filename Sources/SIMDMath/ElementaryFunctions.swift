// The mathematics library of each system rounds these functions in its own way; ours give the same
// bits everywhere. Polynomials and reductions: Moshier, Cephes (expf, logf, sinf), good to 2 ulp.

/// c₀ xⁿ + c₁ xⁿ⁻¹ + … + cₙ in every lane by Horner's rule, every product added by one rounding.
@inlinable @inline(__always)
func polynomial<let terms: Int>(_ x: Vector, _ c: InlineArray<terms, Float>) -> Vector {
  var sum = Vector(repeating: c[0])
  for i in 1..<terms { sum = Vector(repeating: c[i]).addingProduct(sum, x) }
  return sum
}

/// ``polynomial(_:_:)`` of one number.
@inlinable @inline(__always)
func polynomial<let terms: Int>(_ x: Float, _ c: InlineArray<terms, Float>) -> Float {
  var sum = c[0]
  for i in 1..<terms { sum = c[i].addingProduct(sum, x) }
  return sum
}

/// eˣ in every lane, for any finite x; below -87.3 it is the smallest normal number, above 88 it is e⁸⁸.
@inlinable @inline(__always)
package func exponential(_ input: Vector) -> Vector {
  var x = input.replacing(with: -87.3, where: input .< -87.3)
  x = x.replacing(with: 88, where: x .> 88)
  // Adding 1.5 · 2²³ leaves the nearest whole number in the low bits of the sum.
  let shifted = Vector(repeating: 12_582_912).addingProduct(1.442_695_04, x)
  let n = shifted - 12_582_912
  x = x.addingProduct(-0.693_359_375, n)
  x = x.addingProduct(2.121_944_4e-4, n)
  let p = polynomial(
    x,
    [
      1.987_569_15e-4, 1.398_199_95e-3, 8.333_451_9e-3, 4.166_579_6e-2, 1.666_666_5e-1,
      5.000_000_1e-1,
    ])
  let fraction = x.addingProduct(p * x, x) + 1
  let exponent =
    unsafe (unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &- (0x4B40_0000 &- 127)) &<< 23
  return unsafe fraction * unsafeBitCast(exponent, to: Vector.self)
}

/// eˣ of one number, as ``exponential(_:)`` has it.
@inlinable
package func exponential(_ x: Float) -> Float { exponential(Vector(repeating: x))[0] }

/// The natural logarithm of a positive normal number; 0 and below give that of the smallest one.
@inlinable
package func logarithm(_ input: Float) -> Float {
  // Not a lane of the vectors' logarithm, which takes sixteen times the arithmetic where one is wanted.
  let positive = input > Float.leastNormalMagnitude ? input : Float.leastNormalMagnitude
  let bits = positive.bitPattern
  var exponent = Float(Int(truncatingIfNeeded: bits &>> 23) &- 126)
  var x = Float(bitPattern: (bits & 0x007F_FFFF) | 0x3F00_0000)  // 0.5 ..< 1
  if x < 0.707_106_78 {
    exponent -= 1
    x = x + x - 1
  } else {
    x -= 1
  }
  let z = x * x
  var p = polynomial(x, logarithmTerms) * x * z
  p = p.addingProduct(-2.121_944_4e-4, exponent)
  p = p.addingProduct(-0.5, z)
  return (x + p).addingProduct(exponent, 0.693_359_375)
}

/// The natural logarithm in every lane, as ``logarithm(_:)`` has it of one number, to the bit.
@inlinable
package func logarithm(_ input: Vector) -> Vector {
  let least = Vector(repeating: Float.leastNormalMagnitude)
  let positive = least.replacing(with: input, where: input .> least)
  let bits = unsafe unsafeBitCast(positive, to: SIMD16<Int32>.self)
  // 0.5 ..< 1.
  let mantissa = unsafe unsafeBitCast((bits & 0x007F_FFFF) | 0x3F00_0000, to: Vector.self)
  let below = mantissa .< 0.707_106_78
  let x = (mantissa - 1).replacing(with: mantissa + mantissa - 1, where: below)
  // Adding 1.5 · 2²³ to a small whole number is a matter of bits.
  var exponent =
    unsafe unsafeBitCast(bits &>> 23 &+ (0x4B40_0000 - 126), to: Vector.self) - 12_582_912
  exponent = exponent.replacing(with: exponent - 1, where: below)
  let z = x * x
  var p = polynomial(x, logarithmTerms) * x * z
  p = p.addingProduct(-2.121_944_4e-4, exponent)
  p = p.addingProduct(-0.5, z)
  return (x + p).addingProduct(exponent, Vector(repeating: 0.693_359_375))
}

@inlinable
var logarithmTerms: InlineArray<9, Float> {
  @inline(__always) get {
    [
      7.037_683_6e-2, -1.151_461e-1, 1.167_699_9e-1, -1.242_014_1e-1, 1.424_932_3e-1,
      -1.666_805_8e-1, 2.000_071_5e-1, -2.499_999_4e-1, 3.333_333e-1,
    ]
  }
}

@inlinable
var sineTerms: InlineArray<3, Float> {
  @inline(__always) get { [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1] }
}

@inlinable
var cosineTerms: InlineArray<3, Float> {
  @inline(__always) get { [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2] }
}

/// Sine and cosine of an angle in radians, within ±8192.
@inlinable
package func sineAndCosine(_ angle: Float) -> (sine: Float, cosine: Float) {
  // The nearest multiple of π/2, taken off in three parts so that no bit of the rest is lost.
  let n = Float(12_582_912).addingProduct(angle, 0.636_619_77) - 12_582_912
  var x = angle.addingProduct(n, -1.570_312_5)
  x = x.addingProduct(n, -4.837_512_969_970_703e-4)
  x = x.addingProduct(n, -7.549_789_948_768_648e-8)
  let z = x * x
  let s = x.addingProduct(polynomial(z, sineTerms) * z, x)
  let c = Float(1).addingProduct(-0.5, z).addingProduct(polynomial(z, cosineTerms) * z, z)
  switch Int32(n) & 3 {
  case 0: return (s, c)
  case 1: return (c, -s)
  case 2: return (-s, -c)
  default: return (-c, s)
  }
}
