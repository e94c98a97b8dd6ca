import Int8Runtime
import Pipeline

/// A checkpoint as it comes and, because no fuzzer guesses a checksum or a length to the byte, once more
/// with both made right. What opens is written again and must be the same bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if opens(bytes) || count < 64 { return 0 }
  let (text, vectors) = (number(bytes, 12), number(bytes, 16))
  let (teacher, moments) = (number(bytes, 20), number(bytes, 24))
  // Counts that no file has room for are left for the checkpoint to refuse.
  if max(text, vectors, teacher, moments) <= longest {
    let length = Checkpoint.bytes(
      text: text, vectors: vectors, moments: moments, teacher: teacher)
    resize(&bytes, to: min(length, longest))
  }
  put(0x5043_4453, in: &bytes, at: 0)
  put(1, in: &bytes, at: 4)
  put(crc32(bytes.span.bytes.extracting(12..<bytes.count)), in: &bytes, at: 8)
  _ = opens(bytes)
  return 0
}

/// Room for three vectors of parameters with two moments, a teacher, and lines of text.
private let longest = 2_048

/// Cuts the bytes, or repeats the last one.
private func resize(_ bytes: inout [UInt8], to count: Int) {
  let last = bytes[bytes.count - 1]
  if count < bytes.count { bytes.removeLast(bytes.count - count) }
  bytes += repeatElement(last, count: count - bytes.count)
}

/// Whether it opens.
private func opens(_ bytes: [UInt8]) -> Bool {
  guard let checkpoint = try? Checkpoint(bytes) else { return false }
  precondition(checkpoint.bytes == bytes)
  return true
}

private func number(_ bytes: [UInt8], _ offset: Int) -> Int {
  (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
}

private func put(_ value: UInt32, in bytes: inout [UInt8], at offset: Int) {
  for i in 0..<4 { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(i))) }
}
