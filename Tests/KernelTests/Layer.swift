import Network
import SIMDMath

/// A batch of random features, as dense rows and as the lists that kernels take.
struct FeatureBatch {
  let samples: Int
  let inputs: Int
  /// [sample][input].
  let features: [UInt8]
  var lists: [NonzeroFeature] = []
  var starts: [Int] = []
  var counts: [Int32] = []

  /// Hands out the lists as kernels take them.
  func withNonzeroLists(_ body: (NonzeroLists) -> Void) {
    body(NonzeroLists(entries: lists.span, starts: starts.span, counts: counts.span))
  }

  /// - Parameter share: of the features that are not zero; 0 gives empty lists, 1 full ones.
  init(samples: Int, inputs: Int, share: Float, seed: UInt64) {
    var random = Random(seed: seed)
    self.samples = samples
    self.inputs = inputs
    features = (0..<samples * inputs).map { _ in
      random.uniform() < share ? UInt8(1 + random.below(255)) : 0
    }
    for sample in 0..<samples {
      let row = (0..<inputs).filter { features[sample * inputs + $0] != 0 }
      starts.append(lists.count)
      counts.append(Int32(row.count))
      lists += row.map {
        NonzeroFeature(index: UInt16($0), value: UInt16(features[sample * inputs + $0]))
      }
      // Behind a sample's entries stands what earlier batches left.
      let left = NonzeroFeature(index: 3, value: 200)
      lists += [NonzeroFeature](repeating: left, count: inputs - row.count)
    }
  }

  /// A feature as the network reads it.
  func x(_ sample: Int, _ input: Int) -> Float {
    Float(features[sample * inputs + input]) * (1 / 255)
  }
}

/// Rows of `hidden` numbers, and their division into column blocks.
struct Rows: Equatable {
  let hidden: Int
  /// [row][hidden].
  var values: [Float]

  var count: Int { values.count / hidden }

  /// Random numbers of ±`range`.
  init(count: Int, hidden: Int, range: Float, seed: UInt64) {
    var random = Random(seed: seed)
    self.hidden = hidden
    values = (0..<count * hidden).map { _ in random.symmetric() * range }
  }

  init(count: Int, hidden: Int) {
    self.hidden = hidden
    values = [Float](repeating: 0, count: count * hidden)
  }

  /// The slice of every row that belongs to a column block: [row][width] vectors.
  func slice(_ columnBlock: ColumnBlock) -> [Vector] {
    let columns = columnBlock.start * 16..<(columnBlock.start + columnBlock.width) * 16
    return vectors((0..<count).flatMap { row in columns.map { values[row * hidden + $0] } })
  }

  /// Puts a column block's slice back.
  mutating func setSlice(_ columnBlock: ColumnBlock, _ slice: [Vector]) {
    let numbers = lanes(slice)
    let width = columnBlock.width * 16
    for row in 0..<count {
      for i in 0..<width {
        values[row * hidden + columnBlock.start * 16 + i] = numbers[row * width + i]
      }
    }
  }

  /// Column block after column block, as activations are stored for `capacity` rows.
  func blockByBlock(capacity: Int) -> [Vector] {
    columnBlocks(hidden: hidden).flatMap { columnBlock in
      slice(columnBlock)
        + [Vector](repeating: Vector(repeating: 1e9), count: (capacity - count) * columnBlock.width)
    }
  }
}
