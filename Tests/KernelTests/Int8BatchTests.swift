import Testing

@testable import Kernels

@Suite("Int8 rows in batches")
struct Int8BatchTests {
  private var random = Random(seed: 4)

  private mutating func words() -> Words {
    var words = Words()
    for lane in 0..<16 { words[lane] = Int32(truncatingIfNeeded: random.next()) }
    return words
  }

  /// The plain formula: each word of values with a vector of weights.
  private func products(_ values: [Words], _ weights: [Words], _ bias: Words) -> Words {
    var sums = bias
    for word in 0..<weights.count {
      for lane in 0..<16 {
        for place in 0..<4 {
          let value = UInt8(truncatingIfNeeded: values[word / 16][word % 16] >> Int32(8 * place))
          let weight = Int8(truncatingIfNeeded: weights[word][lane] >> Int32(8 * place))
          sums[lane] &+= Int32(value) * Int32(weight)
        }
      }
    }
    return sums
  }

  @Test("sums of products of bytes are those of the plain formula")
  mutating func productsOfBytes() {
    for _ in 0..<50 {
      let values = (0..<3).map { _ in words() }
      let weights = (0..<48).map { _ in words() }
      let bias = words()
      let sums = outputQuadSums(values: values.span, weights: weights.span, bias: bias)
      #expect(sums == products(values, weights, bias))
    }
  }

  @Test("on any processor, too")
  mutating func portableProductsOfBytes() {
    for _ in 0..<500 {
      let (sum, weights) = (words(), words())
      let value = words()[0]
      let values = Words(repeating: value)
      #expect(
        portableDotProducts(sum, values, weights)
          == products([values], [weights], sum))
    }
  }

  @Test("products at both ends of their range do not saturate")
  func extremes() {
    for (byte, product) in [(Int32(-128), Int32(-4 * 128 * 255)), (127, 4 * 127 * 255)] {
      let weights = [Words](repeating: Words(repeating: (byte & 0xFF) &* 0x0101_0101), count: 16)
      let values = [Words(repeating: -1)]
      let sums = outputQuadSums(values: values.span, weights: weights.span, bias: Words())
      #expect(sums == Words(repeating: 16 * product))
      #expect(portableDotProducts(Words(), values[0], weights[0]) == Words(repeating: product))
    }
  }

  @Test("each lane that is not zero has its bit")
  func lanes() {
    for lane in 0..<16 {
      for value in [1, -1, Int32.min, 256] {
        var words = Words()
        words[lane] = value
        #expect(nonzeroLanes(words) == 1 << UInt16(lane))
      }
    }
    for lane in 0..<64 {
      var bytes = SIMD64<UInt8>()
      bytes[lane] = 128
      #expect(nonzeroLanes(bytes) == 1 << UInt64(lane))
    }
    #expect(nonzeroLanes(Words()) == 0)
    #expect(nonzeroLanes(Words(repeating: 5)) == 0xFFFF)
  }

  @Test("a quad is marked where one of the pictures is not zero", arguments: [4, 100, 256, 784])
  mutating func marksOfQuads(inputs: Int) {
    for pictures in [1, picturesTogether] {
      let features = (0..<pictures * inputs).map { _ in
        UInt8(random.uniform() < 0.8 ? 0 : random.below(256))
      }
      var marks = [UInt64](repeating: 99, count: (inputs / 4 + 63) / 64)
      var span = marks.mutableSpan
      markActiveQuads(features.span, inputs: inputs, into: &span)
      for quad in 0..<marks.count * 64 {
        let isActive = (0..<pictures).contains { picture in
          quad < inputs / 4
            && (0..<4).contains { features[picture * inputs + 4 * quad + $0] != 0 }
        }
        #expect((marks[quad / 64] >> UInt64(quad % 64) & 1 == 1) == isActive, "\(quad)")
      }
    }
  }

  @Test("sums are those of the plain formula", arguments: [1, 2, 4, 8], [1, picturesTogether])
  mutating func sums(width: Int, pictures: Int) {
    let inputs = 300
    let weights = (0..<inputs / 4 * width).map { _ in words() }
    let bias = (0..<width).map { _ in words() }
    let features = (0..<pictures * inputs).map { _ in
      UInt8(random.uniform() < 0.6 ? 0 : random.below(256))
    }
    var marks = [UInt64](repeating: 0, count: 2)
    var markSpan = marks.mutableSpan
    markActiveQuads(features.span, inputs: inputs, into: &markSpan)
    var sums = [Words](repeating: Words(), count: pictures * width)
    var span = sums.mutableSpan
    hiddenQuadSums(
      Panel(startingAt: 0, of: width, widest: width), features: features.span, marks: marks.span,
      weights: weights.span, bias: bias.span, sums: &span)
    for picture in 0..<pictures {
      for unit in 0..<16 * width {
        var expected = bias[unit / 16][unit % 16]
        for input in 0..<inputs {
          let word = weights[input / 4 * width + unit / 16][unit % 16]
          let weight = Int8(truncatingIfNeeded: word >> Int32(8 * (input % 4)))
          expected &+= Int32(weight) * Int32(features[picture * inputs + input])
        }
        #expect(sums[picture * width + unit / 16][unit % 16] == expected)
      }
    }
  }
}
