import Int8Runtime
import Network
import SIMDMath

extension Checksum {
  /// More inputs than a tile of weights has rows, whatever the processor's tile.
  private static let inputs = 600
  /// Every width of column block alone, and one behind another.
  private static let sizes = [16, 32, 64, 240]
  /// One sample, and more than a word of a mask has bits.
  private static let sampleCounts = [1, 70]

  static func hiddenLayer() -> [Checksum] {
    [
      Checksum("hidden forward") { digest in
        eachShape { units, samples in digest.add(hiddenSums(units, samples)) }
      },
      Checksum("gathering a batch") { digest in
        for count in sampleCounts { digest.add(gathered(Samples(count, inputs: inputs))) }
      },
      hiddenBackward("hidden backward, gradient descent", .plain),
      hiddenBackward("hidden backward, momentum", .withMomentum),
      hiddenBackward("hidden backward, AdamW", .adam),
      biasBackward("biases, gradient descent", .plain),
      biasBackward("biases, momentum", .withMomentum),
      biasBackward("biases, AdamW", .adam),
      activation("ReLU", .relu), activation("leaky ReLU", .leakyReLU),
      activation("sigmoid", .sigmoid), activation("tanh", .tanh),
    ]
  }

  private static func eachShape(_ body: (Int, Samples) -> Void) {
    for units in sizes {
      for count in sampleCounts { body(units, Samples(count, inputs: inputs)) }
    }
  }

  private static func hiddenSums(_ units: Int, _ samples: Samples) -> [Vector] {
    var random = Random(seed: 31, index: UInt64(units))
    let weights = Rows(inputs, units: units, range: 0.1, &random)
    let bias = Rows(1, units: units, range: 0.5, &random)
    var result = Rows(samples.count, units: units)
    for columnBlock in weights.columnBlocks {
      let (weightPart, biasPart) = (weights.slice(columnBlock), bias.slice(columnBlock))
      var cursors = [Int32](repeating: 0, count: samples.count)
      var sums = [Vector](repeating: Vector(), count: samples.count * columnBlock.width)
      var cursorSpan = cursors.mutableSpan
      var sumSpan = sums.mutableSpan
      samples.withLists { lists in
        hiddenForward(
          columnBlock, lists: lists, weights: weightPart.span, bias: biasPart.span,
          cursors: &cursorSpan, sums: &sumSpan)
      }
      result.setSlice(columnBlock, sums)
    }
    return result.values
  }

  /// Masks and columns of all inputs of a batch.
  private static func columns(_ samples: Samples) -> (masks: [UInt64], columns: [UInt8]) {
    let words = inputs * wordsPerMask(samples.count)
    var masks = [UInt64](repeating: 0, count: words)
    var columns = [UInt8](repeating: 0, count: 64 * words)
    var maskSpan = masks.mutableSpan
    var columnSpan = columns.mutableSpan
    samples.withLists { lists in
      gatherColumns(lists, features: 0..<inputs, masks: &maskSpan, columns: &columnSpan)
    }
    return (masks, columns)
  }

  private static func gathered(_ samples: Samples) -> [UInt8] {
    let (masks, columns) = columns(samples)
    var bytes = columns
    for mask in masks {
      for shift in stride(from: 0, to: 64 as UInt64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: mask &>> shift))
      }
    }
    return bytes
  }

  private static func hiddenBackward(_ name: StaticString, _ step: UpdateStep) -> Checksum {
    Checksum(name) { digest in
      eachShape { units, samples in
        var random = Random(seed: 32, index: UInt64(units))
        let errors = Rows(samples.count, units: units, range: 0.02, &random)
        var parameters = Parameters(inputs, units: units, &random)
        let (masks, columns) = columns(samples)
        for columnBlock in errors.columnBlocks {
          let part = errors.slice(columnBlock)
          parameters.update(columnBlock, by: step) { weights, first, second in
            Network.hiddenBackward(
              columnBlock, step: step,
              HiddenGradientInputs(masks: masks.span, columns: columns.span, errors: part.span),
              weights: &weights, first: &first, second: &second)
          }
        }
        digest.add(parameters)
      }
    }
  }

  private static func biasBackward(_ name: StaticString, _ step: UpdateStep) -> Checksum {
    Checksum(name) { digest in
      eachShape { units, samples in
        var random = Random(seed: 33, index: UInt64(units))
        let errors = Rows(samples.count, units: units, range: 0.02, &random)
        var parameters = Parameters(1, units: units, &random)
        for columnBlock in errors.columnBlocks {
          let part = errors.slice(columnBlock)
          parameters.update(columnBlock, by: step) { biases, first, second in
            Network.biasBackward(
              step: step, errors: part.span, biases: &biases, first: &first, second: &second)
          }
        }
        digest.add(parameters)
      }
    }
  }

  private static func activation(_ name: StaticString, _ activation: ActivationFunction) -> Checksum
  {
    Checksum(name) { digest in
      var random = Random(seed: 34)
      var values = random.vectors(500, range: 12)
      var span = values.mutableSpan
      activate(activation, &span)
      digest.add(values)
      digest.add(values.map { activation.slope(ofValue: $0) })
    }
  }
}
