import SIMDMath

extension Random {
  /// Sixteen numbers of mean 0 and standard deviation 1, nearly normal and never beyond 3.46, for the
  /// price of one: the sums of four uniform bytes (Irwin and Hall, 1927).
  @inline(__always)
  mutating func roughlyNormal() -> Vector {
    let bits = Random.scattered(UInt32(truncatingIfNeeded: next() &>> 32))
    let pairs = (bits & 0x00FF_00FF) &+ ((bits &>> 8) & 0x00FF_00FF)
    let sums = (pairs & 0xFFFF) &+ (pairs &>> 16)
    // 2^23 and the sum, less 2^23 and the mean; the variance is 4 · (2^16 - 1) / 12 = 21845.
    return unsafe (unsafeBitCast(sums | 0x4B00_0000, to: Vector.self) - 8_389_118) * 0.006_765_872
  }

  /// Sixteen words that are as good as independent: neighbors of one word, scrambled by a function of
  /// which every bit of the result depends on every bit of the word (Wellons, *Hash Prospector*, 2018).
  @inline(__always)
  private static func scattered(_ word: UInt32) -> SIMD16<UInt32> {
    var words = SIMD16(repeating: word) &+ Random.steps
    words ^= words &>> 16
    words &*= 0x21F0_AAAD
    words ^= words &>> 15
    words &*= 0xD35A_2D97
    words ^= words &>> 15
    return words
  }

  /// 0 ... 15 times 2^32 divided by the golden ratio.
  @inline(__always)
  private static var steps: SIMD16<UInt32> {
    SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &* 0x9E37_79B9
  }
}
