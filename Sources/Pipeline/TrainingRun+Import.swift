import Int8Runtime
import Network
import Quantizer

// What differs where a network was imported.
extension TrainingRun {
  /// The integers of a network: those of an imported file, if nothing has changed them.
  func quantized(
    _ network: FloatNetwork, _ examples: StoredExamples
  ) throws(QuantizationError) -> QuantizedNetwork {
    if !request.isTraining, let integers = request.imported?.integers,
      // The float network could be made of it, and so can this.
      let quantized = try? QuantizedNetwork(integers.model, inputSpec: request.inputSpec)
    {
      return quantized
    }
    return try QuantizedNetwork(network, inputSpec: request.inputSpec, calibration: examples)
  }

  /// How many answers an imported output layer gives otherwise, if it had to be rounded.
  func changedByRounding(_ image: [UInt8]) throws(QuantizationError) -> Int? {
    guard !request.isTraining, let output = request.imported?.integers?.output, output.isRounded
    else { return nil }
    return try opened { () throws(ModelImageError) in
      differingAnswers(try unsafe ModelImage(image.span.bytes), output, test.pixels)
    }
  }
}
