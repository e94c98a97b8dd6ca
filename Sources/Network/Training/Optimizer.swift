/// How weights follow gradients: everything about an optimizer but its arithmetic, which is an ``UpdateRule``.
package enum Optimizer: String, Sendable, CaseIterable {
  /// The textbook's step.
  case sgd
  /// With momentum (Polyak, 1964).
  case momentum
  /// Adam with decoupled weight decay (Loshchilov and Hutter, 2019).
  case adamw

  /// μ: how much of the last step is taken again.
  private static let mu: Float = 0.9
  /// β₁ and β₂: how much of a moment outlives a step.
  private static let beta1: Float = 0.9
  private static let beta2: Float = 0.99

  /// How many moments it keeps for each parameter.
  package var moments: Int {
    switch self {
    case .sgd: GradientDescent.moments
    case .momentum: Momentum.moments
    case .adamw: AdamW.moments
    }
  }

  /// A learning rate that validation digits favored at batch 64 (1 for `sgd`), carried over to other
  /// sizes with the square root of their ratio.
  ///
  /// - Parameter batch: examples a step, at least 1.
  package func rate(batch: Int) -> Float {
    let ratio = Float(batch).squareRoot()
    switch self {
    case .sgd: return min(0.01 * ratio, 0.2)
    case .momentum: return min(0.001 * ratio, 0.02)
    case .adamw: return min(0.000_25 * ratio, 0.004)
    }
  }

  /// The next step.
  ///
  /// - Parameters:
  ///   - rate: η, the learning rate.
  ///   - decay: λ of AdamW; the others have none.
  ///   - powers: of β₁ and β₂, to the number of steps so far; taken one further.
  func step(rate: Float, decay: Float, powers: inout (Float, Float)) -> UpdateStep {
    switch self {
    case .sgd: return .gradientDescent(rate: rate)
    case .momentum: return .momentum(rate: rate, momentum: Optimizer.mu)
    case .adamw:
      powers.0 *= Optimizer.beta1
      powers.1 *= Optimizer.beta2
      return .adamW(
        rate: rate, decay: decay, beta1: Optimizer.beta1, beta2: Optimizer.beta2,
        power1: powers.0, power2: powers.1)
    }
  }
}
