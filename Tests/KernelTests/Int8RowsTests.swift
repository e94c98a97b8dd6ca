import Kernels
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
      return result
    }
  }

  private func pairs(_ features: [UInt8]) -> (list: [UInt16], count: Int) {
    var list = [UInt16](repeating: 0xFFFF, count: features.count / 2)
    var span = list.mutableSpan
    var bytes = span.mutableBytes
    let count = listActivePairs(features.span.bytes, into: &bytes)
    return (list, count)
  }

  /// All units' sums, by the kernel and block by block.
  private func sums(_ layer: Layer, _ features: [UInt8], _ bias: [Int32]) -> [Int32] {
    let (list, count) = pairs(features)
    let packed = layer.packed
    var result: [Int32] = []
    for block in 0..<layer.hidden / unitsPerBlock {
      let size = unitsPerBlock * layer.inputs
      var start = SIMD8<Int32>()
      for lane in 0..<8 { start[lane] = bias[block * 8 + lane] }
      let sums = hiddenBlockSums(
        weights: packed.span.bytes.extracting(block * size..<(block + 1) * size),
        features: features.span.bytes, pairs: list.span.bytes, count: count, bias: start)
      for lane in 0..<8 { result.append(sums[lane]) }
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

  @Test("every weight has a place of its own, and its block's are contiguous")
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
    for place in 0..<16 {
      let offset = hiddenWeightOffset(input: inputs[place], unit: units[place], inputs: 100)
      #expect(offset == place)
    }
    #expect(hiddenWeightOffset(input: 2, unit: 0, inputs: 100) == 16)
    #expect(hiddenWeightOffset(input: 0, unit: 8, inputs: 100) == 800)
  }

  @Test("pairs are listed when either half is not zero, and nothing behind them is written")
  func activePairs() {
    var random = Random(seed: 51)
    for share: Float in [0, 0.05, 0.3, 1] {
      for size in [2, 100, 784] {
        let features = (0..<size).map { _ in
          random.uniform() < share ? UInt8(1 + random.below(255)) : 0
        }
        let expected = (0..<size / 2).filter {
          features[2 * $0] != 0 || features[2 * $0 + 1] != 0
        }
        let (list, count) = pairs(features)
        #expect(list[..<count].map(Int.init) == expected)
        #expect(list[count...].allSatisfy { $0 == 0xFFFF })
      }
    }
  }

  @Test("sums of a block are those of wide integers, for sparse, full and empty features")
  func randomSums() {
    var random = Random(seed: 52)
    for (inputs, hidden) in [(784, 16), (100, 48), (2, 8)] {
      let layer = Layer(
        inputs: inputs, hidden: hidden,
        weights: (0..<inputs * hidden).map { _ in
          Int8(truncatingIfNeeded: random.next())
        })
      for share: Float in [0, 0.2, 1] {
        let features = (0..<inputs).map { _ in
          random.uniform() < share ? UInt8(truncatingIfNeeded: random.next()) : 0
        }
        let bias = (0..<hidden).map { _ in Int32(truncatingIfNeeded: random.next()) / 16 }
        #expect(sums(layer, features, bias) == truth(layer, features, bias))
      }
    }
  }

  @Test("the extremes: all weights -128 or 127, all features 255", arguments: [Int8.min, .max])
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
