import Network
import SIMDMath

/// A batch of random features, as dense rows and as the lists that kernels take.
struct FeatureBatch {
  let samples: Int
  let inputs: Int
  /// [sample][input].
  let features: [UInt8]
  var lists: [ActiveFeature] = []
  var starts: [Int] = []
  var counts: [Int32] = []

  /// Hands out the lists as kernels take them.
  func withActiveLists(_ body: (ActiveLists) -> Void) {
    body(ActiveLists(entries: lists.span, starts: starts.span, counts: counts.span))
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
        ActiveFeature(index: UInt16($0), value: UInt16(features[sample * inputs + $0]))
      }
      // Behind a sample's entries stands what earlier batches left.
      let left = ActiveFeature(index: 3, value: 200)
      lists += [ActiveFeature](repeating: left, count: inputs - row.count)
    }
  }

  /// A feature as the network reads it.
  func x(_ sample: Int, _ input: Int) -> Float {
    Float(features[sample * inputs + input]) * (1 / 255)
  }
}

/// Rows of `hidden` numbers, and their division into panels.
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

  /// The part of every row that belongs to a panel: [row][width] vectors.
  func part(_ panel: Panel) -> [Vector] {
    let columns = panel.start * 16..<(panel.start + panel.width) * 16
    return vectors((0..<count).flatMap { row in columns.map { values[row * hidden + $0] } })
  }

  /// Puts a panel's part back.
  mutating func setPart(_ panel: Panel, _ part: [Vector]) {
    let numbers = lanes(part)
    let width = panel.width * 16
    for row in 0..<count {
      for i in 0..<width {
        values[row * hidden + panel.start * 16 + i] = numbers[row * width + i]
      }
    }
  }

  /// Panel after panel, as activations are stored for `capacity` rows.
  func panelByPanel(capacity: Int) -> [Vector] {
    panels(hidden: hidden).flatMap { panel in
      part(panel)
        + [Vector](repeating: Vector(repeating: 1e9), count: (capacity - count) * panel.width)
    }
  }
}
