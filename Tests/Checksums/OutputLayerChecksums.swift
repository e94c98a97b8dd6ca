import Int8Runtime
import Network
import SIMDMath

extension Checksum {
  private static let sizes = [16, 48, 240]
  private static let classes = 10
  private static let samples = 37

  static func outputLayer() -> [Checksum] {
    [
      Checksum("output forward") { digest in for units in sizes { digest.add(logits(units)) } },
      Checksum("hidden errors") { digest in
        for units in sizes {
          digest.add(hiddenErrors(units, .relu))
          digest.add(hiddenErrors(units, .tanh))
        }
      },
      outputBackward("output backward, gradient descent", .plain),
      outputBackward("output backward, momentum", .withMomentum),
      outputBackward("output backward, AdamW", .adam),
      Checksum("softmax") { digest in
        var random = Random(seed: 43)
        for range in [0.1, 3, 30, 200] as [Float] {
          for vector in random.vectors(200, range: range) {
            let logits = ClassValues([vector].span, classes: classes)
            let probabilities = softmax(logits)
            digest.add([probabilities[vector: 0]])
            digest.add([crossEntropy(logits, target: probabilities)])
          }
        }
      },
      Checksum("comparing answers") { digest in compare(&digest) },
    ]
  }

  private static func logits(_ units: Int) -> [Vector] {
    var random = Random(seed: 41, index: UInt64(units))
    let activations = Rows(samples, units: units, range: 1, &random)
    let weights = random.vectors(classes * units / 16, range: 0.3)
    let bias = random.vectors(1, range: 0.2)
    let stored = activations.blockByBlock
    var logits = [Vector](repeating: Vector(), count: samples)
    var span = logits.mutableSpan
    outputForward(
      OutputWeights(weights: weights.span, bias: bias.span, classes: classes),
      HiddenActivations(stored.span, capacity: samples), samples: 0..<samples, logits: &span)
    return logits
  }

  /// Errors of the output, [samples][16].
  private static func outputErrors(_ random: inout Random) -> [Float] {
    (0..<samples * 16).map { _ in random.symmetric() * 0.02 }
  }

  private static func hiddenErrors(_ units: Int, _ activation: ActivationFunction) -> [Vector] {
    var random = Random(seed: 42, index: UInt64(units))
    let errors = outputErrors(&random)
    let weights = random.vectors(classes * units / 16, range: 0.3)
    let activations = Rows(samples, units: units, range: 1, &random)
    let bias = [Vector()]
    var result = Rows(samples, units: units)
    for columnBlock in result.columnBlocks {
      let activationPart = activations.slice(columnBlock)
      var part = [Vector](repeating: Vector(), count: activationPart.count)
      var span = part.mutableSpan
      Network.hiddenErrors(
        columnBlock, outputErrors: OutputErrors(errors.span, classes: classes),
        layer: OutputWeights(weights: weights.span, bias: bias.span, classes: classes),
        activation: activation, activations: activationPart.span, errors: &span)
      result.setSlice(columnBlock, part)
    }
    return result.values
  }

  private static func outputBackward(_ name: StaticString, _ step: UpdateStep) -> Checksum {
    Checksum(name) { digest in
      for units in sizes {
        var random = Random(seed: 44, index: UInt64(units))
        let errors = outputErrors(&random)
        let activations = Rows(samples, units: units, range: 1, &random)
        for digit in 0..<classes {
          var parameters = Parameters(1, units: units, &random)
          for columnBlock in activations.columnBlocks {
            let part = activations.slice(columnBlock)
            parameters.update(columnBlock, by: step) { weights, first, second in
              Network.outputBackward(
                step: step,
                errors: ClassErrors(digit, of: OutputErrors(errors.span, classes: classes)),
                activations: part.span, weights: &weights, first: &first, second: &second)
            }
          }
          digest.add(parameters)
        }
      }
    }
  }

  private static func compare(_ digest: inout Digest) {
    var random = Random(seed: 45)
    for smoothing in [0, 0.1] as [Float] {
      let logits = random.vectors(samples, range: 9)
      let labels = logits.map { _ in Int32(random.below(classes)) }
      var errors = logits
      var losses = [Float](repeating: 0, count: samples)
      var correct = [Bool](repeating: false, count: samples)
      var errorSpan = errors.mutableSpan
      var lossSpan = losses.mutableSpan
      var correctSpan = correct.mutableSpan
      compareAnswers(
        logits: logits.span,
        targets: Targets(
          labels: labels.span, classes: classes, smoothing: smoothing, scale: 1 / 64),
        errors: &errorSpan, losses: &lossSpan, correct: &correctSpan)
      digest.add(errors)
      digest.add(losses)
      digest.add(correct.map { $0 ? 1 : 0 as UInt8 })
    }
  }
}
