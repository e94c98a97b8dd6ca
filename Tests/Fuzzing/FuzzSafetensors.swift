import Network
import Quantizer

/// A safetensors file as it comes and, because a length is seldom guessed, once more with that of the JSON
/// that begins behind it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if opens(bytes) || count < 10 { return 0 }
  guard let end = bytes.lastIndex(of: UInt8(ascii: "}")), end >= 8 else { return 0 }
  for i in 0..<8 { bytes[i] = UInt8(truncatingIfNeeded: (end - 7) >> (8 * i)) }
  _ = opens(bytes)
  return 0
}

private func opens(_ bytes: [UInt8]) -> Bool {
  do throws(InterchangeError) {
    guard case .float(let model) = try InterchangeFormat.safetensors.model(bytes) else {
      return false
    }
    precondition(model.hiddenWeights.count == model.inputs * model.hidden)
    precondition(model.outputWeights.count == model.hidden * model.classes)
    precondition(model.hiddenWeights.allSatisfy(\.isFinite))
    _ = try FloatNetwork(model)
    return true
  } catch { return false }
}
