import Builtin
import SIMDMath

// An optimizer, all of it: what it is called, its numbers, its arithmetic, and which kernels are made of it.

/// How weights follow gradients.
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
  ///   - powers: of β₁ and β₂, to the number of steps so far; AdamW takes them one further.
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

/// One step of an optimizer.
package enum UpdateStep: Sendable {
  /// The textbook's w ← w - η g.
  case gradientDescent(rate: Float)
  /// v ← μ v + g, w ← w - η v.
  case momentum(rate: Float, momentum: Float)
  /// Adam with decoupled weight decay λ, given β₁, β₂ and their powers to the number of the step.
  case adamW(
    rate: Float, decay: Float, beta1: Float, beta2: Float, power1: Float, power2: Float)

  /// How many moments the rule keeps for each weight.
  package var moments: Int {
    switch self {
    case .gradientDescent: GradientDescent.moments
    case .momentum: Momentum.moments
    case .adamW: AdamW.moments
    }
  }
}

/// How a gradient changes sixteen weights. A rule that keeps moments reads and writes them as well.
protocol UpdateRule {
  /// How many moments the rule keeps for each weight: 0, 1 or 2.
  static var moments: Int { get }
  /// Whether a gradient of zero leaves a weight as it is, so that its row may be skipped.
  static var skipsZero: Bool { get }
  /// One step.
  ///
  /// - Parameters:
  ///   - weight: sixteen weights or biases.
  ///   - gradient: ∂loss/∂weight, the batch's mean.
  ///   - first: their first moment, 0 before the first step; not touched where the rule keeps none.
  ///   - second: their second moment, likewise.
  func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector)
}

/// The textbook's step: w ← w - η g.
struct GradientDescent: UpdateRule {
  static var moments: Int { 0 }
  static var skipsZero: Bool { true }
  /// η.
  var rate: Float

  @inline(__always)
  func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector
  ) {
    weight = weight.addingProduct(-rate, gradient)
  }
}

/// Momentum (Polyak, 1964) as PyTorch has it: v ← μ v + g, w ← w - η v.
struct Momentum: UpdateRule {
  static var moments: Int { 1 }
  static var skipsZero: Bool { false }
  /// η.
  var rate: Float
  /// μ, 0 ..< 1.
  var momentum: Float

  @inline(__always)
  func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector
  ) {
    first = flushed(gradient.addingProduct(momentum, first))
    weight = weight.addingProduct(-rate, first)
  }
}

/// AdamW (Loshchilov and Hutter, 2019), the corrections for the moments' start folded into the rate.
struct AdamW: UpdateRule {
  static var moments: Int { 2 }
  static var skipsZero: Bool { false }
  /// η √(1 - β₂ᵗ) / (1 - β₁ᵗ).
  var rate: Float
  /// 1 - η λ, what weight decay leaves of a weight.
  var keep: Float
  /// β₁.
  var beta1: Float
  /// β₂.
  var beta2: Float
  /// ε √(1 - β₂ᵗ), added to the root.
  var epsilon: Float

  /// Step t, counted from 1.
  ///
  /// - Parameters:
  ///   - rate: η, the learning rate.
  ///   - decay: λ, the weight decay.
  ///   - beta1: β₁, 0 ..< 1.
  ///   - beta2: β₂, 0 ..< 1.
  ///   - power1: β₁ᵗ.
  ///   - power2: β₂ᵗ.
  init(
    rate: Float, decay: Float, beta1: Float, beta2: Float, power1: Float, power2: Float
  ) {
    let correction = (1 - power2).squareRoot()
    self.rate = rate * correction / (1 - power1)
    self.keep = 1 - rate * decay
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = 1e-8 * correction
  }

  @inline(__always)
  func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector
  ) {
    first = flushed(((1 - beta1) * gradient).addingProduct(beta1, first))
    second = flushed(((1 - beta2) * (gradient * gradient)).addingProduct(beta2, second))
    weight = (-rate * first / (squareRoot(second) + epsilon)).addingProduct(keep, weight)
  }
}

/// Subnormal numbers, which decaying moments run into and processors are slow at, become 0.
@inline(__always)
func flushed(_ value: Vector) -> Vector {
  let bits = unsafe unsafeBitCast(value, to: SIMD16<UInt32>.self) & 0x7FFF_FFFF
  let magnitude = unsafe unsafeBitCast(bits, to: Vector.self)
  return value.replacing(with: 0, where: magnitude .< Float.leastNormalMagnitude)
}

/// √x in every lane, rounded once as IEEE 754 has it, so that it has the same bits everywhere.
///
/// The standard library takes roots of vectors one lane at a time.
@inline(__always)
func squareRoot(_ x: Vector) -> Vector {
  var root = Vector()
  root._storage._value = Builtin.int_sqrt_Vec16xFPIEEE32(x._storage._value)
  return root
}

/// The kernel of hidden weights that is made of the step's rule.
func updateHidden(
  _ columnBlock: ColumnBlock, _ step: UpdateStep, _ batch: HiddenGradientInputs,
  _ weights: inout MutableSpan<Vector>, _ first: inout MutableSpan<Vector>,
  _ second: inout MutableSpan<Vector>
) {
  switch step {
  case .gradientDescent(let rate):
    hiddenRows(columnBlock, GradientDescent(rate: rate), batch, &weights, &first, &second)
  case .momentum(let rate, let momentum):
    let rule = Momentum(rate: rate, momentum: momentum)
    hiddenRows(columnBlock, rule, batch, &weights, &first, &second)
  case .adamW(let rate, let decay, let beta1, let beta2, let power1, let power2):
    let rule = AdamW(
      rate: rate, decay: decay, beta1: beta1, beta2: beta2, power1: power1, power2: power2)
    hiddenRows(columnBlock, rule, batch, &weights, &first, &second)
  }
}

/// The step for at most eight vectors of weights.
func updateRow(
  _ step: UpdateStep, _ gradient: InlineArray<8, Vector>, _ weights: inout MutableSpan<Vector>,
  _ first: inout MutableSpan<Vector>, _ second: inout MutableSpan<Vector>
) {
  for i in 0..<weights.count {
    let one = InlineArray<1, Vector>(repeating: gradient[i])
    switch step {
    case .gradientDescent(let rate):
      RegisterBlock<1>.update(GradientDescent(rate: rate), i, one, &weights, &first, &second)
    case .momentum(let rate, let momentum):
      RegisterBlock<1>.update(
        Momentum(rate: rate, momentum: momentum), i, one, &weights, &first, &second)
    case .adamW(let rate, let decay, let beta1, let beta2, let power1, let power2):
      let rule = AdamW(
        rate: rate, decay: decay, beta1: beta1, beta2: beta2, power1: power1, power2: power2)
      RegisterBlock<1>.update(rule, i, one, &weights, &first, &second)
    }
  }
}
