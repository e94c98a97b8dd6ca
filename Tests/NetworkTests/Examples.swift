import Network
import SIMDMath
import Synchronization

/// Synthetic digits: a random pattern for each class, and examples that are noisy copies of it.
struct Examples {
  let inputs: Int
  /// [example][inputs].
  var features: [UInt8] = []
  var labels: [UInt8] = []

  /// - Parameter seed: decides the noise; all seeds share their patterns.
  init(count: Int, inputs: Int, seed: UInt64, noise: Float = 0.3) {
    self.inputs = inputs
    var patterns = Random(seed: 1234)
    let classes = (0..<10).map { _ in (0..<inputs).map { _ in patterns.uniform() < 0.3 } }
    var random = Random(seed: seed, stream: 77)
    for _ in 0..<count {
      let label = random.below(10)
      labels.append(UInt8(label))
      features += classes[label].map { isInk in
        let flips = random.uniform() < noise * 0.3
        return isInk != flips ? UInt8(60 + random.below(196)) : 0
      }
    }
  }

  /// X of one example, 0 ... 1.
  func inputs(_ index: Int) -> [Float] { row(index).map { Float($0) / 255 } }

  /// The inputs of one example.
  func row(_ index: Int) -> [UInt8] { Array(features[index * inputs..<(index + 1) * inputs]) }

  /// Relabels the first half as a network reads them: a trainer that finds nothing read right gives no
  /// network.
  mutating func relabelHalf(by network: FloatNetwork) {
    for index in 0..<labels.count - labels.count / 2 { labels[index] = network.digit(row(index)) }
  }

  /// As the trainer takes them.
  var source: StoredExamples {
    StoredExamples(features: features.span, labels: labels, inputs: inputs)
  }
}

/// Passes examples on and writes down which were asked for.
final class RecordingSource: ExampleSource {
  struct Request: Equatable {
    var index: Int
    var epoch: Int
  }

  let examples: StoredExamples
  private let requests = Mutex<[Request]>([])

  init(_ examples: StoredExamples) { self.examples = examples }

  var count: Int { examples.count }
  var inputs: Int { examples.inputs }
  var asked: [Request] { requests.withLock { $0 } }

  /// The order of an epoch's examples, as one thread asked for them.
  func order(epoch: Int) -> [Int] { asked.filter { $0.epoch == epoch }.map(\.index) }

  func write(_ index: Int, epoch: Int, into features: inout MutableSpan<UInt8>) -> Int {
    requests.withLock { $0.append(Request(index: index, epoch: epoch)) }
    return examples.write(index, epoch: epoch, into: &features)
  }
}

extension FloatNetwork {
  /// A network whose biases are random too.
  static func random(inputs: Int, hidden: Int, activation: ActivationFunction, seed: UInt64)
    -> FloatNetwork
  {
    var network = FloatNetwork(
      inputs: inputs, hidden: hidden, classes: 10, activation: activation, seed: seed)
    var random = Random(seed: seed, stream: 99)
    for offset in network.layout.hiddenBiases {
      for lane in 0..<16 { network.parameters[offset][lane] = 0.2 * random.symmetric() }
    }
    let last = network.layout.total - 1
    for digit in 0..<10 { network.parameters[last][digit] = 0.2 * random.symmetric() }
    return network
  }

  /// All parameters' bits.
  var bits: [UInt32] {
    parameters.flatMap { vector in (0..<16).map { vector[$0].bitPattern } }
  }

  /// The digit it reads.
  func digit(_ features: [UInt8]) -> UInt8 {
    let textbook = Textbook(self)
    let logits = textbook.output(textbook.hidden(features.map { Float($0) / 255 }))
    return UInt8((0..<10).reduce(0) { logits[$1] > logits[$0] ? $1 : $0 })
  }
}

extension TrainingPlan {
  /// A plan with a rate that stays.
  static func steady(_ optimizer: Optimizer, rate: Float, batch: Int, epochs: Int = 1)
    -> TrainingPlan
  {
    var plan = TrainingPlan()
    plan.optimizer = optimizer
    plan.learningRate = rate
    plan.batch = batch
    plan.epochs = epochs
    plan.schedule = .constant
    return plan
  }
}

/// All that a hidden layer can do.
let everyActivation: [ActivationFunction] = [.relu, .leakyReLU, .sigmoid, .tanh]
