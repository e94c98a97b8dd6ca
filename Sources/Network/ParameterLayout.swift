import SIMDMath

/// Where weights and biases stand in one array of vectors.
///
/// First the hidden weights W, [inputs][vectors] where parameters are kept, and column block by column block, each
/// [inputs][width], where they are trained; then the hidden biases; then the output weights V, [K][vectors];
/// then the output biases, K lanes in whole vectors.
package struct ParameterLayout: Sendable, Equatable {
  /// Inputs of the network.
  package let inputs: Int
  /// Sixteenths of the hidden units.
  package let vectors: Int
  /// K.
  package let classes: Int
  /// The most vectors of a column block, or nil where parameters are kept: there, rows are whole.
  private let widestColumnBlock: Int?

  /// For `inputs` inputs, `hidden` units, a multiple of 16, and `classes` classes, as parameters are kept: the same on every
  /// processor.
  package init(inputs: Int, hidden: Int, classes: Int) {
    self.init(inputs: inputs, hidden: hidden, classes: classes, widestColumnBlock: nil)
  }

  /// As the kernels read them.
  ///
  /// - Parameters:
  ///   - inputs: I, above 0.
  ///   - hidden: H, a multiple of 16.
  ///   - classes: K, 2 ... 64.
  ///   - workers: of a team that shares the column blocks out, at least 1.
  init(inputs: Int, hidden: Int, classes: Int, workers: Int) {
    precondition(workers > 0)
    var widest = ColumnBlock.widest
    while workers > 1 && widest > 1 && widest * workers > hidden / 16 { widest /= 2 }
    self.init(inputs: inputs, hidden: hidden, classes: classes, widestColumnBlock: widest)
  }

  private init(inputs: Int, hidden: Int, classes: Int, widestColumnBlock: Int?) {
    precondition(inputs > 0 && hidden > 0 && hidden % 16 == 0)
    precondition(classes > 1 && classes <= ClassValues.most)
    self.classes = classes
    self.inputs = inputs
    vectors = hidden / 16
    self.widestColumnBlock = widestColumnBlock
  }

  /// The most vectors of a column block: ``ColumnBlock/widest`` unless there would be fewer of them than workers.
  var widest: Int { widestColumnBlock ?? vectors }

  /// Vectors in all.
  package var total: Int { outputWeights.upperBound + classVectors(classes) }

  /// Where the weights from an input to a vector of units stand.
  package func hiddenWeights(input: Int, vector: Int) -> Int {
    if widestColumnBlock == nil { return input * vectors + vector }
    // Column blocks before the one the vector is in are all of the widest width.
    var columnBlock = ColumnBlock(startingAt: vector / widest * widest, of: vectors, widest: widest)
    while vector >= columnBlock.start + columnBlock.width {
      columnBlock = ColumnBlock(
        startingAt: columnBlock.start + columnBlock.width, of: vectors, widest: widest)
    }
    return hiddenWeights(columnBlock, inputs: input..<input + 1).lowerBound + vector
      - columnBlock.start
  }

  /// A column block's hidden weights for a range of inputs.
  func hiddenWeights(_ columnBlock: ColumnBlock, inputs range: Range<Int>) -> Range<Int> {
    let start = inputs * columnBlock.start
    return start + range.lowerBound * columnBlock.width..<start + range.upperBound
      * columnBlock.width
  }

  /// All hidden biases.
  package var hiddenBiases: Range<Int> { inputs * vectors..<(inputs + 1) * vectors }

  /// A column block's hidden biases.
  func hiddenBias(_ columnBlock: ColumnBlock) -> Range<Int> {
    let start = inputs * vectors + columnBlock.start
    return start..<start + columnBlock.width
  }

  /// All output weights.
  package var outputWeights: Range<Int> {
    let start = (inputs + 1) * vectors
    return start..<start + classes * vectors
  }

  /// A column block's slice of a class's output weights.
  package func outputWeights(_ columnBlock: ColumnBlock, class index: Int) -> Range<Int> {
    let start = outputWeights.lowerBound + index * vectors + columnBlock.start
    return start..<start + columnBlock.width
  }

  /// The output biases.
  package var outputBias: Range<Int> { outputWeights.upperBound..<total }

  /// The hidden layer's column blocks, from the first vector to the last.
  func forEachColumnBlock(_ body: (ColumnBlock) -> Void) {
    var vector = 0
    while vector < vectors {
      let columnBlock = ColumnBlock(startingAt: vector, of: vectors, widest: widest)
      body(columnBlock)
      vector += columnBlock.width
    }
  }

  /// How many column blocks there are.
  var columnBlocks: Int {
    var count = 0
    forEachColumnBlock { _ in count += 1 }
    return count
  }

  /// Values in this order, of as many inputs and units in another layout's order.
  func rearranged(_ values: [Vector], from other: ParameterLayout) -> [Vector] {
    precondition(
      values.count == total && other.inputs == inputs && other.vectors == vectors
        && other.classes == classes)
    // Only the hidden weights stand column block by column block.
    var result = values
    for input in 0..<inputs {
      for vector in 0..<vectors {
        result[hiddenWeights(input: input, vector: vector)] =
          values[other.hiddenWeights(input: input, vector: vector)]
      }
    }
    return result
  }
}
