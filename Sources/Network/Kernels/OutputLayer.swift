// The output layer's weights stand class by class: [10][vectors], a row for each digit. Hidden
// activations and errors come column block by column block, each [capacity][width] vectors, `capacity` samples long.

import SIMDMath

/// The logits of a few samples: lane k is `bias[k] + Σₕ z[s][h] · weights[k][h]`.
///
/// Each class is summed in sixteen lanes over the vectors in rising order; then the lanes are added
/// pairwise.
///
/// - Parameters:
///   - activations: Z, all column blocks one after the other, [capacity][width] vectors each.
///   - capacity: how many samples there is room for.
///   - widest: the most vectors of a column block.
///   - samples: which samples, within 0 ..< `capacity`.
///   - weights: [10][vectors], V.
///   - bias: c in lanes 0 ... 9.
///   - logits: one vector for each of `samples`, Z V + c; lanes 10 ... 15 are those of the bias.
package func outputForward(
  activations: Span<Vector>, capacity: Int, widest: Int = ColumnBlock.widest, samples: Range<Int>,
  weights: Span<Vector>, bias: Vector, logits: inout MutableSpan<Vector>
) {
  let vectors = weights.count / 10
  precondition(weights.count == vectors * 10 && activations.count == capacity * vectors)
  precondition(samples.lowerBound >= 0 && samples.upperBound <= capacity)
  precondition(logits.count == samples.count)
  for sample in samples {
    var sums = InlineArray<16, Vector>(repeating: Vector())
    var vector = 0
    while vector < vectors {
      let columnBlock = ColumnBlock(startingAt: vector, of: vectors, widest: widest)
      let start = columnBlock.start &* capacity &+ sample &* columnBlock.width
      // In bounds: the column block's part of the activations has `capacity` samples, of which this is one.
      let z = unsafe activations.extracting(unchecked: start..<start &+ columnBlock.width)
      addClasses(z, weights, vector, vectors, &sums)
      vector += columnBlock.width
    }
    logits[sample - samples.lowerBound] = laneSums(sums) + bias
  }
}

/// Adds a column block's part of every class's sum.
@inline(__always)
private func addClasses(
  _ z: Span<Vector>, _ weights: Span<Vector>, _ vector: Int, _ vectors: Int,
  _ sums: inout InlineArray<16, Vector>
) {
  switch KernelShape.classesAtOnce {
  case 10: ClassBlock<10>.addClasses(z, weights, vector, vectors, &sums)
  case 5: ClassBlock<5>.addClasses(z, weights, vector, vectors, &sums)
  default: ClassBlock<2>.addClasses(z, weights, vector, vectors, &sums)
  }
}

