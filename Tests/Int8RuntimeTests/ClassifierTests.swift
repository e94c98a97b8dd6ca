import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Testing

/// Classification against the network's integers, multiplied out without packing or skipping.
@Suite("Classification")
struct ClassifierTests {
  /// Requantization by what it says: the doubled high product, a tie up; the shift, a tie away from zero.
  private func scaled(_ sum: Int64, _ factor: QuantizedMultiplier) -> Int64 {
    let high = (sum * Int64(factor.multiplier) + 1 << 30) >> 31
    let steps = Double(high) / Double(1 << Int(factor.shift))
    return Int64(steps.rounded(.toNearestOrAwayFromZero))
  }

  private func expected(_ network: QuantizedNetwork, _ features: [UInt8]) -> [Int32] {
    let inputs = features.count
    let hidden = network.hiddenBias.count
    let activations = (0..<hidden).map { unit in
      var sum = Int64(network.hiddenBias[unit])
      for input in 0..<inputs {
        sum += Int64(features[input]) * Int64(network.hiddenWeights[unit * inputs + input])
      }
      let value = scaled(sum, network.hiddenMultiplier[unit])
      if network.table.isEmpty { return max(0, min(255, value)) }
      return Int64(network.table[Int(max(-128, min(127, value))) + 128])
    }
    return (0..<network.shape.classes).map { index in
      var sum = Int64(network.outputBias[index])
      for unit in 0..<hidden {
        sum += activations[unit] * Int64(network.outputWeights[index * hidden + unit])
      }
      return Int32(sum)
    }
  }

  private func expectLogits(_ network: QuantizedNetwork, _ pictures: [[UInt8]]) throws {
    let image = try network.modelImage(metadata: Metadata(), selfTestPicture: picture(1))
    for picture in pictures {
      let features = preprocessed(picture, by: network.shape.inputSpec)
      #expect(try logits(image, picture) == expected(network, features))
    }
  }

  @Test(
    "logits are those of wide integers for every side and activation",
    arguments: [28, 14, 12, 10], [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh])
  func matchesWideIntegers(side: Int, activation: ActivationFunction) throws {
    for deskew in [true, false] {
      let network = try quantized(side: side, deskew: deskew, hidden: 48, activation: activation)
      try expectLogits(network, (0..<6).map(picture) + edgePictures)
    }
  }

  @Test(
    "and for any number of classes, more than leave room behind the activations among them",
    arguments: [2, 3, 9, 12, 13, 16, 17, 26, 47, 64])
  func everyClassCount(classes: Int) throws {
    for (side, hidden) in [(10, 16), (28, 48), (14, 128)] {
      let network = try quantized(
        side: side, hidden: hidden, classes: classes, activation: hidden == 48 ? .tanh : .relu)
      try expectLogits(network, (0..<3).map(picture) + edgePictures)
    }
  }

  @Test("and for the widest hidden layer", arguments: [ActivationFunction.relu, .tanh])
  func widestLayer(activation: ActivationFunction) throws {
    try expectLogits(try quantized(hidden: 1024, activation: activation), [picture(9)])
  }

  /// Nothing, everything, one dim pixel.
  private var edgePictures: [[UInt8]] {
    var dot = [UInt8](repeating: 0, count: pictureBytes)
    dot[400] = 1
    return [UInt8(0), 255].map { [UInt8](repeating: $0, count: pictureBytes) } + [dot]
  }

  @Test("extreme weights and biases saturate activations and nothing else")
  func extremeWeights() throws {
    for activation in [ActivationFunction.relu, .leakyReLU] {
      var network = try quantized(side: 10, activation: activation)
      for unit in 0..<16 {
        let weight: Int8 = [127, -127, 0, 0][unit % 4]
        for input in 0..<100 { network.hiddenWeights[unit * 100 + input] = weight }
        let reach = 100 * 255 * Int32(weight)
        network.hiddenBias[unit] = unit % 2 == 0 ? .max - reach : .min - reach
        // The largest factor there is, so that sums near the ends of 32 bits stay there.
        network.hiddenMultiplier[unit] = QuantizedMultiplier(multiplier: .max, shift: 0)
      }
      try expectLogits(network, (0..<3).map(picture) + edgePictures)
    }
  }

  @Test("shifts of 31 and multipliers of 0 give the same as wide integers")
  func extremeFactors() throws {
    var network = try quantized(side: 10, activation: .tanh)
    for unit in 0..<16 {
      network.hiddenMultiplier[unit] = QuantizedMultiplier(
        multiplier: unit % 3 == 0 ? 0 : .max, shift: UInt8(unit * 31 / 15))
    }
    try expectLogits(network, (0..<3).map(picture) + edgePictures)
  }

  @Test(
    "the answer is the index of the largest logit, the first of equal ones", arguments: [2, 10, 64])
  func argmaxOfLogits(classes: Int) throws {
    // Without weights, logits are the biases.
    func answer(_ biases: [Int32]) throws -> [Int] {
      var network = try quantized(side: 10, classes: classes)
      for i in network.outputWeights.indices { network.outputWeights[i] = 0 }
      network.outputBias = biases
      let image = try network.modelImage(metadata: Metadata(), selfTestPicture: picture(0))
      let flash = try ModelImage(image.span.bytes)
      var arena = [UInt8](repeating: 0, count: ArenaLayout(flash.shape).total)
      var span = arena.mutableSpan
      var bytes = span.mutableBytes
      let logits = flash.classify(&bytes)
      #expect(HostLogits(logits).array == biases)
      return [logits.argmax, HostLogits(logits).argmax]
    }
    var biases = [Int32](repeating: 0, count: classes)
    #expect(try answer(biases) == [0, 0])
    for index in [classes - 1, classes / 2, 0] {
      biases[index] = .max
      #expect(try answer(biases) == [index, index])
    }
    biases = Array(repeating: .min, count: classes)
    #expect(try answer(biases) == [0, 0])
    biases[classes - 1] += 1
    #expect(try answer(biases) == [classes - 1, classes - 1])
  }

  @Test("the self-test passes, and catches every changed logit and another picture")
  func selfTest() throws {
    for activation in [ActivationFunction.relu, .sigmoid] {
      let image = try modelImage(side: 14, hidden: 32, activation: activation)
      #expect(selfTestFailure(image) == nil)
      let known = try ModelImage(image.span.bytes).layout.selfTestLogits
      for index in 0..<10 {
        for bit: UInt8 in [1, 128] {
          let changed = image.resealed { $0[known + 4 * index] ^= bit }
          #expect(refusal(changed) == nil && selfTestFailure(changed) == .selfTestFailed)
        }
      }
      let dark = image.resealed { bytes in
        for i in 0..<392 { bytes[image.count - 392 + i] = 0 }
      }
      #expect(selfTestFailure(dark) == .selfTestFailed)
    }
  }
}
