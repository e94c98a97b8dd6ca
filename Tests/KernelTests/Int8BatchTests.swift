@testable import HostInt8
import Int8Runtime
import Network
import SIMDMath
import Testing

@Suite("Int8 layers in batches")
struct Int8BatchTests {
  private var random = Random(seed: 4)
  private let perWord = KernelShape.inputsPerWord

  private mutating func weights(_ count: Int) -> [Int32] {
    (0..<count).map { _ in Int32(random.below(256)) - 128 }
  }

  /// Weights [values][units], the units sixteen to a vector, packed: [words of values][units / 16].
  private func packed(_ weights: [Int32], units: Int) -> [Words] {
    let values = weights.count / units
    var words = [Words](repeating: Words(), count: values / perWord * units / 16)
    for value in 0..<values {
      for unit in 0..<units {
        packWeight(
          weights[value * units + unit], lane: unit % 16, offset: value % perWord,
          into: &words[value / perWord * (units / 16) + unit / 16])
      }
    }
    return words
  }

  /// Values of 0 ... 255, packed, sixteen words to a vector.
  private func packed(_ values: [UInt8]) -> [Words] {
    let count = values.count / perWord
    var words = [Words](repeating: Words(), count: (count + 15) / 16)
    for word in 0..<count {
      words[word / 16][word % 16] = unsafe packedValues(values.span.bytes, word * perWord)
    }
    return words
  }

  /// The plain formula for one unit.
  private func sum(
    _ values: [UInt8], _ weights: [Int32], unit: Int, units: Int, bias: Int32
  ) -> Int32 {
    var sum = bias
    for (i, value) in values.enumerated() {
      sum &+= Int32(value) * weights[i * units + unit]
    }
    return sum
  }

  private mutating func bias(_ vectors: Int) -> [Words] {
    (0..<vectors).map { _ in
      var words = Words()
      for lane in 0..<16 { words[lane] = Int32(truncatingIfNeeded: random.next()) }
      return words
    }
  }

  @Test("sums of products are those of the plain formula")
  mutating func productsOfBytes() {
    for _ in 0..<50 {
      let values = (0..<3 * 16 * perWord).map { _ in UInt8(random.below(256)) }
      let weights = weights(values.count * 16)
      let bias = bias(1)[0]
      let sums = outputSums(
        values: packed(values).span, weights: packed(weights, units: 16).span, bias: bias)
      for unit in 0..<16 {
        #expect(sums[unit] == sum(values, weights, unit: unit, units: 16, bias: bias[unit]))
      }
    }
  }

  @Test("with the weights of two values apart, too")
  mutating func productsOfHalves() {
    for _ in 0..<500 {
      let (weights, sums) = (weights(32), bias(1)[0])
      let values = [UInt8(random.below(256)), UInt8(random.below(256))]
      let word = Int32(values[0]) | Int32(values[1]) << 16
      var halves = SIMD32<Int16>()
      for i in 0..<32 { halves[i] = Int16(weights[i]) }
      let result = dotProductsOfHalves(
        sums, Words(repeating: word), unsafe unsafeBitCast(halves, to: Words.self))
      for lane in 0..<16 {
        #expect(result[lane] == sum(values, weights, unit: lane, units: 16, bias: sums[lane]))
      }
    }
  }

  @Test("products at both ends of their range do not saturate", arguments: [-128, 127] as [Int32])
  func extremes(weight: Int32) {
    let values = [UInt8](repeating: 255, count: 16 * perWord)
    let weights = [Int32](repeating: weight, count: values.count * 16)
    let sums = outputSums(
      values: packed(values).span, weights: packed(weights, units: 16).span, bias: Words())
    #expect(sums == Words(repeating: Int32(values.count) * 255 * weight))
  }

  @Test("each lane that is not zero has its bit")
  func lanes() {
    for lane in 0..<64 {
      var bytes = SIMD64<UInt8>()
      bytes[lane] = 128
      #expect(nonzeroLanes(bytes) == 1 << UInt64(lane))
    }
    #expect(nonzeroLanes(SIMD64<UInt8>()) == 0)
    #expect(nonzeroLanes(SIMD64<UInt8>(repeating: 5)) == .max)
  }

  @Test(
    "words are listed where an input is not zero", arguments: [4, 60, 64, 68, 100, 256, 784],
    [0.0, 0.2, 1])
  mutating func nonzeroWords(inputs: Int, share: Float) {
    var lists = NonzeroWords(pictures: 3, inputs: inputs)
    for pictures in [3, 1, 2] {
      let features = (0..<pictures * inputs).map { _ in
        UInt8(random.uniform() < share ? 1 + random.below(255) : 0)
      }
      lists.list(features.span)
      #expect(lists.pictures == pictures)
      for picture in 0..<pictures {
        for section in 0..<lists.sections {
          let offset = picture * (lists.sections + 1) + section
          let range = lists.sectionStarts[offset]..<lists.sectionStarts[offset + 1]
          let listed = range.map { (lists.entries[Int($0)].index, lists.entries[Int($0)].values) }
          let first = picture * inputs
          let expected = stride(
            from: 64 * section, to: min(64 * section + 64, inputs), by: perWord
          ).filter { input in (0..<perWord).contains { features[first + input + $0] != 0 } }
          #expect(listed.map { Int($0.0) * perWord } == expected)
          #expect(
            listed.map(\.1)
              == expected.map { unsafe packedValues(features.span.bytes, first + $0) })
        }
      }
    }
  }

  @Test(
    "hidden sums are those of the plain formula",
    arguments: [1, 2, 4, 8].filter { $0 <= ColumnBlock.widest },
    [1, 2, 7])
  mutating func sums(width: Int, pictures: Int) {
    for inputs in [60, 784] {
      let units = 16 * width
      let weights = weights(inputs * units)
      let bias = bias(width)
      let features = (0..<pictures * inputs).map { _ in
        UInt8(random.uniform() < 0.6 ? 0 : random.below(256))
      }
      var lists = NonzeroWords(pictures: pictures, inputs: inputs)
      lists.list(features.span)
      var sums = [Words](repeating: Words(repeating: 7), count: pictures * width)
      var span = sums.mutableSpan
      hiddenSums(
        ColumnBlock(startingAt: 0, of: width), lists: lists,
        weights: packed(weights, units: units).span, bias: bias.span, sums: &span)
      for picture in 0..<pictures {
        let values = Array(features[picture * inputs..<(picture + 1) * inputs])
        for unit in 0..<units {
          let vector = picture * width + unit / 16
          #expect(
            sums[vector][unit % 16]
              == sum(
                values, weights, unit: unit, units: units, bias: bias[unit / 16][unit % 16]))
        }
      }
    }
  }
}