/// As many classes as have their sums in registers at once; ten are a multiple of it.
enum ClassBlock<let classes: Int> {
  /// The caller has checked every size.
  @inline(never)
  static func addClasses(
    _ z: Span<Vector>, _ weights: Span<Vector>, _ vector: Int, _ vectors: Int,
    _ sums: inout InlineArray<16, Vector>
  ) {
    for first in stride(from: 0, to: 10, by: classes) {
      var block = InlineArray<classes, Vector>(repeating: Vector())
      for k in 0..<classes { block[k] = sums[first &+ k] }
      for i in 0..<z.count {
        let activation = unsafe z[unchecked: i]
        let offset = first &* vectors &+ vector &+ i
        for k in 0..<classes {
          block[k] = block[k].addingProduct(
            activation, unsafe weights[unchecked: offset &+ k &* vectors])
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
///   - outputErrors: δ, [samples][16]: ∂loss/∂logit; indices 10 ... 15 are not read.
///   - weights: V, [10][vectors].
///   - activation: f.
///   - activations: z, [samples][width] vectors.
///   - errors: [samples][width] vectors, ∂loss/∂(X W + b).
package func hiddenErrors(
  _ columnBlock: ColumnBlock, outputErrors: Span<Float>, weights: Span<Vector>,
  activation: Activation,
  activations: Span<Vector>, errors: inout MutableSpan<Vector>
) {
  let samples = outputErrors.count / 16
  let vectors = weights.count / 10
  precondition(weights.count == vectors * 10 && columnBlock.start + columnBlock.width <= vectors)
  precondition(
    activations.count == samples * columnBlock.width && errors.count == activations.count)
  switch columnBlock.width {
  case 8 where KernelShape.blockVectors == 8:
    RegisterBlock<8>.sumClasses(columnBlock.start, outputErrors, weights, &errors)
  case 4 where KernelShape.blockVectors >= 4:
    RegisterBlock<4>.sumClasses(columnBlock.start, outputErrors, weights, &errors)
  case 2: RegisterBlock<2>.sumClasses(columnBlock.start, outputErrors, weights, &errors)
  default: RegisterBlock<1>.sumClasses(columnBlock.start, outputErrors, weights, &errors)
  }
  for offset in 0..<errors.count {
    errors[offset] = errors[offset] * activation.slope(ofValue: activations[offset])
  }
}

/// One step of a column block's part of one class's output weights: `g = Σₛ δ[s][k] · z[s]`, s rising.
///
/// - Parameters:
///   - columnBlock: the hidden units whose weights change.
///   - step: the optimizer's rule and its numbers.
///   - digit: k, the class, 0 ... 9.
///   - outputErrors: δ, [samples][16]: ∂loss/∂logit.
///   - activations: z, [samples][width] vectors.
///   - weights: [width] vectors, the column block's part of row k of V.
///   - first: the rule's first moment, as many vectors as the weights, or none where it keeps none.
///   - second: the rule's second moment, likewise.
package func outputBackward(
  _ columnBlock: ColumnBlock, step: UpdateStep, digit: Int, outputErrors: Span<Float>,
  activations: Span<Vector>,
  weights: inout MutableSpan<Vector>, first: inout MutableSpan<Vector>,
  second: inout MutableSpan<Vector>
) {
  let samples = outputErrors.count / 16
  precondition(digit >= 0 && digit < 10 && activations.count == samples * columnBlock.width)
  checkMoments(step, columnBlock.width, weights.count, first.count, second.count)
  var gradient = InlineArray<8, Vector>(repeating: Vector())
  switch columnBlock.width {
  case 8 where KernelShape.blockVectors == 8:
    RegisterBlock<8>.sum(digit, outputErrors, activations, &gradient)
  case 4 where KernelShape.blockVectors >= 4:
    RegisterBlock<4>.sum(digit, outputErrors, activations, &gradient)
  case 2: RegisterBlock<2>.sum(digit, outputErrors, activations, &gradient)
  default: RegisterBlock<1>.sum(digit, outputErrors, activations, &gradient)
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
    _ start: Int, _ outputErrors: Span<Float>, _ weights: Span<Vector>,
    _ errors: inout MutableSpan<Vector>
  ) {
    let vectors = weights.count / 10
    for sample in 0..<outputErrors.count / 16 {
      var sums = InlineArray<width, Vector>(repeating: Vector())
      for digit in 0..<10 {
        let error = Vector(repeating: unsafe outputErrors[unchecked: sample &* 16 &+ digit])
        let row = digit &* vectors &+ start
        for i in 0..<width {
          sums[i] = sums[i].addingProduct(error, unsafe weights[unchecked: row &+ i])
        }
      }
      for i in 0..<width { unsafe errors[unchecked: sample &* width &+ i] = sums[i] }
    }
  }

  /// `Σₛ δ[s][digit] · z[s]`. The caller has checked every size.
  @inline(never)
  static func sum(
    _ digit: Int, _ outputErrors: Span<Float>, _ activations: Span<Vector>,
    _ result: inout InlineArray<8, Vector>
  ) {
    var gradient = InlineArray<width, Vector>(repeating: Vector())
    for sample in 0..<outputErrors.count / 16 {
      let error = Vector(repeating: unsafe outputErrors[unchecked: sample &* 16 &+ digit])
      for i in 0..<width {
        gradient[i] = gradient[i].addingProduct(
          error, unsafe activations[unchecked: sample &* width &+ i])
      }
    }
    for i in 0..<width { result[i] = gradient[i] }
  }
}
