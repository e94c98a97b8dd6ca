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

  private func expectLogits(
    hidden: Int, samples: Range<Int>, count: Int, capacity: Int, classes: Int = 10
  ) {
    let z = Rows(count: count, hidden: hidden, range: 2, seed: 91)
    let v = Rows(count: classes, hidden: hidden, range: 0.5, seed: 92)
    let lanes = 16 * classVectors(classes)
    let bias = (0..<lanes).map { Float($0) * 0.3 - 1 }
    var logits = [Vector](
      repeating: Vector(repeating: .nan), count: samples.count * classVectors(classes))
    var span = logits.mutableSpan
    let stored = z.blockByBlock(capacity: capacity)
    let (weights, biases) = (vectors(v.values), vectors(bias))
    outputForward(
      OutputWeights(weights: weights.span, bias: biases.span, classes: classes),
      HiddenActivations(stored.span, capacity: capacity), samples: samples, logits: &span)
    let actual = KernelTests.lanes(logits)
    for sample in samples {
      let start = (sample - samples.lowerBound) * lanes
      for index in 0..<classes {
        let expected = logit(row(z, sample), row(v, index), bias[index])
        #expect(actual[start + index].bitPattern == expected.bitPattern)
      }
      for lane in classes..<lanes { #expect(actual[start + lane] == bias[lane]) }
    }
  }

  @Test(
    "logits are the scalar twin's to the bit for every division into column blocks",
    arguments: hiddenSizes)
  func logitsOfEveryDivision(hidden: Int) {
    expectLogits(hidden: hidden, samples: 0..<2, count: 2, capacity: 3)
  }

  @Test(
    "logits are the scalar twin's to the bit for any number of classes",
    arguments: [2, 3, 9, 10, 15, 16, 17, 26, 32, 47, 62, 64])
  func logitsOfEveryClass(classes: Int) {
    expectLogits(hidden: 144, samples: 1..<4, count: 4, capacity: 5, classes: classes)
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
    for activation in [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh] {
      for samples in [1, hidden < 300 ? 65 : 3] {
        expectErrors(hidden: hidden, samples: samples, activation, classes: 10)
      }
    }
  }

  @Test(
    "hidden errors are the scalar twin's to the bit for any number of classes",
    arguments: [2, 15, 16, 17, 26, 47, 64])
  func errorsOfEveryClass(classes: Int) {
    expectErrors(hidden: 112, samples: 5, .tanh, classes: classes)
  }

  private func expectErrors(
    hidden: Int, samples: Int, _ activation: ActivationFunction, classes: Int
  ) {
    let v = Rows(count: classes, hidden: hidden, range: 0.5, seed: 93)
    let z = Rows(count: samples, hidden: hidden, range: 0.9, seed: 94)
    // Whole vectors for each sample, of which lanes of no class are not read.
    let delta = Rows(count: samples, hidden: 16 * classVectors(classes), range: 1, seed: 95)
    var result = Rows(count: samples, hidden: hidden)
    let weights = vectors(v.values)
    let bias = [Vector](repeating: Vector(), count: classVectors(classes))
    for columnBlock in columnBlocks(hidden: hidden) {
      let own = z.slice(columnBlock)
      var part = result.slice(columnBlock)
      var span = part.mutableSpan
      hiddenErrors(
        columnBlock, outputErrors: OutputErrors(delta.values.span, classes: classes),
        layer: OutputWeights(weights: weights.span, bias: bias.span, classes: classes),
        activation: activation, activations: own.span, errors: &span)
      result.setSlice(columnBlock, part)
    }
    #expect(bits(result.values) == bits(errorTwin(delta, v, z, activation)))
  }

  /// `(Σₖ δₖ · V[k]) · f′`, k rising.
  private func errorTwin(_ delta: Rows, _ v: Rows, _ z: Rows, _ activation: ActivationFunction)
    -> [Float]
  {
    var result: [Float] = []
    for sample in 0..<z.count {
      for unit in 0..<z.hidden {
        var sum: Float = 0
        for index in 0..<v.count {
          sum.addProduct(
            delta.values[sample * delta.hidden + index], v.values[index * z.hidden + unit])
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

  private func expectOutputStep(
    hidden: Int, samples: Int, _ step: UpdateStep, classes: Int = 10
  ) {
    let z = Rows(count: samples, hidden: hidden, range: 1, seed: 96)
    let delta = Rows(count: samples, hidden: 16 * classVectors(classes), range: 0.1, seed: 97)
    let index = classes - 1 - hidden / 16 % classes
    let before = WeightRows(count: 1, hidden: hidden, seed: 98)
    var actual = before
    for columnBlock in columnBlocks(hidden: hidden) {
      let slice = z.slice(columnBlock)
      actual.changePart(columnBlock, step) { weights, first, second in
        outputBackward(
          step: step,
          errors: ClassErrors(index, of: OutputErrors(delta.values.span, classes: classes)),
          activations: slice.span, weights: &weights, first: &first, second: &second)
      }
    }
    var expected = before
    for unit in 0..<hidden {
      var gradient: Float = 0
      for sample in 0..<samples {
        gradient.addProduct(
          delta.values[sample * delta.hidden + index], z.values[sample * hidden + unit])
      }
      expected.update(unit, step, gradient: gradient)
    }
    #expect(actual.bits == expected.bits && actual.bits != before.bits)
  }

  @Test("steps of output weights are the scalar twin's to the bit", arguments: hiddenSizes)
  func outputStepsOfEveryDivision(hidden: Int) {
    for step in everyStep {
      for classes in [10, 26] {
        expectOutputStep(hidden: hidden, samples: 3, step, classes: classes)
      }
    }
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
