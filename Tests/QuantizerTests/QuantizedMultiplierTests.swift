import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Testing

@Suite("Factors in fixed point")
struct QuantizedMultiplierTests {
  private func real(_ factor: QuantizedMultiplier) -> Double {
    Double(factor.multiplier) * 0x1p-31 / Double(1 << Int(factor.shift))
  }

  @Test("a factor is within 2⁻³¹ of the real one, relative, from 2⁻³² to 1")
  func relativeError() {
    var random = Random(seed: 81)
    for exponent in -32...(-1) {
      for _ in 0..<500 {
        let significand = 1 + Double(random.next() >> 12) * 0x1p-52
        let value = Double(sign: .plus, exponent: exponent, significand: significand)
        let factor = QuantizedMultiplier(value)
        #expect(abs(real(factor) - value) <= value * 0x1p-31)
        #expect(factor.multiplier >= 1 << 30 && factor.shift <= 31)
      }
    }
  }

  @Test("powers of two are exact, and those too small for the shift are zero")
  func powersOfTwo() {
    for exponent in 1...31 {
      let factor = QuantizedMultiplier(Double(sign: .plus, exponent: -exponent, significand: 1))
      #expect(factor == QuantizedMultiplier(multiplier: 1 << 30, shift: UInt8(exponent - 1)))
    }
    for tiny in [0, 0x1p-1074, 1e-30, 0x1p-33, 0x1p-32] {
      #expect(QuantizedMultiplier(tiny) == QuantizedMultiplier(multiplier: 0, shift: 0))
    }
  }

  @Test("the worked example of 0.3")
  func workedExample() {
    #expect(QuantizedMultiplier(0.3) == QuantizedMultiplier(multiplier: 1_288_490_189, shift: 1))
  }

  @Test("numbers just below a power of two are rounded up to it, and those just below 1 stay below")
  func belowPowersOfTwo() {
    for exponent in 0...30 {
      let power = Double(sign: .plus, exponent: -exponent, significand: 1)
      for value in [power.nextDown, power * (1 - 0x1p-33), power * (1 - 0x1p-31)] {
        #expect(abs(real(QuantizedMultiplier(value)) - value) <= value * 0x1p-31)
      }
    }
  }
}
