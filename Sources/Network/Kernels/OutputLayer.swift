// The output layer's weights stand class by class: [K][vectors], a row for each class. Hidden activations and
// errors come column block by column block, each [capacity][width] vectors, `capacity` samples long. What there
// is of each class stands in whole vectors: lane k of vector i is class 16 i + k.

import SIMDMath

/// V and c.
package struct OutputWeights: ~Escapable {
  /// V, [K][vectors].
  let weights: Span<Vector>
  /// c, K lanes.
  let bias: Span<Vector>
  /// K.
  let classes: Int
  /// Sixteenths of the hidden units.
  var vectors: Int { weights.count / classes }

  /// - Precondition: `weights` are whole rows, and `bias` has a lane for each class.
  @_lifetime(copy weights, copy bias)
  package init(weights: Span<Vector>, bias: Span<Vector>, classes: Int) {
    precondition(classes > 0 && weights.count % classes == 0)
    precondition(bias.count == classVectors(classes))
    self.weights = weights
    self.bias = bias
    self.classes = classes
  }
}

/// Z of a batch, column block after column block.
package struct HiddenActivations: ~Escapable {
  /// [capacity][width] vectors for each column block.
  let values: Span<Vector>
  /// How many samples there is room for.
  let capacity: Int
  /// The most vectors of a column block.
  let widest: Int

  /// - Parameters:
  ///   - values: [capacity][width] vectors for each column block.
  ///   - capacity: how many samples there is room for.
  ///   - widest: the most vectors of a column block.
  @_lifetime(copy values)
  package init(_ values: Span<Vector>, capacity: Int, widest: Int = ColumnBlock.widest) {
    self.values = values
    self.capacity = capacity
    self.widest = widest
  }
}

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

  /// - Parameter index: the class, 0 ..< K.
  @_lifetime(copy errors)
  package init(_ index: Int, of errors: OutputErrors) {
    precondition(index >= 0 && index < errors.classes)
    values = errors.values
    samples = errors.samples
    lanes = errors.lanes
    self.index = index
  }
}

/// The logits of a few samples: class k's is `bias[k] + Σₕ z[s][h] · weights[k][h]`.
///
/// Each class is summed in sixteen lanes over the vectors in rising order; then the lanes are added
/// pairwise.
///
/// - Parameters:
///   - layer: V and c.
///   - z: Z.
///   - samples: which samples, within 0 ..< `z.capacity`.
///   - logits: [samples][vectors], Z V + c; lanes of no class are those of the bias.
package func outputForward(
  _ layer: OutputWeights, _ z: HiddenActivations, samples: Range<Int>,
  logits: inout MutableSpan<Vector>
) {
  let vectors = layer.vectors
  let groups = layer.bias.count
  precondition(z.values.count == z.capacity * vectors)
  precondition(samples.lowerBound >= 0 && samples.upperBound <= z.capacity)
  precondition(logits.count == samples.count * groups)
  for sample in samples {
    for group in 0..<groups {
      var sums = InlineArray<16, Vector>(repeating: Vector())
      var vector = 0
      while vector < vectors {
        let columnBlock = ColumnBlock(startingAt: vector, of: vectors, widest: z.widest)
        let start = columnBlock.start &* z.capacity &+ sample &* columnBlock.width
        // In bounds: the column block's slice of the activations has `capacity` samples, of which this is one.
        let own = unsafe z.values.extracting(unchecked: start..<start &+ columnBlock.width)
        addClasses(own, layer, group, vector, &sums)
        vector += columnBlock.width
      }
      logits[(sample - samples.lowerBound) * groups + group] = laneSums(sums) + layer.bias[group]
    }
  }
}

/// Adds what a column block gives for the sums of sixteen classes, or of as many as are left.
@inline(__always)
private func addClasses(
  _ z: Span<Vector>, _ layer: OutputWeights, _ group: Int, _ vector: Int,
  _ sums: inout InlineArray<16, Vector>
) {
  let count = min(16, layer.classes &- 16 &* group)
  let whole = count / KernelShape.classesAtOnce * KernelShape.classesAtOnce
  let rows = ClassRows(
    weights: layer.weights, start: 16 &* group &* layer.vectors &+ vector, stride: layer.vectors)
  switch KernelShape.classesAtOnce {
  case 10: ClassBlock<10>.addClasses(0..<whole, z, rows, &sums)
  case 5: ClassBlock<5>.addClasses(0..<whole, z, rows, &sums)
  default: ClassBlock<2>.addClasses(0..<whole, z, rows, &sums)
  }
  if whole < count { ClassBlock<1>.addClasses(whole..<count, z, rows, &sums) }
}

