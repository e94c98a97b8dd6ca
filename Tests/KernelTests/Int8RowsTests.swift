import Int8Runtime
import SIMDMath
import Testing

@Suite("Rows of Int8 weights")
struct Int8RowsTests {
  /// A hidden layer of Int8 weights, [unit][input], and its packed form.
  private struct Layer {
    let inputs: Int
    let hidden: Int
    let weights: [Int8]

    var packed: [Int8] {
      var result = [Int8](repeating: 0, count: weights.count)
      for unit in 0..<hidden {
        for input in 0..<inputs {
          result[hiddenWeightOffset(input: input, unit: unit, inputs: inputs)] =
            weights[unit * inputs + input]
        }
      }
      var span = result.mutableSpan
      var bytes = span.mutableBytes
      packHiddenWeights(&bytes)
      return result
    }
  }

  /// An entry of the list of nonzero pairs.
  private struct Entry: Equatable {
    let pair: Int
    let values: [UInt32]
  }

  /// Everything that repeated listing with room for `room` entries gives.
  private func pairs(_ features: [UInt8], room: Int) -> [Entry] {
    var next = 0
    var entries: [Entry] = []
    while next < features.count {
      var list = [UInt32](repeating: 0xFFFF_FFFF, count: 2 * room)
      var span = list.mutableSpan
      var bytes = span.mutableBytes
      let count = listNonzeroPairs(features.span.bytes, from: &next, into: &bytes)
      for entry in 0..<count {
        let (offset, values) = (Int(list[2 * entry]), list[2 * entry + 1])
        #expect(offset % bytesPerPair == 0)
        entries.append(Entry(pair: offset / bytesPerPair, values: [values & 0xFFFF, values >> 16]))
      }
      #expect(list[(2 * count)...].allSatisfy { $0 == 0xFFFF_FFFF })
    }
    return entries
  }

  /// All units' sums by the kernel, with room for `room` nonzero pairs at a time.
  private func sums(
    _ layer: Layer, _ features: [UInt8], _ bias: [Int32], room: Int = mostPairsAtOnce
  ) -> [Int32] {
    let packed = layer.packed
    var list = [UInt64](repeating: 0, count: room)
    var result = bias
    var listSpan = list.mutableSpan
    var listBytes = listSpan.mutableBytes
    var sumSpan = result.mutableSpan
    var sumBytes = sumSpan.mutableBytes
    var next = 0
    while next < layer.inputs {
      let count = listNonzeroPairs(features.span.bytes, from: &next, into: &listBytes)
      addHiddenSums(
        weights: packed.span.bytes, inputs: layer.inputs, pairs: listBytes.bytes, count: count,
        sums: &sumBytes)
    }
    return result
  }

  private func truth(_ layer: Layer, _ features: [UInt8], _ bias: [Int32]) -> [Int32] {
    (0..<layer.hidden).map { unit in
      var sum = Int64(bias[unit])
      for input in 0..<layer.inputs where features[input] != 0 {
        sum += Int64(features[input]) * Int64(layer.weights[unit * layer.inputs + input])
      }
      return Int32(sum)
    }
  }

  @Test("every weight has an offset of its own, and its block's are contiguous")
  func offsetsAreABijection() {
    for (inputs, hidden) in [(784, 16), (100, 48), (144, 8), (2, 1024)] {
      var seen = [Bool](repeating: false, count: inputs * hidden)
      for unit in 0..<hidden {
        for input in 0..<inputs {
          let offset = hiddenWeightOffset(input: input, unit: unit, inputs: inputs)
          #expect(offset / (8 * inputs) == unit / 8)
          if seen[offset] { Issue.record("\(offset) is taken twice") }
          seen[offset] = true
        }
      }
      #expect(!seen.contains(false))
    }
  }

