import Foundation
import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Testing

@Suite("Quantization")
struct QuantizedNetworkTests {
  private func quantized(_ network: FloatNetwork) throws -> QuantizedNetwork {
    try QuantizedNetwork(
      network, inputSpec: smallInputSpec, calibration: examples(200, smallInputSpec).examples)
  }

  /// A unit's weights.
  private func row(_ network: FloatNetwork, _ unit: Int) -> [Double] {
    (0..<network.inputs).map { Double(network[input: $0, unit: unit]) }
  }

  private func largest(_ row: [Double]) -> Double { row.map(abs).max() ?? 0 }

  @Test("hidden weights are whole steps near the real ones, of which the largest is 127")
  func hiddenRounding() throws {
    let network = randomNetwork(.relu)
    let integers = try quantized(network)
    for unit in 0..<32 {
      let row = row(network, unit)
      let step = largest(row) / 127
      let packed = integers.hiddenWeights[unit * 100..<(unit + 1) * 100]
      for (weight, integer) in zip(row, packed) {
        #expect(abs(Double(integer) * step - weight) <= step * 6)
      }
      #expect(packed.contains { abs(Int($0)) >= 121 })
    }
  }

  @Test("errors of rounded hidden weights cancel, on digits that calibration has not seen, too")
  func hiddenCompensation() throws {
    let network = randomNetwork(.relu)
    let integers = try QuantizedNetwork(
      network, inputSpec: smallInputSpec, calibration: examples(2000, smallInputSpec).examples)
    let others = examples(300, smallInputSpec, stream: .test).examples
    var (rounded, nearest) = (0.0, 0.0)
    for index in 0..<others.count {
      let features = features(others, index)
      for unit in 0..<32 {
        let row = row(network, unit)
        let step = largest(row) / 127
        let packed = integers.hiddenWeights[unit * 100..<(unit + 1) * 100]
        let bias = Double(integers.hiddenBias[unit]) * step / 255
        var error = bias - Double(network.hiddenBias(unit))
        var plain = 0.0
        for (i, weight) in packed.enumerated() {
          error += (Double(weight) * step - row[i]) * features[i]
          plain += ((row[i] / step).rounded() * step - row[i]) * features[i]
        }
        rounded += error * error
        nearest += plain * plain
      }
    }
    // A mean squared error of less than half.
    #expect(rounded < 0.5 * nearest)
  }

  @Test("weights of inputs that calibration never sees are off by half a step at most")
  func unseenInputs() throws {
    // One input is never inked.
    let network = randomNetwork(.relu)
    let seen = examples(200, smallInputSpec).examples
    var all: [UInt8] = []
    for index in 0..<seen.count {
      var row = features(seen, index).map { UInt8($0 * 255) }
      row[44] = 0
      all += row
    }
    let calibration = StoredExamples(
      features: all.span, labels: [UInt8](repeating: 0, count: seen.count), inputs: 100)
    let integers = try QuantizedNetwork(
      network, inputSpec: smallInputSpec, calibration: calibration)
    for unit in 0..<32 {
      let row = row(network, unit)
      let step = largest(row) / 127
      let error = abs(Double(integers.hiddenWeights[unit * 100 + 44]) * step - row[44])
      #expect(error <= step * 0.500_01)
    }
  }

  /// The inputs of an example, 0 ... 1.
  private func features(_ examples: StoredExamples, _ index: Int) -> [Double] {
    var bytes = [UInt8](repeating: 0, count: examples.inputs)
    var span = bytes.mutableSpan
    _ = examples.write(index, epoch: 0, into: &span)
    return bytes.map { Double($0) / 255 }
  }

