import Digits
import HostInt8
import Int8Runtime
import Network
import Pipeline
import Quantizer
import SIMDMath

/// Reads MNIST's test digits, preprocessed beforehand, with the integers of a 784-128-10 network that saw
/// the training digits once: one at a time and 64 at a time, `HostClassifier` and the device's own code.
func measureInt8(_ arguments: [String]) throws {
  guard arguments.count == 1 else { throw UsageError() }
  let inputSpec = InputSpec(side: 28, deskew: true)
  let digits = try DataSet(arguments[0]).read(.training)
  let test = try DataSet(arguments[0]).read(.test)
  let image = try trainedImage(digits, inputSpec)
  let flash = try unsafe ModelImage(image.span.bytes)
  let examples = test.preprocessed(by: inputSpec, threads: 1)
  var features: [UInt8] = []
  for i in 0..<test.count {
    var row = [UInt8](repeating: 0, count: inputSpec.inputs)
    var span = row.mutableSpan
    _ = examples.write(i, epoch: 0, into: &span)
    features += row
  }
  var classifier = try HostClassifier(flash)
  for batch in [1, 64] {
    var best = 0.0
    var logits = [HostLogits](repeating: HostLogits(count: 10), count: batch)
    for _ in 0..<5 {
      let clock = Clock()
      var start = 0
      while start + batch <= test.count {
        let pictures = start * inputSpec.inputs..<(start + batch) * inputSpec.inputs
        var span = logits.mutableSpan
        classifier.read(features.span.extracting(pictures), into: &span)
        start += batch
      }
      best = max(best, Double(start) / clock.elapsed.processor)
    }
    printJSON([("batch", Double(batch)), ("images_per_cpu_second", best)])
  }
}

private func trainedImage(_ digits: DigitSet, _ inputSpec: InputSpec) throws -> [UInt8] {
  let examples = digits.preprocessed(by: inputSpec, threads: 1)
  let start = FloatNetwork(
    inputs: inputSpec.inputs, hidden: 128, classes: 10, activation: .relu, seed: 1)
  var plan = TrainingPlan()
  plan.epochs = 1
  let network = try Trainer(start, plan: plan, source: examples, validation: nil).train()
  let integers = try QuantizedNetwork(network, inputSpec: inputSpec, calibration: examples)
  return try integers.modelImage(
    metadata: Metadata(), selfTestPicture: Array(digits.pixels[..<pictureBytes]))
}
