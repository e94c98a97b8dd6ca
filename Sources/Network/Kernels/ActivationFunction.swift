import SIMDMath

/// f, what a hidden unit does with its sum.
package enum ActivationFunction: Sendable {
  case relu, leakyReLU, sigmoid, tanh

  /// The slope of leaky ReLU below zero.
  package static let leak: Float = 0.01

  /// f(z) in every lane.
  @inlinable
  package func value(_ z: Vector) -> Vector {
    switch self {
    case .relu: z.replacing(with: 0, where: z .< 0)
    case .leakyReLU: z.replacing(with: z * ActivationFunction.leak, where: z .< 0)
    case .sigmoid: 1 / (1 + exponential(-z))
    case .tanh: 1 - 2 / (1 + exponential(z + z))
    }
  }

  /// f′(z) in every lane, from f(z) alone.
  @inlinable
  package func slope(ofValue y: Vector) -> Vector {
    switch self {
    case .relu: Vector(repeating: 0).replacing(with: 1, where: y .> 0)
    case .leakyReLU: Vector(repeating: ActivationFunction.leak).replacing(with: 1, where: y .> 0)
    case .sigmoid: y * (1 - y)
    case .tanh: Vector(repeating: 1).addingProduct(-y, y)
    }
  }
}

/// z ← f(z) for every vector.
package func activate(_ activation: ActivationFunction, _ sums: inout MutableSpan<Vector>) {
  for i in 0..<sums.count { sums[i] = activation.value(sums[i]) }
}