  @Test("output weights share one scale, and biases carry the activations' zero point")
  func outputRounding() throws {
    for activation in everyActivation {
      let network = randomNetwork(activation)
      let integers = try quantized(network)
      let rows = (0..<10).map { digit in
        (0..<32).map { Double(network[unit: $0, class: digit]) }
      }
      let step = largest(rows.flatMap(\.self)) / 127
      #expect(
        abs(Double(integers.logitScale) / (step * Double(integers.activationScale)) - 1) < 1e-6)
      let calibration = examples(200, smallInputSpec).examples
      for digit in 0..<10 {
        let packed = Array(integers.outputWeights[digit * 32..<(digit + 1) * 32])
        for (weight, integer) in zip(rows[digit], packed) {
          #expect(abs(Double(integer) * step - weight) <= step * 6)
        }
        let zeros = packed.reduce(0) { $0 + Int32($1) } * Int32(integers.activationZeroPoint)
        var error = Double(integers.outputBias[digit] + zeros) * Double(integers.logitScale)
        error -= Double(network.outputBias(digit))
        // On average over the calibration digits nothing is left of the weights' errors.
        for index in 0..<calibration.count {
          let bytes = features(calibration, index).map { UInt8($0 * 255) }
          let sums = network.hiddenSums(bytes.span)
          for unit in 0..<32 {
            let z = Double(network.activation.value(sums[unit]))
            let off = Double(packed[unit]) * step - rows[digit][unit]
            error += off * z / Double(calibration.count)
          }
        }
        #expect(abs(error) <= Double(integers.logitScale) * 0.6)
      }
    }
  }

  @Test("for ReLU a unit's factor takes steps of its sums to steps of the activations")
  func rectifierFactors() throws {
    let network = randomNetwork(.relu)
    let integers = try quantized(network)
    #expect(integers.table.isEmpty && integers.activationZeroPoint == 0)
    for unit in 0..<32 {
      let factor = integers.hiddenMultiplier[unit]
      let real = Double(factor.multiplier) * 0x1p-31 / Double(1 << Int(factor.shift))
      let expected = largest(row(network, unit)) / 127 / 255 / Double(integers.activationScale)
      #expect(abs(real / expected - 1) < 1e-6)
    }
  }

  /// f of a number, as a textbook has it.
  private func f(_ activation: ActivationFunction, _ z: Double) -> Double {
    switch activation {
    case .relu: max(0, z)
    case .leakyReLU: z > 0 ? z : 0.01 * z
    case .sigmoid: 1 / (1 + exp(-z))
    case .tanh: tanh(z)
    }
  }

  @Test(
    "the table holds the activation of every requantized sum, to half a step",
    arguments: [ActivationFunction.leakyReLU, .sigmoid, .tanh])
  func tables(activation: ActivationFunction) throws {
    let network = randomNetwork(activation)
    let integers = try quantized(network)
    #expect(integers.table.count == 256)
    let factor = integers.hiddenMultiplier[0]
    let real = Double(factor.multiplier) * 0x1p-31 / Double(1 << Int(factor.shift))
    let sumStep = largest(row(network, 0)) / 127 / 255 / real
    let step = Double(integers.activationScale)
    let zero = Double(integers.activationZeroPoint)
    for (offset, entry) in integers.table.enumerated() {
      let exact = f(activation, Double(offset - 128) * sumStep) / step + zero
      #expect(abs(Double(entry) - min(255, max(0, exact))) <= 0.501)
    }
    #expect(zip(integers.table, integers.table.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(abs(Double(integers.table[128]) - (f(activation, 0) / step + zero)) <= 0.501)
    // The range is used: the ends of the table differ by most of the 256 steps.
    #expect(Int(integers.table[255]) - Int(integers.table[0]) > 200)
  }

  @Test("a unit without weights gives what its bias gives, and one without anything nothing")
  func unitsWithoutWeights() throws {
    for activation in everyActivation {
      var network = randomNetwork(activation)
      for unit in 0..<2 {
        for input in 0..<100 { network[input: input, unit: unit] = 0 }
        network.setHiddenBias(unit, unit == 0 ? 0 : 0.5)
      }
      let integers = try quantized(network)
      #expect(integers.hiddenWeights[..<200].allSatisfy { $0 == 0 })
      for unit in 0..<2 {
        let sum = requantize(integers.hiddenBias[unit], by: integers.hiddenMultiplier[unit])
        let entry =
          activation == .relu ? Int(max(0, min(255, sum))) : Int(integers.table[Int(sum) + 128])
        let steps = entry - Int(integers.activationZeroPoint)
        let truth = f(activation, unit == 0 ? 0 : 0.5)
        // Half a step of the sum, at a slope of at most 1, and half a step of the activation.
        #expect(abs(Double(steps) * Double(integers.activationScale) - truth) < 0.05)
      }
    }
  }

  @Test(
    "a network of zeros, with no range at all, still has integers that open",
    arguments: everyActivation)
  func networkOfZeros(activation: ActivationFunction) throws {
    var network = randomNetwork(activation)
    network.parameters = network.parameters.map { _ in Vector() }
    let image = try quantized(network).modelImage(
      metadata: Metadata(), selfTestPicture: [UInt8](repeating: 9, count: pictureBytes))
    let flash = try ModelImage(image.span.bytes)
    var known: [Int32] = []
    for digit in 0..<10 { known.append(flash.selfTestLogit(digit)) }
    #expect(known == [Int32](repeating: 0, count: 10))
  }

  @Test("weights far larger than what calibration digits make of them", arguments: everyActivation)
  func dimCalibration(activation: ActivationFunction) throws {
    // One pixel, as dim as can be, and blank digits.
    let network = FloatNetwork(
      inputs: 100, hidden: 16, classes: 10, activation: activation, seed: 6)
    var features = [UInt8](repeating: 0, count: 300)
    features[150] = 1
    let calibration = StoredExamples(features: features.span, labels: [0, 1, 2], inputs: 100)
    let integers = try QuantizedNetwork(
      network, inputSpec: smallInputSpec, calibration: calibration)
    #expect(integers.hiddenMultiplier.allSatisfy { $0.multiplier >= 0 && $0.shift <= 31 })
    _ = try integers.modelImage(
      metadata: Metadata(), selfTestPicture: [UInt8](repeating: 9, count: pictureBytes))
  }

  private func refusal(_ change: (inout FloatNetwork) -> Void) -> QuantizationError? {
    do throws(QuantizationError) {
      var network = randomNetwork(.relu)
      change(&network)
      _ = try QuantizedNetwork(
        network, inputSpec: smallInputSpec, calibration: examples(20, smallInputSpec).examples)
      return nil
    } catch {
      return error
    }
  }

  @Test("numbers that are not finite are refused, weights and biases")
  func notFinite() {
    for value: Float in [.nan, .infinity, -.infinity] {
      #expect(refusal { $0[input: 99, unit: 31] = value } == .notFinite)
      #expect(refusal { $0[unit: 0, class: 9] = value } == .notFinite)
      #expect(refusal { $0.setHiddenBias(7, value) } == .notFinite)
    }
    #expect(refusal { for input in 0..<100 { $0[input: input, unit: 2] = 3e38 } } == .notFinite)
  }

  @Test("a bias that takes the weights' scale beyond a Float is refused; a large one is not")
  func largeBiases() {
    #expect(refusal { $0.setHiddenBias(3, 1e37) } == .biasTooLarge)
    #expect(refusal { $0.setHiddenBias(3, -1e37) } == .biasTooLarge)
    #expect(refusal { $0.setHiddenBias(3, 1e6) } == nil)
    #expect(refusal { $0.parameters[$0.layout.total - 1][4] = 1e6 } == nil)
  }
}
