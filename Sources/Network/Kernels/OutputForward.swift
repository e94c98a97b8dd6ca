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
