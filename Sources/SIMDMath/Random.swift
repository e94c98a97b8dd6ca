/// A reproducible stream of random numbers: xoshiro256** (Blackman and Vigna, 2018), its state
/// filled by SplitMix64.
///
/// Every use has a stream of its own, named by `(seed, stream, index)`; digit 17 of a set is the same
/// whichever thread draws it and however many were drawn before.
package struct Random: RandomNumberGenerator, Sendable {
  @usableFromInline var s0, s1, s2, s3: UInt64

  /// The stream number `index` of the family `stream` under `seed`.
  @inlinable
  package init(seed: UInt64, stream: UInt64 = 0, index: UInt64 = 0) {
    var mixer = seed
    mixer = Random.mixed(&mixer) ^ (stream &* 0xD1B5_4A32_D192_ED03)
    mixer = Random.mixed(&mixer) ^ (index &* 0xABC9_8388_FB8F_AC03)
    s0 = Random.mixed(&mixer)
    s1 = Random.mixed(&mixer)
    s2 = Random.mixed(&mixer)
    s3 = Random.mixed(&mixer)
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014): one step of a counter, scrambled.
  @inlinable
  static func mixed(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// The next 64 random bits.
  @inlinable
  package mutating func next() -> UInt64 {
    let scrambled = Random.rotated(s1 &* 5, by: 7) &* 9
    let t = s1 &<< 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = Random.rotated(s3, by: 45)
    return scrambled
  }

  @inlinable
  static func rotated(_ x: UInt64, by k: UInt64) -> UInt64 { (x &<< k) | (x &>> (64 &- k)) }

  /// Uniform in `0 ..< 1`, a multiple of 2⁻²⁴.
  @inlinable
  package mutating func uniform() -> Float {
    Float(Int(truncatingIfNeeded: next() &>> 40)) * 0x1p-24
  }

  /// Uniform in `-1 ..< 1`.
  @inlinable
  package mutating func symmetric() -> Float { 2 * uniform() - 1 }

  /// A whole number in `0 ..< bound`, uniform to within `bound`/2³² (Lemire's multiplication).
  @inlinable
  package mutating func below(_ bound: Int) -> Int {
    let word = UInt32(truncatingIfNeeded: next() &>> 32)
    return Int(
      truncatingIfNeeded: word.multipliedFullWidth(by: UInt32(truncatingIfNeeded: bound)).high)
  }

  /// Normal with mean 0 and standard deviation 1 (Box and Muller, 1958), where speed does not count.
  @inlinable
  package mutating func normal() -> Float {
    let radius = (-2 * logarithm(1 - uniform())).squareRoot()
    return radius * sineAndCosine(uniform() * 6.283_185_5).cosine
  }

  /// Thirty-two normal numbers with mean 0 and standard deviation 1: sixteen words
  /// give a radius and an angle each, and both coordinates of such a point are normal.
  @inline(never)
  package mutating func normals() -> (Vector, Vector) {
    var (upper, lower) = (
      InlineArray<16, UInt32>(repeating: 0), InlineArray<16, UInt32>(repeating: 0)
    )
    for lane in 0..<16 {
      let word = next()
      upper[lane] = UInt32(truncatingIfNeeded: word &>> 32)
      lower[lane] = UInt32(truncatingIfNeeded: word)
    }
    let radius = unsafe (-2 * logarithm(2 - Random.oneAndMore(upper.span.bytes))).squareRoot()
    let turn = unsafe Random.oneAndMore(lower.span.bytes) - 1.5
    return (radius * cosine(rest: turn), radius * sine(rest: turn))
  }

  /// Uniform in `1 ..< 2`, multiples of 2⁻²³: the upper bits of sixteen words after the point.
  @inline(__always)
  private static func oneAndMore(_ words: RawSpan) -> Vector {
    let bits = unsafe words.unsafeLoadUnaligned(as: SIMD16<UInt32>.self)
    return unsafe unsafeBitCast(bits &>> 9 | 0x3F80_0000, to: Vector.self)
  }
}

/// Normal numbers one at a time, which are drawn thirty-two at a time.
package struct NormalNumbers {
  private var numbers = InlineArray<2, Vector>(repeating: Vector())
  private var used = 32

  /// None drawn yet.
  package init() {}

  /// The next one.
  package mutating func next(_ random: inout Random) -> Float {
    if used == 32 {
      (numbers[0], numbers[1]) = random.normals()
      used = 0
    }
    used &+= 1
    return unsafe numbers.span.bytes.unsafeLoad(fromByteOffset: 4 &* (used &- 1), as: Float.self)
  }
}
