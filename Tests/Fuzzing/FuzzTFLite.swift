import Network
import Quantizer

/// A TensorFlow Lite model. What can be read is brought into the network's and the image's form, and reads
/// a picture.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do throws(InterchangeError) {
    switch try InterchangeFormat.tflite.model(bytes) {
    case .float(let model):
      precondition(model.hiddenWeights.count == model.inputs * model.hidden)
      precondition(model.outputWeights.count == model.hidden * model.classes)
      _ = try FloatNetwork(model)
    case .int8(let model, let output):
      precondition(model.hiddenWeights.count == model.inputs * model.hidden)
      precondition(model.hiddenMultiplier.allSatisfy { $0.multiplier >= 0 && $0.shift <= 31 })
      let picture = [UInt8](repeating: 200, count: model.inputs)
      let activations = model.activations(picture.span)
      precondition(model.logits(activations).count == model.classes)
      precondition(output.answer(activations) < model.classes)
      _ = try FloatNetwork(FloatModel(dequantizing: model))
    }
  } catch { precondition(!error.problem.isEmpty && !error.advice.isEmpty) }
  return 0
}
