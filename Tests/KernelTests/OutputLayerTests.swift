import Network
import SIMDMath
import Testing

@Suite("Output layer")
struct OutputLayerTests {
  /// The lanes of a vector added neighbors first, four times.
  private func pairwise(_ numbers: ArraySlice<Float>) -> Float {
    var level = Array(numbers)
    while level.count > 1 {
      level = (0..<level.count / 2).map { level[2 * $0] + level[2 * $0 + 1] }
    }
    return level[0]
  }

  /// The logits in the documented order: sixteen lanes over the vectors, rising; lanes pairwise; bias.
  private func logit(_ z: ArraySlice<Float>, _ v: ArraySlice<Float>, _ bias: Float) -> Float {
    var sums = [Float](repeating: 0, count: 16)
    for (offset, (z, v)) in zip(z, v).enumerated() {
      sums[offset % 16].addProduct(z, v)
    }
    return pairwise(sums[...]) + bias
  }

  private func row(_ rows: Rows, _ index: Int) -> ArraySlice<Float> {
    rows.values[index * rows.hidden..<(index + 1) * rows.hidden]
  }

  private func expectLogits(hidden: Int, samples: Range<Int>, count: Int, capacity: Int) {
    let z = Rows(count: count, hidden: hidden, range: 2, seed: 91)
    let v = Rows(count: 10, hidden: hidden, range: 0.5, seed: 92)
    let bias = vector { Float($0) * 0.3 - 1 }
    var logits = [Vector](repeating: Vector(repeating: .nan), count: samples.count)
    var span = logits.mutableSpan
    outputForward(
      activations: z.blockByBlock(capacity: capacity).span, capacity: capacity, samples: samples,
      weights: vectors(v.values).span, bias: bias, logits: &span)
    for sample in samples {
      let actual = logits[sample - samples.lowerBound]
      for digit in 0..<10 {
        let expected = logit(row(z, sample), row(v, digit), bias[digit])
        #expect(actual[digit].bitPattern == expected.bitPattern)
      }
      for lane in 10..<16 { #expect(actual[lane] == bias[lane]) }
    }
  }

  @Test(
    "logits are the scalar twin's to the bit for every division into column blocks",
    arguments: hiddenSizes)
  func logitsOfEveryDivision(hidden: Int) {
    expectLogits(hidden: hidden, samples: 0..<2, count: 2, capacity: 3)
  }

  @Test("logits are the scalar twin's to the bit for every size of batch", arguments: batchSizes)
  func logitsOfEveryBatch(samples: Int) {
    expectLogits(hidden: 112, samples: 0..<samples, count: samples, capacity: max(64, samples))
    expectLogits(hidden: 48, samples: samples / 3..<samples, count: samples, capacity: samples)
  }

  @Test(
    "hidden errors are the scalar twin's to the bit for every division and activation",
    arguments: hiddenSizes)
  func errorsOfEveryDivision(hidden: Int) {
    let v = Rows(count: 10, hidden: hidden, range: 0.5, seed: 93)
    for activation in [Activation.relu, .leakyReLU, .sigmoid, .tanh] {
      for samples in [1, hidden < 300 ? 65 : 3] {
        let z = Rows(count: samples, hidden: hidden, range: 0.9, seed: 94)
        // Sixteen values a sample, of which the last six are not read.
        let delta = Rows(count: samples, hidden: 16, range: 1, seed: 95)
        var result = Rows(count: samples, hidden: hidden)
        for columnBlock in columnBlocks(hidden: hidden) {
          var slice = result.slice(columnBlock)
          var span = slice.mutableSpan
          hiddenErrors(
            columnBlock, outputErrors: delta.values.span, weights: vectors(v.values).span,
            activation: activation, activations: z.slice(columnBlock).span, errors: &span)
          result.setSlice(columnBlock, slice)
        }
        #expect(bits(result.values) == bits(errorTwin(delta, v, z, activation)))
      }
    }
  }

  /// `(Σₖ δₖ · V[k]) · f′`, k rising.
  private func errorTwin(_ delta: Rows, _ v: Rows, _ z: Rows, _ activation: Activation) -> [Float] {
    var result: [Float] = []
    for sample in 0..<z.count {
      for unit in 0..<z.hidden {
        var sum: Float = 0
        for digit in 0..<10 {
          sum.addProduct(delta.values[sample * 16 + digit], v.values[digit * z.hidden + unit])
        }
        let y = z.values[sample * z.hidden + unit]
        switch activation {
        case .relu: sum = sum * (y > 0 ? 1 : 0)
        case .leakyReLU: sum = sum * (y > 0 ? 1 : 0.01)
        case .sigmoid: sum = sum * (y * (1 - y))
        case .tanh: sum = sum * Float(1).addingProduct(-y, y)
        }
        result.append(sum)
      }
    }
    return result
  }

  private func expectOutputStep(hidden: Int, samples: Int, _ step: UpdateStep) {
    let z = Rows(count: samples, hidden: hidden, range: 1, seed: 96)
    let delta = Rows(count: samples, hidden: 16, range: 0.1, seed: 97)
    let digit = hidden / 16 % 10
    let before = WeightRows(count: 1, hidden: hidden, seed: 98)
    var actual = before
    for columnBlock in columnBlocks(hidden: hidden) {
      let slice = z.slice(columnBlock)
      actual.changePart(columnBlock, step) { weights, first, second in
        outputBackward(
          columnBlock, step: step, digit: digit, outputErrors: delta.values.span,
          activations: slice.span, weights: &weights, first: &first, second: &second)
      }
    }
    var expected = before
    for unit in 0..<hidden {
      var gradient: Float = 0
      for sample in 0..<samples {
        gradient.addProduct(delta.values[sample * 16 + digit], z.values[sample * hidden + unit])
      }
      expected.update(unit, step, gradient: gradient)
    }
    #expect(actual.bits == expected.bits && actual.bits != before.bits)
  }

  @Test("steps of output weights are the scalar twin's to the bit", arguments: hiddenSizes)
  func outputStepsOfEveryDivision(hidden: Int) {
    for step in everyStep { expectOutputStep(hidden: hidden, samples: 3, step) }
  }

  @Test("steps of output weights for every size of batch", arguments: batchSizes)
  func outputStepsOfEveryBatch(samples: Int) {
    for step in everyStep { expectOutputStep(hidden: 240, samples: samples, step) }
  }

  @Test("steps of biases are the scalar twin's to the bit", arguments: [1, 2, 64, 130])
  func biasSteps(samples: Int) {
    for step in everyStep {
      let errors = Rows(count: samples, hidden: 240, range: 0.1, seed: 99)
      var actual = WeightRows(count: 1, hidden: 240, seed: 100)
      var expected = actual
      for columnBlock in columnBlocks(hidden: 240) {
        let slice = errors.slice(columnBlock)
        actual.changePart(columnBlock, step) { biases, first, second in
          biasBackward(
            step: step, errors: slice.span, biases: &biases, first: &first, second: &second)
        }
      }
      for unit in 0..<240 {
        var gradient: Float = 0
        for sample in 0..<samples { gradient += errors.values[sample * 240 + unit] }
        expected.update(unit, step, gradient: gradient)
      }
      #expect(actual.bits == expected.bits)
    }
  }
}
