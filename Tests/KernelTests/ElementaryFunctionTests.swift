import Foundation
import Network
import SIMDMath
import Testing

/// Our own functions against the system's in Double, which is exact for a Float's purposes.
@Suite("Elementary functions")
struct ElementaryFunctionTests {
  @Test("the exponential is within 1.5 ulp from -87.3 to 88")
  func exponentialIsAccurate() {
    var worst = 0.0
    for step in 0...40_000 {
      let start = Float(-87.3) + Float(step) * (175.3 / 40_000)
      let x = vector { min(88, start + Float($0) * 2.7e-4) }
      let y = exponential(x)
      worst = max(worst, ulps(y[step % 16], from: Foundation.exp(Double(x[step % 16]))))
    }
    // 0.97 over every 37th Float.
    #expect(worst < 1.5)
  }

  @Test("beyond its range the exponential stays at the range's ends")
  func exponentialSaturates() {
    for x: Float in [-87.3, -88, -1000, -1e30, -.greatestFiniteMagnitude] {
      #expect(exponential(x) == exponential(-87.3))
    }
    for x: Float in [88, 89, 1000, 1e30, .greatestFiniteMagnitude] {
      #expect(exponential(x) == exponential(88))
    }
    #expect(exponential(-87.3) >= .leastNormalMagnitude)
    #expect(exponential(88).isFinite)
  }

  @Test("the exponential of 0 is 1, and every lane is computed alike")
  func exponentialLanes() {
    #expect(exponential(0) == 1)
    let x = vector { Float($0) * 1.37 - 9 }
    let y = exponential(x)
    for lane in 0..<16 { #expect(y[lane] == exponential(x[lane])) }
  }

  @Test("the exponential never falls as its argument rises, near 0 and over its range")
  func exponentialIsMonotonic() {
    for (start, step) in [(Float(-87), Float(0.0087)), (-0.01, 1e-6), (87, 5e-5)] {
      let values = (0..<20_000).map { exponential(start + Float($0) * step) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test("the logarithm is within 1.5 ulp, near 1 too")
  func logarithmIsAccurate() {
    var worst = 0.0
    for step in 0..<60_000 {
      // From the smallest normal number to the largest, in equal steps of the bits.
      let x = Float(bitPattern: 0x0080_0000 + UInt32(step) * 35_400)
      worst = max(worst, ulps(logarithm(x), from: Foundation.log(Double(x))))
      let near = 1 + Float(step - 30_000) * 1e-6
      if near != 1 { worst = max(worst, ulps(logarithm(near), from: Foundation.log(Double(near)))) }
    }
    // 0.80 over every 41st Float.
    #expect(worst < 1.5)
  }

  @Test("the logarithm of 1 is 0, and of what is not positive that of the smallest normal number")
  func logarithmEdges() {
    #expect(logarithm(1) == 0)
    let floor = logarithm(.leastNormalMagnitude)
    #expect(abs(floor + 87.336_54) < 1e-4)
    for x: Float in [0, -0.0, -1, -.infinity, .leastNonzeroMagnitude, .nan] {
      #expect(logarithm(x) == floor)
    }
  }

  @Test(
    "sine and cosine are within 2⁻²³ of the truth, from a turn to 8192 radians",
    arguments: [Float(7), 100, 8192])
  func sineAndCosineAreAccurate(range: Float) {
    var worst = 0.0
    for step in -20_000...20_000 {
      let angle = range * Float(step) / 20_000
      let (sine, cosine) = sineAndCosine(angle)
      worst = max(worst, abs(Double(sine) - Foundation.sin(Double(angle))))
      worst = max(worst, abs(Double(cosine) - Foundation.cos(Double(angle))))
    }
    // 7.7e-8, or 0.65 of the bound, over four million angles of each range.
    #expect(worst < 0x1p-23)
  }

  @Test("sine is odd and cosine even, to the bit")
  func sineAndCosineAreSymmetric() {
    for step in 0..<5000 {
      let angle = Float(step) * 0.731
      let (sine, cosine) = sineAndCosine(angle)
      let (negative, same) = sineAndCosine(-angle)
      #expect(negative == -sine && same == cosine)
    }
  }
}

/// Bits that every processor has to give: recorded once on x86-64.
@Suite("Golden bits of elementary functions")
struct GoldenBitTests {
  @Test(
    "the exponential has these bits",
    arguments: [
      (Float(1), 0x402D_F854 as UInt32), (-1, 0x3EBC_5AB2), (0.1, 0x3F8D_763E),
      (-0.337, 0x3F36_C2BA), (5.25, 0x433E_90F7), (-17.9, 0x3290_9562), (44.4, 0x5F85_08F6),
      (-87, 0x00B3_3687), (88, 0x7EF8_82B7),
    ])
  func exponentialBits(x: Float, expected: UInt32) {
    #expect(exponential(x).bitPattern == expected)
  }

  @Test(
    "the logarithm has these bits",
    arguments: [
      (Float(2), 0x3F31_7218 as UInt32), (0.5, 0xBF31_7218), (0.1, 0xC013_5D8E),
      (0.999, 0xBA83_22CA), (1.001, 0x3A83_033B), (3.14159, 0x3F92_867C),
      (12345.678, 0x4116_BCAB), (1e-30, 0xC28A_27B5), (1e30, 0x428A_27B5),
    ])
  func logarithmBits(x: Float, expected: UInt32) {
    #expect(logarithm(x).bitPattern == expected)
  }

  @Test(
    "sine and cosine have these bits",
    arguments: [
      (Float(0.5), 0x3EF5_7744 as UInt32, 0x3F60_A940 as UInt32), (1, 0x3F57_6AA5, 0x3F0A_5140),
      (-2, 0xBF68_C7B7, 0xBED5_1132), (3.3, 0xBE21_8813, 0xBF7C_CB7A),
      (6.283, 0xB942_5111, 0x3F80_0000), (-123.4, 0x3F44_F6D8, 0xBF23_86EC),
      (8000, 0x3F7F_72A4, 0x3D86_70F4),
    ])
  func sineAndCosineBits(angle: Float, sine: UInt32, cosine: UInt32) {
    let result = sineAndCosine(angle)
    #expect(result.sine.bitPattern == sine && result.cosine.bitPattern == cosine)
  }
}
