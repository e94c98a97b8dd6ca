import Network
import SIMDMath
import Testing

@Suite("Hidden layer, backward")
struct HiddenBackwardTests {
  /// The documented order: for each input, the samples that have it, rising; then the step.
  private func twin(
    _ batch: FeatureBatch, _ errors: Rows, _ step: UpdateStep, _ rows: inout WeightRows
  ) {
    let hidden = errors.hidden
    for input in 0..<batch.inputs {
      var gradient = [Float](repeating: 0, count: hidden)
      var isUsed = false
      for sample in 0..<batch.samples
      where batch.features[sample * batch.inputs + input] != 0 {
        let x = batch.x(sample, input)
        isUsed = true
        for unit in 0..<hidden {
          gradient[unit].addProduct(x, errors.values[sample * hidden + unit])
        }
      }
      // The textbook's step leaves a weight without gradient as it is; the others have memory.
      if !isUsed && step.moments == 0 { continue }
      for unit in 0..<hidden {
        rows.update(input * hidden + unit, step, gradient: gradient[unit])
      }
    }
  }

  private func kernel(
    _ batch: FeatureBatch, _ errors: Rows, _ step: UpdateStep, _ rows: inout WeightRows
  ) {
    let words = wordsPerMask(batch.samples)
    var masks = [UInt64](repeating: 0, count: batch.inputs * words)
    var columns = [UInt8](repeating: 99, count: masks.count * 64)
    var maskSpan = masks.mutableSpan
    var columnSpan = columns.mutableSpan
    batch.withNonzeroLists {
      gatherColumns($0, features: 0..<batch.inputs, masks: &maskSpan, columns: &columnSpan)
    }
    for columnBlock in columnBlocks(hidden: errors.hidden) {
      let slice = errors.slice(columnBlock)
      rows.changePart(columnBlock, step) { weights, first, second in
        hiddenBackward(
          columnBlock, step: step,
          HiddenGradientInputs(masks: masks.span, columns: columns.span, errors: slice.span),
          weights: &weights, first: &first, second: &second)
      }
    }
  }

  private func expectSame(
    hidden: Int, samples: Int, inputs: Int, share: Float, _ step: UpdateStep
  ) {
    let batch = FeatureBatch(samples: samples, inputs: inputs, share: share, seed: 81)
    let errors = Rows(count: samples, hidden: hidden, range: 0.1, seed: 82)
    let before = WeightRows(count: inputs, hidden: hidden, seed: 83)
    var expected = before
    twin(batch, errors, step, &expected)
    var actual = before
    kernel(batch, errors, step, &actual)
    #expect(actual.bits == expected.bits)
    if share > 0 { #expect(actual.bits != before.bits) }
  }

  @Test("a mask that names a sample that there is not is refused", arguments: [2, 3, 63])
  func strayMask(bit: Int) async {
    let result = await #expect(processExitsWith: bit < 3 ? .success : .failure) {
      [bit = bit as Int] in
      let errors = [Vector](repeating: Vector(repeating: 1), count: 3)
      let (masks, columns) = ([UInt64(1) << UInt64(bit)], [UInt8](repeating: 1, count: 64))
      var (weights, none) = ([Vector()], [Vector]())
      var other = none
      var span = weights.mutableSpan
      var first = none.mutableSpan
      var second = other.mutableSpan
      hiddenBackward(
        ColumnBlock(startingAt: 0, of: 1), step: .gradientDescent(rate: 0.1),
        HiddenGradientInputs(masks: masks.span, columns: columns.span, errors: errors.span),
        weights: &span, first: &first, second: &second)
    }
    #expect(result != nil)
  }

  @Test(
    "weights and moments are the scalar twin's to the bit for every division into column blocks",
    arguments: hiddenSizes)
  func everyDivision(hidden: Int) {
    for step in everyStep {
      expectSame(hidden: hidden, samples: 3, inputs: 9, share: 0.4, step)
    }
  }

  @Test(
    "weights and moments are the scalar twin's to the bit for every size of batch",
    arguments: batchSizes)
  func everyBatchSize(samples: Int) {
    for step in everyStep {
      // Column blocks of 8, 4, 2 and 1.
      expectSame(hidden: 240, samples: samples, inputs: 6, share: 0.3, step)
    }
  }

  @Test("inputs that no sample has, and inputs that all have", arguments: [Float(0), 1])
  func emptyAndFullLists(share: Float) {
    for step in everyStep {
      expectSame(hidden: 112, samples: 65, inputs: 5, share: share, step)
    }
  }

  @Test("without gradient, momentum still moves a weight and decay still shrinks it")
  func rowsWithoutGradient() {
    let batch = FeatureBatch(samples: 2, inputs: 1, share: 0, seed: 84)
    let errors = Rows(count: 2, hidden: 16, range: 1, seed: 85)
    for step in everyStep {
      var rows = WeightRows(count: 1, hidden: 16, seed: 86)
      let before = rows.bits
      kernel(batch, errors, step, &rows)
      #expect((rows.bits == before) == (step.moments == 0))
    }
  }
}
