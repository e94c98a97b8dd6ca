import Network
import SIMDMath
import Testing

@Suite("Hidden layer, forward")
struct HiddenForwardTests {
  /// The documented order: the bias, then the inputs that are not zero, rising.
  private func twin(_ batch: FeatureBatch, _ weights: Rows, _ bias: Rows) -> Rows {
    let hidden = weights.hidden
    var sums = Rows(count: batch.samples, hidden: hidden)
    for sample in 0..<batch.samples {
      for unit in 0..<hidden { sums.values[sample * hidden + unit] = bias.values[unit] }
      for input in 0..<batch.inputs where batch.features[sample * batch.inputs + input] != 0 {
        let x = batch.x(sample, input)
        var unit = 0
        while unit < hidden {
          sums.values[sample * hidden + unit].addProduct(x, weights.values[input * hidden + unit])
          unit += 1
        }
      }
    }
    return sums
  }

  private func kernel(_ batch: FeatureBatch, _ weights: Rows, _ bias: Rows) -> Rows {
    var result = Rows(count: batch.samples, hidden: weights.hidden)
    for columnBlock in columnBlocks(hidden: weights.hidden) {
      // Scratch and results hold what an earlier batch left.
      var cursors = [Int32](repeating: 77, count: batch.samples + 3)
      var sums = [Vector](
        repeating: Vector(repeating: .nan), count: batch.samples * columnBlock.width)
      var cursorSpan = cursors.mutableSpan
      var sumSpan = sums.mutableSpan
      batch.withNonzeroLists {
        hiddenForward(
          columnBlock, lists: $0, weights: weights.slice(columnBlock).span,
          bias: bias.slice(columnBlock).span,
          cursors: &cursorSpan, sums: &sumSpan)
      }
      result.setSlice(columnBlock, sums)
    }
    return result
  }

  private func expectSame(
    hidden: Int, samples: Int, inputs: Int, share: Float
  ) {
    let batch = FeatureBatch(samples: samples, inputs: inputs, share: share, seed: 61)
    let weights = Rows(count: inputs, hidden: hidden, range: 0.5, seed: 62)
    let bias = Rows(count: 1, hidden: hidden, range: 2, seed: 63)
    let expected = twin(batch, weights, bias)
    #expect(bits(kernel(batch, weights, bias).values) == bits(expected.values))
  }

  @Test(
    "sums are the scalar twin's to the bit for every division into column blocks",
    arguments: hiddenSizes)
  func everyDivision(hidden: Int) {
    expectSame(hidden: hidden, samples: 5, inputs: 130, share: 0.25)
  }

  @Test("sums are the scalar twin's to the bit for every size of batch", arguments: batchSizes)
  func everyBatchSize(samples: Int) {
    // Column blocks of 8, 4, 2 and 1.
    expectSame(hidden: 240, samples: samples, inputs: 70, share: 0.25)
  }

  @Test("empty lists give the bias; full ones, with no zero, their sums", arguments: [Float(0), 1])
  func emptyAndFullLists(share: Float) {
    expectSame(hidden: 112, samples: 9, inputs: 130, share: share)
  }

  @Test(
    "inputs just below, at and above a tile of weights",
    arguments: [1, 2, 63, 64, 65, 127, 128, 129, 255, 256, 257])
  func tileEdges(inputs: Int) {
    expectSame(hidden: 112, samples: 3, inputs: inputs, share: 0.8)
  }

  @Test("no samples, no work")
  func emptyBatch() {
    expectSame(hidden: 16, samples: 0, inputs: 5, share: 1)
  }

  @Test("subnormal, huge and vanishing weights give the scalar twin's bits", arguments: [16, 112])
  func extremeWeights(hidden: Int) {
    let batch = FeatureBatch(samples: 7, inputs: 90, share: 0.5, seed: 64)
    let extremes: [Float] = [
      .leastNonzeroMagnitude, .leastNormalMagnitude.nextDown, .leastNormalMagnitude, 0, -0.0, 1e30,
      -1e30, -.leastNonzeroMagnitude, 1, .ulpOfOne,
    ]
    var weights = Rows(count: 90, hidden: hidden)
    var bias = Rows(count: 1, hidden: hidden)
    for i in weights.values.indices { weights.values[i] = extremes[(i * 7 + i / 16) % 10] }
    for i in bias.values.indices { bias.values[i] = extremes[i * 3 % 10] }
    let sums = kernel(batch, weights, bias).values
    #expect(bits(sums) == bits(twin(batch, weights, bias).values))
    #expect(sums.allSatisfy { $0.isFinite })
  }
}
