import Network
import SIMDMath
import Testing

@Suite("Parameters")
struct FloatNetworkTests {
  @Test(
    "every weight and bias has an index of its own, and together they fill the layout",
    arguments: [16, 48, 112, 144, 240])
  func placesAreABijection(hidden: Int) {
    var network = FloatNetwork(inputs: 7, hidden: hidden, classes: 10, activation: .relu, seed: 1)
    let layout = network.layout
    network.parameters = [Vector](repeating: Vector(), count: layout.total)
    for input in 0..<7 { for unit in 0..<hidden { network[input: input, unit: unit] += 1 } }
    for digit in 0..<10 { for unit in 0..<hidden { network[unit: unit, class: digit] += 1 } }
    for offset in layout.hiddenBiases { network.parameters[offset] += 1 }
    for offset in layout.outputBias { network.parameters[offset] += 1 }
    #expect(network.parameters == [Vector](repeating: Vector(repeating: 1), count: layout.total))
  }

  @Test("a weight is stored input by input, unit by unit, on every processor")
  func weightsAreKeptInRows() {
    var network = FloatNetwork(inputs: 7, hidden: 240, classes: 10, activation: .relu, seed: 1)
    for input in 0..<7 {
      for unit in 0..<240 { network[input: input, unit: unit] = Float(input * 1000 + unit) }
    }
    for input in 0..<7 {
      for vector in 0..<15 {
        let first = Float(input * 1000 + vector * 16)
        #expect(network.parameters[input * 15 + vector][0] == first)
        #expect(network.parameters[input * 15 + vector][15] == first + 15)
      }
    }
  }

  @Test("untrained weights fill their bounds evenly, and biases are 0", arguments: everyActivation)
  func initialWeights(activation: ActivationFunction) {
    let network = FloatNetwork(inputs: 50, hidden: 80, classes: 10, activation: activation, seed: 2)
    let rectified = activation == .relu || activation == .leakyReLU
    expectUniform(
      (0..<50).flatMap { input in (0..<80).map { network[input: input, unit: $0] } },
      bound: (6.0 / (rectified ? 50 : 130)).squareRoot())
    expectUniform(
      (0..<10).flatMap { digit in (0..<80).map { network[unit: $0, class: digit] } },
      bound: (6.0 / 90).squareRoot())
    #expect((0..<80).allSatisfy { network.hiddenBias($0) == 0 })
    #expect((0..<10).allSatisfy { network.outputBias($0) == 0 })
  }

  private func expectUniform(_ values: [Float], bound: Double) {
    let values = values.map { Double($0) / bound }
    let error = 1 / Double(values.count).squareRoot()
    #expect(values.allSatisfy { abs($0) <= 1 })
    // Mean 0 and variance 1/3 of a uniform distribution in ±1, to four standard errors.
    #expect(abs(values.reduce(0, +) / Double(values.count)) < 4 * 0.577 * error)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    #expect(abs(variance - 1 / 3) < 4 * 0.298 * error)
  }

  @Test("the same seed gives the same network, another seed another one")
  func seeds() {
    func bits(_ seed: UInt64) -> [UInt32] {
      FloatNetwork(inputs: 9, hidden: 16, classes: 10, activation: .relu, seed: seed).bits
    }
    #expect(bits(5) == bits(5) && bits(5) != bits(6))
  }

  @Test("a number that is not finite is found wherever it is")
  func finiteness() {
    let network = FloatNetwork(inputs: 3, hidden: 16, classes: 10, activation: .relu, seed: 1)
    #expect(network.isFinite)
    for offset in network.parameters.indices {
      for value: Float in [.nan, .infinity, -.infinity] {
        var broken = network
        broken.parameters[offset][offset % 10] = value
        #expect(!broken.isFinite)
      }
    }
  }

  @Test("memory is aligned to a cache line, and holds what it was given")
  func alignedMemory() {
    for count in [0, 1, 3, 1000] {
      let buffer = AlignedBuffer<UInt8>(repeating: 7, count: count)
      let copy = AlignedBuffer<UInt8>(repeating: 0, count: count)
      copy.copy(from: buffer)
      #expect((0..<count).allSatisfy { copy.span[$0] == 7 })
      let address = buffer.span.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
      #expect(count == 0 || address % 64 == 0)
    }
  }
}
