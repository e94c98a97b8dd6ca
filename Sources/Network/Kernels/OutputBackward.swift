import SIMDMath

/// δ of a few samples: ∂loss/∂logit.
package struct OutputErrors: ~Escapable {
  /// [samples][lanes].
  let values: Span<Float>
  /// K.
  let classes: Int
  /// Lanes of a sample: whole vectors.
  var lanes: Int { 16 &* classVectors(classes) }
  /// Samples.
  var samples: Int { values.count / lanes }

  /// - Parameters:
  ///   - values: [samples][lanes], whole vectors for each sample, of which `classes` lanes are read.
  ///   - classes: K.
  @_lifetime(copy values)
  package init(_ values: Span<Float>, classes: Int) {
    precondition(classes > 0 && values.count % (16 * classVectors(classes)) == 0)
    self.values = values
    self.classes = classes
  }
}

/// One class's column of δ.
package struct ClassErrors: ~Escapable {
  /// [samples][lanes].
  let values: Span<Float>
  let samples: Int
  let lanes: Int
  /// Which of the lanes: the class.
  let index: Int

  /// - Parameters:
  ///   - index: the class, 0 ..< K.
  ///   - errors: δ.
  @_lifetime(copy errors)
  package init(_ index: Int, of errors: OutputErrors) {
    precondition(index >= 0 && index < errors.classes)
    values = errors.values
    samples = errors.samples
    lanes = errors.lanes
    self.index = index
  }
}

/// The errors of a column block's hidden units: `errors[s] = (Σₖ δ[s][k] · V[k]) · f′(z[s])`, k rising.
///
/// - Parameters:
///   - columnBlock: the hidden units.
///   - outputErrors: δ.
///   - layer: V.
///   - activation: f.
///   - activations: z, [samples][width] vectors.
///   - errors: [samples][width] vectors, ∂loss/∂(X W + b).
package func hiddenErrors(
  _ columnBlock: ColumnBlock, outputErrors: OutputErrors, layer: OutputWeights,
  activation: ActivationFunction, activations: Span<Vector>, errors: inout MutableSpan<Vector>
) {
  precondition(columnBlock.start + columnBlock.width <= layer.vectors)
  precondition(layer.classes == outputErrors.classes)
  precondition(
    activations.count == outputErrors.samples * columnBlock.width
      && errors.count == activations.count)
  switch KernelWidth(columnBlock.width) {
  case .eight: RegisterBlock<8>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  case .four: RegisterBlock<4>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  case .two: RegisterBlock<2>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  case .one: RegisterBlock<1>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  }
  for offset in 0..<errors.count {
    errors[offset] = errors[offset] * activation.slope(ofValue: activations[offset])
  }
}

/// One step of a column block's slice of one class's output weights: `g = Σₛ δ[s][k] · z[s]`, s rising.
///
/// - Parameters:
///   - step: the optimizer's rule and its numbers.
///   - errors: column k of δ.
///   - activations: z, [samples][width] vectors.
///   - weights: [width] vectors, the column block's slice of row k of V.
///   - first: the rule's first moment, as many vectors as the weights, or none where it keeps none.
///   - second: the rule's second moment, likewise.
package func outputBackward(
  step: UpdateStep, errors: ClassErrors, activations: Span<Vector>,
  weights: inout MutableSpan<Vector>, first: inout MutableSpan<Vector>,
  second: inout MutableSpan<Vector>
) {
  let samples = errors.samples
  let width = weights.count
  precondition(activations.count == samples * width)
  checkMoments(step, width, weights.count, first.count, second.count)
  var gradient = InlineArray<8, Vector>(repeating: Vector())
  switch KernelWidth(width) {
  case .eight: RegisterBlock<8>.sum(errors, activations, &gradient)
  case .four: RegisterBlock<4>.sum(errors, activations, &gradient)
  case .two: RegisterBlock<2>.sum(errors, activations, &gradient)
  case .one: RegisterBlock<1>.sum(errors, activations, &gradient)
  }
  updateRow(step, gradient, &weights, &first, &second)
}

/// One step of biases: `g = Σₛ errors[s]`, s rising.
///
/// - Parameters:
///   - step: the optimizer's rule and its numbers.
///   - errors: [samples][count] vectors, ∂loss/∂sum.
///   - biases: [count] vectors, at most eight.
///   - first: the rule's first moment, as many vectors as the biases, or none where it keeps none.
///   - second: the rule's second moment, likewise.
package func biasBackward(
  step: UpdateStep, errors: Span<Vector>, biases: inout MutableSpan<Vector>,
  first: inout MutableSpan<Vector>, second: inout MutableSpan<Vector>
) {
  let count = biases.count
  checkMoments(step, count, biases.count, first.count, second.count)
  precondition(count <= 8)
  var gradient = InlineArray<8, Vector>(repeating: Vector())
  for i in 0..<count {
    for offset in stride(from: i, to: errors.count, by: count) {
      gradient[i] = gradient[i] + errors[offset]
    }
  }
  updateRow(step, gradient, &biases, &first, &second)
}

/// That there are as many weights as wanted, and as many moments as the rule reads.
func checkMoments(
  _ step: UpdateStep, _ wanted: Int, _ weights: Int, _ first: Int, _ second: Int
) {
  precondition(weights == wanted)
  precondition((step.moments < 1 || first == wanted) && (step.moments < 2 || second == wanted))
}

extension RegisterBlock {
  /// `Σₖ δ[s][k] · V[k]` of the vectors from `start`, k rising. The caller has checked every size.
  @inline(never)
  static func sumClasses(
    _ start: Int, _ outputErrors: OutputErrors, _ layer: OutputWeights,
    _ errors: inout MutableSpan<Vector>
  ) {
    let (vectors, lanes, classes) = (layer.vectors, outputErrors.lanes, layer.classes)
    let (deltas, weights) = (outputErrors.values, layer.weights)
    for sample in 0..<outputErrors.samples {
      var sums = InlineArray<width, Vector>(repeating: Vector())
      for k in 0..<classes {
        let error = Vector(repeating: unsafe deltas[unchecked: sample &* lanes &+ k])
        let row = k &* vectors &+ start
        for i in 0..<width {
          sums[i] = sums[i].addingProduct(error, unsafe weights[unchecked: row &+ i])
        }
      }
      for i in 0..<width { unsafe errors[unchecked: sample &* width &+ i] = sums[i] }
    }
  }

  /// `Σₛ δ[s] · z[s]`. The caller has checked every size.
  @inline(never)
  static func sum(
    _ errors: ClassErrors, _ activations: Span<Vector>, _ result: inout InlineArray<8, Vector>
  ) {
    let deltas = errors.values
    var gradient = InlineArray<width, Vector>(repeating: Vector())
    for sample in 0..<errors.samples {
      let error = Vector(
        repeating: unsafe deltas[unchecked: sample &* errors.lanes &+ errors.index])
      for i in 0..<width {
        gradient[i] = gradient[i].addingProduct(
          error, unsafe activations[unchecked: sample &* width &+ i])
      }
    }
    for i in 0..<width { result[i] = gradient[i] }
  }
}
