import Foundation
import Network
import SIMDMath
import Testing

@Suite("Activations")
struct ActivationTests {
  /// f and f′ as a textbook has them.
  private func truth(_ activation: ActivationFunction, _ z: Double) -> (
    value: Double, slope: Double
  ) {
    switch activation {
    case .relu: return z > 0 ? (z, 1) : (0, 0)
    case .leakyReLU:
      return z > 0 ? (z, 1) : (z * Double(ActivationFunction.leak), Double(ActivationFunction.leak))
    case .sigmoid:
      let y = 1 / (1 + exp(-z))
      return (y, y * (1 - y))
    case .tanh: return (tanh(z), 1 - tanh(z) * tanh(z))
    }
  }

  @Test(
    // tanh: 1.8e-7 and 3.8e-7, sigmoid: 9e-8 and 9e-8 over six million numbers.
    "values are within 2.4e-7 of the truth and slopes within 5e-7, from -30 to 30",
    arguments: [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh])
  func matchesTheTruth(activation: ActivationFunction) {
    for step in -1500...1500 {
      let z = vector { Float(step) * 0.02 + Float($0) * 1e-3 }
      let y = activation.value(z)
      let slope = activation.slope(ofValue: y)
      let lane = (step + 1500) % 16
      let expected = truth(activation, Double(z[lane]))
      #expect(abs(Double(y[lane]) - expected.value) < 2.4e-7)
      if z[lane] != 0 { #expect(abs(Double(slope[lane]) - expected.slope) < 5e-7) }
    }
  }

  @Test("rectifiers are exact, and at 0 have the slope of the left")
  func rectifiersAreExact() {
    let z = vector { Float($0) - 8 }
    for lane in 0..<16 {
      let x = Float(lane) - 8
      #expect(ActivationFunction.relu.value(z)[lane] == max(0, x))
      #expect(ActivationFunction.leakyReLU.value(z)[lane] == (x < 0 ? x * 0.01 : x))
      #expect(ActivationFunction.relu.slope(ofValue: z)[lane] == (x > 0 ? 1 : 0))
      #expect(ActivationFunction.leakyReLU.slope(ofValue: z)[lane] == (x > 0 ? 1 : 0.01))
    }
  }

  @Test("sigmoid and tanh reach their limits without overflow")
  func limits() {
    for size: Float in [50, 1e4, 1e30, .greatestFiniteMagnitude] {
      let high = Vector(repeating: size)
      #expect(ActivationFunction.sigmoid.value(high)[0] == 1)
      #expect(abs(ActivationFunction.sigmoid.value(-high)[0]) < 1e-20)
      #expect(ActivationFunction.tanh.value(high)[0] == 1)
      #expect(ActivationFunction.tanh.value(-high)[0] == -1)
      #expect(ActivationFunction.tanh.slope(ofValue: ActivationFunction.tanh.value(high))[0] == 0)
    }
    #expect(ActivationFunction.sigmoid.value(Vector())[0] == 0.5)
    #expect(ActivationFunction.tanh.value(Vector())[0] == 0)
  }

  @Test(
    "a whole span is activated as its vectors are",
    arguments: [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh])
  func activatesSpans(activation: ActivationFunction) {
    var random = Random(seed: 5)
    let sums = (0..<9).map { _ in vector { _ in random.symmetric() * 4 } }
    var results = sums
    var span = results.mutableSpan
    activate(activation, &span)
    #expect(bits(lanes(results)) == bits(lanes(sums.map(activation.value))))
  }
}
