import Int8Runtime
import Recipe

/// A checkpoint as it comes, and with its checksum made right. What opens is written again and must
/// be the same bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  _ = try? Checkpoint(bytes)
  guard count >= 64 else { return 0 }
  let sum = crc32(bytes.span.bytes.extracting(12..<count))
  for i in 0..<4 { bytes[8 + i] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(i))) }
  if let checkpoint = try? Checkpoint(bytes) { precondition(checkpoint.bytes == bytes) }
  return 0
}
