// swift-format-ignore-file: AlwaysUseLowerCamelCase

import SIMDMath

extension Textbook {
  /// The same weights and biases, number by number.
  package init(_ network: FloatNetwork) {
    (I, H, K) = (network.inputs, network.hidden, network.classes)
    f = network.activation
    W = (0..<I).flatMap { i in (0..<network.hidden).map { network[input: i, unit: $0] } }
    b = (0..<H).map(network.hiddenBias)
    V = (0..<H).flatMap { h in (0..<network.classes).map { network[unit: h, class: $0] } }
    c = (0..<K).map(network.outputBias)
  }

  /// All parameters: W, b, V, c.
  package var parameters: [Float] { W + b + V + c }
}

extension ActivationFunction {
  /// f of one number.
  package func value(_ z: Float) -> Float { value(Vector(repeating: z))[0] }

  /// f′ of one number, from f(z) alone.
  package func slope(ofValue y: Float) -> Float { slope(ofValue: Vector(repeating: y))[0] }
}
