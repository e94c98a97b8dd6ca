import Int8Runtime
import Network
import Quantizer

/// An archive of arrays as it comes and, because no fuzzer guesses a checksum, once more with those of its
/// directory made right.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if opens(bytes) { return 0 }
  for offset in 0..<max(0, count - 46) where number(bytes, offset) == 0x0201_4B50 {
    let (length, local) = (number(bytes, offset + 24), number(bytes, offset + 42))
    guard local <= count - 30 else { continue }
    let names = (number(bytes, local + 26) & 0xFFFF) + (number(bytes, local + 26) >> 16)
    let content = local + 30 + names
    guard content <= count, length <= count - content else { continue }
    let checksum = crc32(bytes.span.bytes.extracting(content..<content + length))
    for i in 0..<4 {
      bytes[offset + 16 + i] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(i)))
    }
  }
  _ = opens(bytes)
  return 0
}

private func number(_ bytes: [UInt8], _ offset: Int) -> Int {
  (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
}

private func opens(_ bytes: [UInt8]) -> Bool {
  do throws(InterchangeError) {
    guard case .float(let model) = try InterchangeFormat.npz.model(bytes) else { return false }
    precondition(model.hiddenWeights.count == model.inputs * model.hidden)
    precondition(model.outputWeights.count == model.hidden * model.classes)
    precondition(model.hiddenWeights.allSatisfy(\.isFinite))
    _ = try FloatNetwork(model)
    return true
  } catch { return false }
}
