import Int8Runtime
import Network
import SIMDMath

/// Samples of fixed random inputs, of which a fifth is not zero, as lists.
struct Samples {
  let count: Int
  private(set) var entries: [NonzeroFeature] = []
  private(set) var starts: [Int] = []
  private(set) var counts: [Int32] = []

  init(_ count: Int, inputs: Int) {
    self.count = count
    var random = Random(seed: 21, index: UInt64(count))
    for _ in 0..<count {
      starts.append(entries.count)
      for input in 0..<inputs where random.below(5) == 0 {
        entries.append(
          NonzeroFeature(index: UInt16(input), value: UInt16(1 + random.below(255))))
      }
      counts.append(Int32(entries.count - starts[starts.count - 1]))
    }
  }

  /// Hands out the lists as kernels take them.
  func withLists(_ body: (NonzeroLists) -> Void) {
    body(NonzeroLists(entries: entries.span, starts: starts.span, counts: counts.span))
  }
}

/// Rows of a number for each hidden unit, as [row][vector], and their slices by column block. How units are divided
/// into column blocks depends on the processor; rows do not.
struct Rows {
  let vectors: Int
  var values: [Vector]

  /// Rows of numbers in -range ..< range.
  init(_ count: Int, units: Int, range: Float, _ random: inout Random) {
    vectors = units / 16
    values = random.vectors(count * vectors, range: range)
  }

  /// Rows of zeros.
  init(_ count: Int, units: Int) {
    vectors = units / 16
    values = [Vector](repeating: Vector(), count: count * vectors)
  }

  /// The column blocks that these units are divided into.
  var columnBlocks: [ColumnBlock] {
    var columnBlocks: [ColumnBlock] = []
    var start = 0
    while start < vectors {
      let columnBlock = ColumnBlock(startingAt: start, of: vectors)
      columnBlocks.append(columnBlock)
      start += columnBlock.width
    }
    return columnBlocks
  }

  /// A column block's slice of every row: [row][width].
  func slice(_ columnBlock: ColumnBlock) -> [Vector] {
    var part: [Vector] = []
    for row in 0..<values.count / vectors {
      for i in 0..<columnBlock.width { part.append(values[row * vectors + columnBlock.start + i]) }
    }
    return part
  }

  /// Puts a column block's part back.
  mutating func setSlice(_ columnBlock: ColumnBlock, _ part: [Vector]) {
    for i in part.indices {
      let (row, column) = i.quotientAndRemainder(dividingBy: columnBlock.width)
      values[row * vectors + columnBlock.start + column] = part[i]
    }
  }

  /// All parts, one after the other.
  var blockByBlock: [Vector] {
    var all: [Vector] = []
    for columnBlock in columnBlocks { all += slice(columnBlock) }
    return all
  }
}

/// What a rule changes: weights and its moments.
struct Parameters {
  var weights: Rows
  var first: Rows
  var second: Rows

  /// Random ones. Moments are small enough here and there to run into subnormal numbers; those of squares
  /// are not negative.
  init(_ count: Int, units: Int, _ random: inout Random) {
    weights = Rows(count, units: units, range: 0.1, &random)
    first = Rows(count, units: units, range: 0.01, &random)
    second = Rows(count, units: units, range: 0.01, &random)
    for i in first.values.indices {
      if i % 7 == 0 { first.values[i] *= 1e-36 }
      second.values[i] *= second.values[i]
      if i % 5 == 0 { second.values[i] *= 1e-34 }
    }
  }

  /// Changes a column block's slice: weights and as many moments as the rule keeps.
  mutating func update(
    _ columnBlock: ColumnBlock, by step: UpdateStep,
    _ body: (
      inout MutableSpan<Vector>, inout MutableSpan<Vector>, inout MutableSpan<Vector>
    ) -> Void
  ) {
    var weightPart = weights.slice(columnBlock)
    var firstPart = first.slice(columnBlock)
    var secondPart = second.slice(columnBlock)
    let count = weightPart.count
    var weightSpan = weightPart.mutableSpan
    var wholeFirst = firstPart.mutableSpan
    var wholeSecond = secondPart.mutableSpan
    // None where the rule keeps none. (Of an array without elements there is no span of vectors in Embedded
    // Swift: its address is a multiple of eight only.)
    var firstSpan = wholeFirst._mutatingExtracting(first: step.moments > 0 ? count : 0)
    var secondSpan = wholeSecond._mutatingExtracting(first: step.moments > 1 ? count : 0)
    body(&weightSpan, &firstSpan, &secondSpan)
    weights.setSlice(columnBlock, weightPart)
    first.setSlice(columnBlock, firstPart)
    second.setSlice(columnBlock, secondPart)
  }
}

extension Digest {
  mutating func add(_ parameters: Parameters) {
    add(parameters.weights.values)
    add(parameters.first.values)
    add(parameters.second.values)
  }
}

extension UpdateStep {
  /// A step of each rule as training takes them.
  static let plain = UpdateStep.gradientDescent(rate: 0.1)
  static let withMomentum = UpdateStep.momentum(rate: 0.05, momentum: 0.9)
  static let adam = UpdateStep.adamW(
    rate: 0.003, decay: 0.01, beta1: 0.9, beta2: 0.99, power1: 0.729, power2: 0.970_299)
}
