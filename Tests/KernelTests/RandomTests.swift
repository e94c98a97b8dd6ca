import Network
import SIMDMath
import Testing

/// SplitMix64 and xoshiro256** as their authors' C has them, written once more for comparison.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)).multipliedReportingOverflow(by: 0xBF58_476D_1CE4_E5B9).partialValue
    z = (z ^ (z >> 27)).multipliedReportingOverflow(by: 0x94D0_49BB_1331_11EB).partialValue
    return z ^ (z >> 31)
  }
}

private struct Xoshiro {
  var s: [UInt64]

  mutating func next() -> UInt64 {
    func rotl(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let result = rotl(s[1] &* 5, 7) &* 9
    let t = s[1] << 17
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotl(s[3], 45)
    return result
  }
}

@Suite("Random numbers")
struct RandomTests {
  @Test("the twin of SplitMix64 gives the published numbers for 1234567")
  func splitMixIsTheRealOne() {
    var generator = SplitMix(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
  }

  @Test("the twin of xoshiro256** gives the published numbers for the state 1, 2, 3, 4")
  func xoshiroIsTheRealOne() {
    var generator = Xoshiro(s: [1, 2, 3, 4])
    let expected: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
  }

  @Test("a stream is xoshiro256** from a state that SplitMix64 fills", arguments: [0, 1, 7, .max])
  func streamIsXoshiro(seed: UInt64) {
    for (stream, index) in [(0, 0), (1, 0), (0, 1), (5, 60_000), (UInt64.max, UInt64.max)] {
      var mixer = SplitMix(state: seed)
      mixer.state = mixer.next() ^ (stream &* 0xD1B5_4A32_D192_ED03)
      mixer.state = mixer.next() ^ (index &* 0xABC9_8388_FB8F_AC03)
      var twin = Xoshiro(s: (0..<4).map { _ in mixer.next() })
      var random = Random(seed: seed, stream: stream, index: index)
      for _ in 0..<100 { #expect(random.next() == twin.next()) }
    }
  }

  @Test("neighboring seeds, streams and indices share no number among their first hundred")
  func streamsDiffer() {
    var seen = Set<UInt64>()
    var drawn = 0
    for seed: UInt64 in 0..<4 {
      for stream: UInt64 in 0..<4 {
        for index: UInt64 in 0..<8 {
          var random = Random(seed: seed, stream: stream, index: index)
          for _ in 0..<100 { seen.insert(random.next()) }
          drawn += 100
        }
      }
    }
    #expect(seen.count == drawn)
  }

  @Test("uniform numbers are multiples of 2⁻²⁴ in 0 ..< 1, taken from the upper bits")
  func uniformIsExact() {
    var random = Random(seed: 9)
    var same = random
    for _ in 0..<5000 {
      let x = random.uniform()
      #expect(Double(x) == Double(same.next() >> 40) / 0x1p24)
      #expect(x >= 0 && x < 1)
    }
    var again = random
    #expect(again.symmetric() == 2 * random.uniform() - 1)
  }

  @Test("whole numbers below a bound are the upper half of a product, and cover all of it")
  func belowIsUniform() {
    var random = Random(seed: 10)
    var same = random
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<20_000 {
      let n = random.below(10)
      #expect(n == Int(((same.next() >> 32) * 10) >> 32))
      counts[n] += 1
    }
    // 2000 each with a standard deviation of 42.
    #expect(counts.allSatisfy { abs($0 - 2000) < 210 })
    for bound in [1, 2, 3, 60_000, Int(Int32.max)] {
      for _ in 0..<100 { #expect((0..<bound).contains(random.below(bound))) }
    }
  }

  /// Normal numbers as ``Random/normals()`` has them, one at a time.
  private func plainNormals(_ random: inout Random) -> (cosines: [Float], sines: [Float]) {
    func polynomial(_ z: Float, _ c: [Float]) -> Float {
      c.dropFirst().reduce(c[0]) { $1.addingProduct(z, $0) }
    }
    var result: (cosines: [Float], sines: [Float]) = ([], [])
    for _ in 0..<16 {
      let word = random.next()
      let first = Float(word >> 41) * 0x1p-23
      let turn = Float(word >> 9 & 0x7F_FFFF) * 0x1p-23 - 0.5
      let radius = (-2 * logarithm(1 - first)).squareRoot()
      let z = turn * turn
      let cosine = polynomial(
        z, [-21.065_43, 58.786_940, -85.270_84, 64.928_59, -19.738_978, 0.999_999_2])
      let sine = polynomial(
        z, [-12.468_819, 41.341_365, -76.614_14, 81.599_91, -41.341_588, 6.283_185])
      result.cosines.append(radius * cosine)
      result.sines.append(radius * (turn * sine))
    }
    return result
  }

  @Test("normal numbers are the same, to the bit, sixteen at a time and one at a time")
  func normalTwin() {
    var random = Random(seed: 12)
    var same = random
    var again = random
    var numbers = NormalNumbers()
    for _ in 0..<500 {
      let (first, second) = random.normals()
      let plain = plainNormals(&same)
      #expect((0..<16).map { first[$0] } == plain.cosines)
      #expect((0..<16).map { second[$0] } == plain.sines)
      #expect((0..<32).map { _ in numbers.next(&again) } == plain.cosines + plain.sines)
    }
  }

  @Test("normal numbers have the moments of the normal distribution", arguments: [true, false])
  func normalMoments(single: Bool) {
    var random = Random(seed: 11)
    var numbers = NormalNumbers()
    let count = 40_000
    let values = (0..<count).map { _ in
      Double(single ? random.normal() : numbers.next(&random))
    }
    func moment(_ power: Int) -> Double {
      values.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { y, _ in y * x } } / Double(count)
    }
    // Five standard errors: √(1, 2, 15, 96) / 200.
    #expect(abs(moment(1)) < 0.025)
    #expect(abs(moment(2) - 1) < 0.0354)
    #expect(abs(moment(3)) < 0.097)
    #expect(abs(moment(4) - 3) < 0.245)
    #expect(values.allSatisfy { abs($0) < 6 })
  }

  @Test("both numbers of a pair are independent of one another and of their neighbors")
  func normalPairs() {
    var random = Random(seed: 13)
    var (products, squares, neighbors) = (0.0, 0.0, 0.0)
    let count = 40_000.0
    for _ in 0..<2500 {
      let (first, second) = random.normals()
      for lane in 0..<16 {
        let (x, y) = (Double(first[lane]), Double(second[lane]))
        products += x * y
        squares += (x * x - 1) * (y * y - 1)
        neighbors += x * Double(first[(lane + 1) % 16])
      }
    }
    // Five standard errors.
    #expect(abs(products / count) < 0.025)
    #expect(abs(squares / count) < 0.05)
    #expect(abs(neighbors / count) < 0.025)
  }
}
