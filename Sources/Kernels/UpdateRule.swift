/// How a gradient changes sixteen weights. A rule that keeps moments reads and writes them as well.
public protocol UpdateRule {
  /// How many moments the rule keeps for each weight: 0, 1 or 2.
  static var moments: Int { get }
  /// Whether a gradient of zero leaves a weight as it is, so that its row may be skipped.
  static var skipsZero: Bool { get }
  /// One step.
  func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector)
}

/// The textbook's step: w ← w - η g.
public struct GradientDescent: UpdateRule {
  public static var moments: Int { 0 }
  public static var skipsZero: Bool { true }
  /// η.
  public var rate: Float

  /// A step of `rate`.
  @inlinable public init(rate: Float) { self.rate = rate }

  @inlinable @inline(__always)
  public func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector
  ) {
    weight = weight - rate * gradient
  }
}

/// Momentum (Polyak, 1964) as PyTorch has it: v ← μ v + g, w ← w - η v.
public struct Momentum: UpdateRule {
  public static var moments: Int { 1 }
  public static var skipsZero: Bool { false }
  /// η.
  public var rate: Float
  /// μ, 0 ..< 1.
  public var momentum: Float

  /// A step of `rate` with momentum `momentum`.
  @inlinable public init(rate: Float, momentum: Float) {
    self.rate = rate
    self.momentum = momentum
  }

  @inlinable @inline(__always)
  public func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector
  ) {
    first = flushed(momentum * first + gradient)
    weight = weight - rate * first
  }
}

/// AdamW (Loshchilov and Hutter, 2019), the corrections for the moments' start folded into the rate.
public struct AdamW: UpdateRule {
  public static var moments: Int { 2 }
  public static var skipsZero: Bool { false }
  /// η √(1 - β₂ᵗ) / (1 - β₁ᵗ).
  public var rate: Float
  /// 1 - η λ, what weight decay leaves of a weight.
  public var keep: Float
  /// β₁ and β₂.
  public var beta1: Float
  public var beta2: Float
  /// ε √(1 - β₂ᵗ), added to the root.
  public var epsilon: Float

  /// Step number `step`, from 1, of learning rate `rate`; the powers β₁ᵗ and β₂ᵗ are given.
  @inlinable
  public init(
    rate: Float, decay: Float, beta1: Float, beta2: Float, power1: Float, power2: Float
  ) {
    let correction = (1 - power2).squareRoot()
    self.rate = rate * correction / (1 - power1)
    self.keep = 1 - rate * decay
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = 1e-8 * correction
  }

  @inlinable @inline(__always)
  public func update(
    _ weight: inout Vector, gradient: Vector, first: inout Vector, second: inout Vector
  ) {
    first = flushed(beta1 * first + (1 - beta1) * gradient)
    second = flushed(beta2 * second + (1 - beta2) * (gradient * gradient))
    weight = keep * weight - rate * first / (second.squareRoot() + epsilon)
  }
}

/// Subnormal numbers, which decaying moments run into and processors are slow at, become 0.
@inlinable @inline(__always)
public func flushed(_ value: Vector) -> Vector {
  let magnitude = value.replacing(with: -value, where: value .< 0)
  return value.replacing(with: 0, where: magnitude .< Float.leastNormalMagnitude)
}
