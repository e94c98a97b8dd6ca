import Digits
import Foundation
import Int8Runtime
import Network
import Quantizer
import SIMDMath

/// An image with random weights; one of 16 units and 28x28 inputs takes 13.5 KB.
package func randomImage(
  hidden: Int, side: Int = 28, activation: ActivationFunction = .relu
) throws -> [UInt8] {
  let inputSpec = InputSpec(side: side, deskew: true)
  let network = FloatNetwork(
    inputs: inputSpec.inputs, hidden: hidden, classes: 10, activation: activation, seed: 5)
  let pictures = Handwriting(seed: 2).set(count: 20)
  var features = [UInt8](repeating: 0, count: inputSpec.inputs * pictures.count)
  for index in 0..<pictures.count {
    var span = features.mutableSpan
    var all = span.mutableBytes
    var slice = all._mutatingExtracting(inputSpec.inputs * index..<inputSpec.inputs * (index + 1))
    preprocess(pictures.picture(index).bytes, by: inputSpec, into: &slice)
  }
  let calibration = StoredExamples(
    features: features.span, labels: pictures.labels, inputs: inputSpec.inputs)
  return try QuantizedNetwork(network, inputSpec: inputSpec, calibration: calibration)
    .modelImage(
      metadata: Metadata(), selfTestPicture: Array(pictures.pixels.prefix(pictureBytes)))
}

/// The image that ships with the project, which reads digits.
package func factoryImage() throws -> [UInt8] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return [UInt8](
    try Data(contentsOf: root.appendingPathComponent("Firmware-sim/infer-sim/factory.flash")))
}
