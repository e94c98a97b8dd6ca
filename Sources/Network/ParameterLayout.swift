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

  /// For `inputs` inputs and `hidden` units, a multiple of 16.
  public init(inputs: Int, hidden: Int) {
    precondition(inputs > 0 && hidden > 0 && hidden % 16 == 0)
    self.inputs = inputs
    vectors = hidden / 16
  }

  /// Vectors in all.
  public var total: Int { inputs * vectors + vectors + 10 * vectors + 1 }

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
      let panel = Panel(startingAt: vector, of: vectors)
      body(panel)
      vector += panel.width
    }
  }
}
