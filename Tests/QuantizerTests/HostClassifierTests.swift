import HostInt8
import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Testing

@Suite("Int8 on the host")
struct HostClassifierTests {
  private func image(
    _ activation: ActivationFunction, _ inputSpec: InputSpec, hidden: Int,
    _ calibration: StoredExamples
  ) throws -> [UInt8] {
    let network = randomNetwork(activation, inputs: inputSpec.inputs, hidden: hidden)
    let integers = try QuantizedNetwork(network, inputSpec: inputSpec, calibration: calibration)
    let known = [UInt8](repeating: 100, count: 784)
    return try integers.modelImage(metadata: Metadata(), selfTestPicture: known)
  }

  /// Logits of preprocessed pictures by the device's code.
  private func expected(_ flash: borrowing ModelImage, _ features: [UInt8]) -> [[Int32]] {
    let inputs = flash.shape.inputSpec.inputs
    let layout = ArenaLayout(flash.shape)
    return (0..<features.count / inputs).map { picture in
      var arena = [UInt8](repeating: 0, count: layout.total)
      for i in 0..<inputs { arena[layout.features + i] = features[picture * inputs + i] }
      var span = arena.mutableSpan
      var bytes = span.mutableBytes
      return HostLogits(flash.classifyPrepared(&bytes)).array
    }
  }

  private func expectSame(_ image: [UInt8], _ features: [UInt8]) throws {
    let flash = try ModelImage(image.span.bytes)
    var classifier = try HostClassifier(flash)
    let count = features.count / flash.shape.inputSpec.inputs
    var logits = [HostLogits](repeating: HostLogits(count: flash.shape.classes), count: count)
    var span = logits.mutableSpan
    classifier.read(features.span, into: &span)
    #expect(logits.map(\.array) == expected(flash, features))
  }

  @Test("logits are the device's for every activation", arguments: everyActivation)
  func everyActivationAgrees(activation: ActivationFunction) throws {
    for inputSpec in [smallInputSpec, InputSpec(side: 28, deskew: true)] {
      let (_, preprocessed) = examples(150, inputSpec)
      let image = try image(activation, inputSpec, hidden: 48, preprocessed)
      var features: [UInt8] = []
      for i in 0..<150 {
        var row = [UInt8](repeating: 0, count: inputSpec.inputs)
        var span = row.mutableSpan
        _ = preprocessed.write(i, epoch: 0, into: &span)
        features += row
      }
      try expectSame(image, features)
    }
  }

  @Test(
    "logits are the device's for every division into column blocks",
    arguments: [16, 32, 64, 112, 128, 144, 240, 1024])
  func everyWidth(hidden: Int) throws {
    let (_, preprocessed) = examples(20, smallInputSpec)
    let image = try image(.relu, smallInputSpec, hidden: hidden, preprocessed)
    var random = Random(seed: 9)
    let noise = (0..<66 * 100).map { _ in
      UInt8(random.uniform() < 0.5 ? 0 : random.below(256))
    }
    try expectSame(image, noise)
    try expectSame(image, [UInt8](repeating: 255, count: 100))
    try expectSame(image, [UInt8](repeating: 0, count: 100))
  }
}