/// Where the weights of a column block's units stand for sixteen classes.
struct ClassRows: ~Escapable {
  let weights: Span<Vector>
  let start: Int
  let stride: Int

  @_lifetime(copy weights)
  init(weights: Span<Vector>, start: Int, stride: Int) {
    self.weights = weights
    self.start = start
    self.stride = stride
  }
}

/// As many classes as have their sums in registers at once.
enum ClassBlock<let classes: Int> {
  /// Adds to the sums of classes, a multiple of `classes` of them. The caller has checked every size.
  @inline(never)
  static func addClasses(
    _ range: Range<Int>, _ z: Span<Vector>, _ rows: ClassRows,
    _ sums: inout InlineArray<16, Vector>
  ) {
    for first in stride(from: range.lowerBound, to: range.upperBound, by: classes) {
      var block = InlineArray<classes, Vector>(repeating: Vector())
      for k in 0..<classes { block[k] = sums[first &+ k] }
      for i in 0..<z.count {
        let activation = unsafe z[unchecked: i]
        let offset = rows.start &+ first &* rows.stride &+ i
        for k in 0..<classes {
          block[k] = block[k].addingProduct(
            activation, unsafe rows.weights[unchecked: offset &+ k &* rows.stride])
        }
      }
      for k in 0..<classes { sums[first &+ k] = block[k] }
    }
  }
}

/// Lane k of the result is the pairwise sum of the lanes of vector k.
@inlinable @inline(__always)
func laneSums(_ rows: InlineArray<16, Vector>) -> Vector {
  var level = rows
  var count = 8
  while count > 0 {
    for i in 0..<count {
      let a = level[2 &* i]
      let b = level[2 &* i &+ 1]
      level[i] = Vector(lowHalf: a.evenHalf + a.oddHalf, highHalf: b.evenHalf + b.oddHalf)
    }
    count /= 2
  }
  return level[0]
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
  activation: Activation, activations: Span<Vector>, errors: inout MutableSpan<Vector>
) {
  precondition(columnBlock.start + columnBlock.width <= layer.vectors)
  precondition(layer.classes == outputErrors.classes)
  precondition(
    activations.count == outputErrors.samples * columnBlock.width
      && errors.count == activations.count)
  switch columnBlock.width {
  case 8 where KernelShape.blockVectors == 8:
    RegisterBlock<8>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  case 4 where KernelShape.blockVectors >= 4:
    RegisterBlock<4>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  case 2: RegisterBlock<2>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
  default: RegisterBlock<1>.sumClasses(columnBlock.start, outputErrors, layer, &errors)
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
  switch width {
  case 8 where KernelShape.blockVectors == 8:
    RegisterBlock<8>.sum(errors, activations, &gradient)
  case 4 where KernelShape.blockVectors >= 4:
    RegisterBlock<4>.sum(errors, activations, &gradient)
  case 2: RegisterBlock<2>.sum(errors, activations, &gradient)
  case 1: RegisterBlock<1>.sum(errors, activations, &gradient)
  default: preconditionFailure("a column block has a width that there is")
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

/// The step for at most eight vectors of weights.
private func updateRow(
  _ step: UpdateStep, _ gradient: InlineArray<8, Vector>, _ weights: inout MutableSpan<Vector>,
  _ first: inout MutableSpan<Vector>, _ second: inout MutableSpan<Vector>
) {
  for i in 0..<weights.count {
    let one = InlineArray<1, Vector>(repeating: gradient[i])
    switch step {
    case .gradientDescent(let rate):
      RegisterBlock<1>.update(GradientDescent(rate: rate), i, one, &weights, &first, &second)
    case .momentum(let rate, let momentum):
      RegisterBlock<1>.update(
        Momentum(rate: rate, momentum: momentum), i, one, &weights, &first, &second)
    case .adamW(let rate, let decay, let beta1, let beta2, let power1, let power2):
      let rule = AdamW(
        rate: rate, decay: decay, beta1: beta1, beta2: beta2, power1: power1, power2: power2)
      RegisterBlock<1>.update(rule, i, one, &weights, &first, &second)
    }
  }
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
