import Kernels

/// Where weights and biases stand in one array of vectors.
///
/// First the hidden weights W, panel by panel, each [inputs][width]; then the hidden biases; then the
/// output weights V, [10][vectors]; then one vector with the output biases in lanes 0 ... 9.
public struct ParameterLayout: Sendable, Equatable {
  /// Inputs of the network.
  public let inputs: Int
  /// Sixteenths of the hidden units.
  public let vectors: Int
  /// The most vectors of a panel: ``Panel/widest`` but where a team has fewer of them to share out.
  public let widest: Int

  /// For `inputs` inputs and `hidden` units, a multiple of 16.
  ///
  /// - Parameter members: of a team that shares the panels out; one where parameters are kept.
  public init(inputs: Int, hidden: Int, members: Int = 1) {
    precondition(inputs > 0 && hidden > 0 && hidden % 16 == 0 && members > 0)
    self.inputs = inputs
    vectors = hidden / 16
    var widest = Panel.widest
    while widest > 1 && widest * members > hidden / 16 { widest /= 2 }
    self.widest = members == 1 ? Panel.widest : widest
  }

  /// Vectors in all.
  public var total: Int { inputs * vectors + vectors + 10 * vectors + 1 }

  /// Where the weights from an input to a vector of units stand.
  public func hiddenWeights(input: Int, vector: Int) -> Int {
    // Panels before the one the vector is in are all of the widest width.
    var panel = Panel(startingAt: vector / widest * widest, of: vectors, widest: widest)
    while vector >= panel.start + panel.width {
      panel = Panel(startingAt: panel.start + panel.width, of: vectors, widest: widest)
    }
    return hiddenWeights(panel, inputs: input..<input + 1).lowerBound + vector - panel.start
  }

  /// A panel's hidden weights for a range of inputs.
  public func hiddenWeights(_ panel: Panel, inputs range: Range<Int>) -> Range<Int> {
    let start = inputs * panel.start
    return start + range.lowerBound * panel.width..<start + range.upperBound * panel.width
  }

  /// A panel's hidden biases.
  public func hiddenBias(_ panel: Panel) -> Range<Int> {
    let start = inputs * vectors + panel.start
    return start..<start + panel.width
  }

  /// All output weights.
  public var outputWeights: Range<Int> {
    let start = (inputs + 1) * vectors
    return start..<start + 10 * vectors
  }

  /// A panel's part of a class's output weights.
  public func outputWeights(_ panel: Panel, digit: Int) -> Range<Int> {
    let start = outputWeights.lowerBound + digit * vectors + panel.start
    return start..<start + panel.width
  }

  /// The output biases.
  public var outputBias: Range<Int> { total - 1..<total }

  /// The hidden layer's panels, from the first vector to the last.
  public func forEachPanel(_ body: (Panel) -> Void) {
    var vector = 0
    while vector < vectors {
      let panel = Panel(startingAt: vector, of: vectors, widest: widest)
      body(panel)
      vector += panel.width
    }
  }

  /// How many panels there are.
  public var panels: Int {
    var count = 0
    forEachPanel { _ in count += 1 }
    return count
  }

  /// Values in this order, of as many inputs and units in another layout's order.
  func rearranged(_ values: [Vector], from other: ParameterLayout) -> [Vector] {
    precondition(values.count == total && other.inputs == inputs && other.vectors == vectors)
    // Only the hidden weights stand panel by panel.
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
