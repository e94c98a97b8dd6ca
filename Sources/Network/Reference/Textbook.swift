// The letters are the textbook's.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import SIMDMath

/// The algorithm as a textbook has it: one hidden layer, one example at a time, plain arrays. The fast engine is
/// tested against it, and a reader starts here.
///
/// With I inputs, H hidden units and K classes:
///
/// | | shape | |
/// | --- | --- | --- |
/// | X | [I] | an example, 0 ... 1 |
/// | r | | its class, 0 ..< K; R is 1 there and 0 elsewhere |
/// | W, b | [I][H], [H] | weights and biases of the hidden layer |
/// | Z | [H] | its activations, f(X W + b) |
/// | V, c | [H][K], [K] | weights and biases of the output layer |
/// | Y | [K] | probabilities, softmax(Z V + c) |
/// | eta, η | | learning rate |
package struct Textbook: Sendable {
  let I, H, K: Int
  let f: ActivationFunction
  var W, b, V, c: [Float]

  /// X and r.
  package typealias Example = (X: [Float], r: Int)

  /// Z = f(X W + b), [H].
  package func hidden(_ X: [Float]) -> [Float] {
    (0..<H).map { h in
      var sum = b[h]
      for i in 0..<I { sum += X[i] * W[i * H + h] }
      return f.value(sum)
    }
  }

  /// Z V + c, [K]: the logits.
  package func output(_ Z: [Float]) -> [Float] {
    (0..<K).map { k in
      var sum = c[k]
      for h in 0..<H { sum += Z[h] * V[h * K + k] }
      return sum
    }
  }

  /// Yₖ = eᴼᵏ / Σ eᴼ, [K]. The largest logit is taken off first, so that no power overflows.
  package static func softmax(_ O: [Float]) -> [Float] {
    let largest = O.max() ?? 0
    let powers = O.map { exponential($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Forward and backward for one example, and both updates.
  ///
  /// - Parameters:
  ///   - example: X, I numbers, and r, 0 ..< K.
  ///   - eta: η, the learning rate, above 0.
  /// - Returns: the example's loss before the updates, -ln Yᵣ, in nats.
  @discardableResult
  package mutating func learn(_ example: Example, eta: Float) -> Float {
    let (X, r) = example
    // Forward.
    let Z = hidden(X)
    let Y = Textbook.softmax(output(Z))
    // Backward: what the output has too much of, the gradient Y - R, [K] ...
    let outputError = (0..<K).map { k in Y[k] - (k == r ? 1 : 0) }
    // ... and the hidden layer, (Y - R) Vᵀ f′(Z), [H].
    let hiddenError = (0..<H).map { h in
      var sum: Float = 0
      for k in 0..<K { sum += outputError[k] * V[h * K + k] }
      return sum * f.slope(ofValue: Z[h])
    }
    // V ← V - η Zᵀ (Y - R), c ← c - η (Y - R).
    for k in 0..<K {
      for h in 0..<H { V[h * K + k] -= eta * Z[h] * outputError[k] }
      c[k] -= eta * outputError[k]
    }
    // W ← W - η Xᵀ ((Y - R) Vᵀ f′), b ← b - η ((Y - R) Vᵀ f′).
    for h in 0..<H {
      for i in 0..<I { W[i * H + h] -= eta * X[i] * hiddenError[h] }
      b[h] -= eta * hiddenError[h]
    }
    return -logarithm(Y[r])
  }

  /// While not converged, learns every example in random order.
  ///
  /// - Parameters:
  ///   - examples: what is learned.
  ///   - validation: examples that are not learned; training has converged when an epoch no longer lowers
  ///     their mean loss.
  ///   - eta: η, the learning rate, above 0.
  ///   - limit: the most epochs.
  ///   - random: where the order of the examples comes from.
  package mutating func train(
    _ examples: [Example], validation: [Example], eta: Float, limit: Int, random: inout Random
  ) {
    var best = Float.infinity
    for _ in 0..<limit {
      for example in examples.shuffled(using: &random) { learn(example, eta: eta) }
      let loss = meanLoss(validation)
      if loss >= best { return }
      best = loss
    }
  }

  /// The mean of -ln Yᵣ.
  package func meanLoss(_ examples: [Example]) -> Float {
    let losses = examples.map { -logarithm(Textbook.softmax(output(hidden($0.X)))[$0.r]) }
    return losses.reduce(0, +) / Float(max(1, losses.count))
  }
}
