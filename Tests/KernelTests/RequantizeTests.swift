import Int8Runtime
import SIMDMath
import Testing

/// gemmlowp's `SaturatingRoundingDoublingHighMul`, word for word but in Int64.
private func gemmlowpProduct(_ a: Int32, _ b: Int32) -> Int32 {
  if a == b && a == Int32.min { return Int32.max }
  let product = Int64(a) * Int64(b)
  let nudge: Int64 = product >= 0 ? 1 << 30 : 1 - (1 << 30)
  return Int32((product + nudge) / (1 << 31))  // Division truncates, as in C++.
}

/// gemmlowp's `RoundingDivideByPOT` by what it says: to the nearest, ties away from zero. A Double holds
/// the quotient exactly.
private func gemmlowpShift(_ x: Int32, _ exponent: UInt8) -> Int32 {
  Int32((Double(x) / Double(1 << Int(exponent))).rounded(.toNearestOrAwayFromZero))
}

@Suite("Requantization")
struct RequantizeTests {
  /// Powers of two and their neighbors, both signs, and the ends.
  private static let edges: [Int32] = {
    var values: Set<Int32> = [0, .min, .min + 1, .max, .max - 1]
    for power in 0..<31 {
      for offset: Int32 in [-1, 0, 1] {
        let value = (1 as Int32) << power &+ offset
        values.insert(value)
        values.insert(0 &- value)
        values.insert(value &* 3)
      }
    }
    return values.sorted()
  }()

  @Test("the product is gemmlowp's for every pair of edge values")
  func productAtEdges() {
    for a in RequantizeTests.edges {
      for b in RequantizeTests.edges where doublingHighProduct(a, b) != gemmlowpProduct(a, b) {
        Issue.record("\(a) and \(b)")
      }
    }
  }

  @Test("the product is gemmlowp's for random values of all magnitudes")
  func productOfRandomValues() {
    var random = Random(seed: 21)
    for _ in 0..<200_000 {
      let word = random.next()
      let a = Int32(truncatingIfNeeded: word) >> Int32(word >> 59)
      let b = Int32(truncatingIfNeeded: word >> 27) >> Int32(random.below(32))
      if doublingHighProduct(a, b) != gemmlowpProduct(a, b) { Issue.record("\(a) and \(b)") }
    }
  }

  @Test("a tie of the doubling product goes toward positive infinity")
  func productTies() {
    let half: Int32 = 1 << 30  // One half in Q31.
    #expect(doublingHighProduct(1, half) == 1)
    #expect(doublingHighProduct(3, half) == 2)
    #expect(doublingHighProduct(5, half) == 3)
    #expect(doublingHighProduct(-1, half) == 0)
    #expect(doublingHighProduct(-3, half) == -1)
    #expect(doublingHighProduct(-5, half) == -2)
  }

  @Test("the one product that does not fit saturates")
  func productSaturates() {
    #expect(doublingHighProduct(.min, .min) == .max)
    #expect(doublingHighProduct(.min, .max) == Int32.min + 1)
    #expect(doublingHighProduct(.max, .max) == Int32.max - 1)
    #expect(doublingHighProduct(.min, .min + 1) == .max)
  }

  @Test("the shift rounds to the nearest, ties away from zero, at every edge and by every shift")
  func shiftAtEdges() {
    for offsets: UInt8 in 0...31 {
      for x in RequantizeTests.edges
      where roundingShift(x, by: offsets) != gemmlowpShift(x, offsets) {
        Issue.record("\(x) by \(offsets)")
      }
    }
  }

  @Test("the shift is right for every number near zero, and for random ones")
  func shiftOfManyValues() {
    var random = Random(seed: 22)
    for offsets: UInt8 in 0...31 {
      for x in Int32(-1030)...1030 where roundingShift(x, by: offsets) != gemmlowpShift(x, offsets)
      {
        Issue.record("\(x) by \(offsets)")
      }
      for _ in 0..<2000 {
        let x = Int32(truncatingIfNeeded: random.next())
        if roundingShift(x, by: offsets) != gemmlowpShift(x, offsets) {
          Issue.record("\(x) by \(offsets)")
        }
      }
    }
  }

  @Test("ties of the shift, worked by hand")
  func shiftTies() {
    #expect([5, 6, 7, -5, -6, -7].map { roundingShift($0, by: 1) } == [3, 3, 4, -3, -3, -4])
    #expect([1, 2, 3, -1, -2, -3].map { roundingShift($0, by: 2) } == [0, 1, 1, 0, -1, -1])
    #expect(roundingShift(.max, by: 31) == 1 && roundingShift(.min, by: 31) == -1)
    #expect(roundingShift(1 << 30, by: 31) == 1 && roundingShift(1 << 30 - 1, by: 31) == 0)
    #expect(roundingShift(-(1 << 30), by: 31) == -1 && roundingShift(1 - 1 << 30, by: 31) == 0)
    #expect(roundingShift(.min, by: 0) == .min && roundingShift(.max, by: 0) == .max)
  }

  @Test("both steps round one after the other, as the worked factors of 0.3 show")
  func wholeRule() {
    let factor = QuantizedMultiplier(multiplier: 1_288_490_189, shift: 1)
    #expect(
      [0, 1, 2, 5, 10, 100, 1000].map { requantize($0, by: factor) } == [0, 1, 1, 2, 3, 30, 300])
    #expect([-1, -2, -5, -10, -1000].map { requantize($0, by: factor) } == [-1, -1, -2, -3, -300])
    #expect(requantize(.max, by: QuantizedMultiplier(multiplier: 0, shift: 0)) == 0)
  }

  @Test("the whole rule is gemmlowp's for multipliers and shifts of the format")
  func wholeRuleMatches() {
    var random = Random(seed: 23)
    for _ in 0..<50_000 {
      let multiplier = Int32((1 << 30) + random.below(1 << 30))
      let factor = QuantizedMultiplier(multiplier: multiplier, shift: UInt8(random.below(32)))
      let value = Int32(truncatingIfNeeded: random.next()) >> Int32(random.below(24))
      let expected = gemmlowpShift(gemmlowpProduct(value, multiplier), factor.shift)
      if requantize(value, by: factor) != expected { Issue.record("\(value) by \(factor)") }
    }
  }
}
