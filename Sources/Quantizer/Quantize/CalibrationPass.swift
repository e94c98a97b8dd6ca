import Int8Runtime
import Network
import SIMDMath

/// What the layers of a network meet on calibration digits.
struct CalibrationPass: ~Copyable {
  /// The most digits that are looked at.
  static let limit = 2000

  /// How many digits were seen.
  let count: Int
  /// [count][inputs], 0 ... 1.
  let inputs: AlignedBuffer<Float>
  /// [count][hidden], before the activation.
  let sums: AlignedBuffer<Float>

  /// Shows the first digits of a source to a network.
  init(_ network: FloatNetwork, _ source: some ExampleSource) {
    count = min(source.count, CalibrationPass.limit)
    inputs = AlignedBuffer(repeating: 0, count: count * network.inputs)
    sums = AlignedBuffer(repeating: 0, count: count * network.hidden)
    var scratch = [UInt8](repeating: 0, count: network.inputs)
    for index in 0..<count {
      var features = scratch.mutableSpan
      _ = source.write(index, epoch: 0, into: &features)
      var real = unsafe inputs.ownedSlice(index * network.inputs..<(index + 1) * network.inputs)
      for i in 0..<network.inputs { real[i] = realFeature(UInt16(features[i])) }
      var target = unsafe sums.ownedSlice(index * network.hidden..<(index + 1) * network.hidden)
      for (unit, sum) in network.hiddenSums(features.span).enumerated() { target[unit] = sum }
    }
  }

  /// Whether every sum is a finite number.
  var isFinite: Bool {
    let sums = sums.span
    return sums.indices.allSatisfy { sums[$0].isFinite }
  }

  /// [count][hidden], after the activation.
  func activations(_ activation: ActivationFunction) -> [Float] {
    let sums = sums.span
    return sums.indices.map { activation.value(Vector(repeating: sums[$0]))[0] }
  }
}
