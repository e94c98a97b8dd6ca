import Int8Runtime
import Network

/// Which of a matrix's two dimensions programs of a kind write first.
enum MatrixConvention: Sendable {
  /// [inputs][outputs], as NumPy and Keras have it.
  case inputsFirst
  /// [outputs][inputs], as PyTorch has it.
  case outputsFirst
}

extension FloatModel {
  /// Finds the two layers among a file's arrays.
  ///
  /// Shapes decide. There are two matrices; one of them has a side that is 784, 196, 144 or 100, which
  /// are the inputs, and its other side, the hidden units, is a side of the second, whose other side are
  /// the classes. Where shapes leave a choice, the first matrix of the file is the hidden layer, and the
  /// format's convention says which side comes first. A vector is the bias of the layer whose name it
  /// shares (`fc1.weight`, `fc1.bias`), or else of the layer of its length, the first vector of the
  /// hidden layer; a layer without a bias has zeros. `mean` and `std`, of all inputs or of each, are
  /// folded into the weights.
  ///
  /// - Throws: what is there instead, by name and shape.
  init(
    _ arrays: [NamedArray], notes: ModelNotes, convention: MatrixConvention
  ) throws(InterchangeError) {
    let scaling = arrays.filter { FloatModel.scalingNames.contains($0.name) }
    let rest = arrays.filter { !FloatModel.scalingNames.contains($0.name) }
    let matrices = rest.filter { $0.shape.count == 2 }
    if let other = rest.first(where: { $0.shape.count != 2 && $0.shape.count != 1 }) {
      throw InterchangeError(
        "has an array \(other.text), \(FloatModel.expectation)", FloatModel.advice)
    }
    guard matrices.count == 2 else {
      let found =
        matrices.isEmpty ? "no matrix" : matrices.prefix(6).map(\.text).joined(separator: ", ")
      throw InterchangeError("has \(found), \(FloatModel.expectation)", FloatModel.advice)
    }
    let roles = try LayerRoles(matrices, convention)
    self.init(inputs: roles.inputs, hidden: roles.hidden, classes: roles.classes, notes: notes)
    hiddenWeights = roles.isHiddenTurned ? roles.first.transposed : roles.first.values
    outputWeights = roles.isOutputTurned ? roles.second.transposed : roles.second.values
    var vectors = rest.filter { $0.shape.count == 1 }
    hiddenBias = FloatModel.takeBias(of: roles.first, count: hidden, &vectors) ?? hiddenBias
    outputBias = FloatModel.takeBias(of: roles.second, count: classes, &vectors) ?? outputBias
    if let other = vectors.first {
      throw InterchangeError(
        "has an array \(other.text), \(FloatModel.expectation)", FloatModel.advice)
    }
    try fold(scaling)
    try check()
  }

  private static let scalingNames = ["mean", "std", "deviation"]
  static let expectation = "not the two layers of a network with one hidden layer"
  static let advice =
    "give one with 784, 196, 144 or 100 inputs, up to 1024 hidden units and 2 to 64 classes"

  /// That all numbers are finite, and that what is said fits the shapes.
  func check() throws(InterchangeError) {
    guard isFinite else {
      throw InterchangeError(
        "has a weight or bias that is not a finite number", "train it with a lower learning rate")
    }
    guard notes.classNames.isEmpty || notes.classNames.count == classes else {
      throw InterchangeError(
        "names \(notes.classNames.count) classes and has \(classes)", "correct its class_names")
    }
    if let side = notes.side, side.multipliedReportingOverflow(by: side) != (inputs, false) {
      throw InterchangeError(
        "says its inputs are \(side) pixels square and has \(inputs)", "correct its side")
    }
  }

  private static func takeBias(
    of matrix: NamedArray, count: Int, _ vectors: inout [NamedArray]
  ) -> [Float]? {
    let ending = matrix.name.lastIndex { $0 == "." || $0 == "/" }
    let prefix = ending.map { matrix.name[...$0] }
    let own = vectors.firstIndex { vector in
      vector.values.count == count && prefix.map { vector.name.hasPrefix($0) } ?? false
    }
    let index = own ?? vectors.firstIndex { $0.values.count == count }
    return index.map { vectors.remove(at: $0).values }
  }

  private mutating func fold(_ scaling: [NamedArray]) throws(InterchangeError) {
    func values(_ names: [String], _ single: Float?, _ standard: Float) throws(InterchangeError)
      -> [Float]
    {
      guard let array = scaling.first(where: { names.contains($0.name) }) else {
        return [Float](repeating: single ?? standard, count: inputs)
      }
      if array.values.count == 1 { return [Float](repeating: array.values[0], count: inputs) }
      guard array.values.count == inputs else {
        throw InterchangeError(
          "has an array \(array.text) for \(inputs) inputs", "give one number, or one an input")
      }
      return array.values
    }
    let mean = try values(["mean"], notes.mean, 0)
    let deviation = try values(["std", "deviation"], notes.deviation, 1)
    guard deviation.allSatisfy({ abs($0) >= 1e-6 }) else {
      throw InterchangeError("has a std of zero", "give inputs that never change a std of 1")
    }
    if mean.contains(where: { $0 != 0 }) || deviation.contains(where: { $0 != 1 }) {
      fold(mean: mean, deviation: deviation)
    }
    notes.mean = nil
    notes.deviation = nil
  }
}

/// Which of two matrices is the hidden layer, and which side of each are the inputs.
private struct LayerRoles {
  var first, second: NamedArray
  /// Whether the hidden layer is [hidden][inputs].
  var isHiddenTurned = false
  /// Whether the output layer is [classes][hidden].
  var isOutputTurned = false
  var inputs = 0, hidden = 0, classes = 0

  init(_ matrices: [NamedArray], _ convention: MatrixConvention) throws(InterchangeError) {
    let isUsuallyTurned = convention == .outputsFirst
    var best: (roles: LayerRoles, agreement: Int)?
    for isExchanged in [false, true] {
      for isHiddenTurned in [false, true] {
        for isOutputTurned in [false, true] {
          var roles = LayerRoles(matrices[isExchanged ? 1 : 0], matrices[isExchanged ? 0 : 1])
          guard roles.fits(isHiddenTurned, isOutputTurned) else { continue }
          var agreement = isExchanged ? 0 : 4
          agreement += isHiddenTurned == isUsuallyTurned ? 2 : 0
          agreement += isOutputTurned == isUsuallyTurned ? 1 : 0
          if agreement > best?.agreement ?? -1 { best = (roles, agreement) }
        }
      }
    }
    guard let best else {
      throw InterchangeError(
        "has \(matrices[0].text) and \(matrices[1].text), \(FloatModel.expectation)",
        FloatModel.advice)
    }
    self = best.roles
  }

  private init(_ first: NamedArray, _ second: NamedArray) {
    (self.first, self.second) = (first, second)
  }

  /// Whether the shapes are those of two layers, read this way.
  private mutating func fits(_ isHiddenTurned: Bool, _ isOutputTurned: Bool) -> Bool {
    self.isHiddenTurned = isHiddenTurned
    self.isOutputTurned = isOutputTurned
    inputs = first.shape[isHiddenTurned ? 1 : 0]
    hidden = first.shape[isHiddenTurned ? 0 : 1]
    classes = second.shape[isOutputTurned ? 0 : 1]
    return FloatModel.inputCounts.contains(inputs) && FloatModel.hiddenCounts.contains(hidden)
      && second.shape[isOutputTurned ? 1 : 0] == hidden
      && ModelShape.classCounts.contains(classes)
  }
}