  @Test("a pair's sixteen bytes stand as the format says")
  func pairLayout() {
    let units = [0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7]
    let inputs = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]
    for offset in 0..<16 {
      let offset = hiddenWeightOffset(input: inputs[offset], unit: units[offset], inputs: 100)
      #expect(offset == offset)
    }
    #expect(hiddenWeightOffset(input: 2, unit: 0, inputs: 100) == 16)
    #expect(hiddenWeightOffset(input: 0, unit: 8, inputs: 100) == 800)
  }

  @Test("pairs are listed when either half is not zero, and nothing behind them is written")
  func nonzeroPairs() {
    var random = Random(seed: 51)
    for share: Float in [0, 0.05, 0.3, 1] {
      for (size, room) in [(4, 2), (100, 7), (784, mostPairsAtOnce), (784, 2)] {
        let features = (0..<size).map { _ in
          random.uniform() < share ? UInt8(1 + random.below(255)) : 0
        }
        let expected = (0..<size / 2).map {
          Entry(pair: $0, values: [UInt32(features[2 * $0]), UInt32(features[2 * $0 + 1])])
        }.filter { $0.values != [0, 0] }
        #expect(pairs(features, room: room) == expected)
      }
    }
  }

  @Test("two packed weights come apart again, for every pair there may be")
  func packing() {
    for even in Int8.min...Int8.max {
      for odd in Int8(-127)...Int8.max {
        var bytes = [even, odd]
        var span = bytes.mutableSpan
        var raw = span.mutableBytes
        packHiddenWeights(&raw)
        let half = Int16(UInt8(bitPattern: bytes[0])) | Int16(bytes[1]) << 8
        #expect(Int32(half) == 256 * Int32(odd) + Int32(even))
        let weights = packedWeights(half)
        #expect(weights.even == Int32(even) && weights.odd == Int32(odd))
      }
    }
  }

  @Test("sums of a block are those of wide integers, for sparse, full and empty features")
  func randomSums() {
    var random = Random(seed: 52)
    for (inputs, hidden) in [(784, 16), (100, 48), (4, 8)] {
      let layer = Layer(
        inputs: inputs, hidden: hidden,
        weights: (0..<inputs * hidden).map { _ in
          max(-127, Int8(truncatingIfNeeded: random.next()))
        })
      for share: Float in [0, 0.2, 1] {
        let features = (0..<inputs).map { _ in
          random.uniform() < share ? UInt8(truncatingIfNeeded: random.next()) : 0
        }
        let bias = (0..<hidden).map { _ in Int32(truncatingIfNeeded: random.next()) / 16 }
        for room in [2, 31, mostPairsAtOnce] {
          #expect(sums(layer, features, bias, room: room) == truth(layer, features, bias))
        }
      }
    }
  }

  @Test("the extremes: all weights -127 or 127, all features 255", arguments: [Int8(-127), .max])
  func extremeSums(weight: Int8) {
    let layer = Layer(
      inputs: 784, hidden: 8, weights: [Int8](repeating: weight, count: 784 * 8))
    let features = [UInt8](repeating: 255, count: 784)
    let bias = (0..<8).map { Int32($0) * (weight < 0 ? 260_000_000 : -260_000_000) }
    let expected = bias.map { $0 + 784 * 255 * Int32(weight) }
    #expect(sums(layer, features, bias) == expected)
  }

  @Test("a row of output weights sums as wide integers do")
  func outputRows() {
    var random = Random(seed: 53)
    for hidden in [16, 48, 1024] {
      for _ in 0..<20 {
        let weights = (0..<hidden).map { _ in Int8(truncatingIfNeeded: random.next()) }
        let values = (0..<hidden).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let sum = outputRowSum(
          weights: weights.span.bytes, activations: values.span.bytes, bias: -77)
        #expect(sum == zip(weights, values).reduce(-77) { $0 + Int32($1.0) * Int32($1.1) })
      }
      for weight in [Int8.min, .max] {
        let weights = [Int8](repeating: weight, count: hidden)
        let values = [UInt8](repeating: 255, count: hidden)
        let sum = outputRowSum(weights: weights.span.bytes, activations: values.span.bytes, bias: 9)
        #expect(sum == 9 + Int32(hidden) * 255 * Int32(weight))
      }
    }
  }
}
