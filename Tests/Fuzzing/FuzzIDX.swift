import Digits

/// Labels and pictures in memory: the input's first byte says how much of the rest is labels, and its
/// highest bit that the lengths are not known beforehand, as they are not where gzip unpacks.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 1 else { return 0 }
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let length = min(Int(bytes[0] & 127), count - 1)
  let isMeasured = bytes[0] < 128
  let first = StoredBytes(bytes[1..<1 + length], "labels", isMeasured)
  let second = StoredBytes(bytes[(1 + length)...], "images", isMeasured)
  // Pictures are looked at even when the labels are refused, as if there were two.
  let labels = try? IDX.labels(in: first)
  let pixels = try? IDX.images(in: second, count: labels?.count ?? 2, labelFile: "labels")
  if let labels { precondition(!labels.isEmpty) }
  if let pixels { precondition(pixels.count == 784 * (labels?.count ?? 2)) }
  return 0
}

/// A file's bytes, at hand already.
private final class StoredBytes: ByteSource {
  let file: String
  let size: Int?
  private var rest: Slice<UnsafeBufferPointer<UInt8>>

  init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ file: String, _ isMeasured: Bool) {
    (self.file, size, rest) = (file, isMeasured ? bytes.count : nil, bytes)
  }

  func read(upTo count: Int, into bytes: inout [UInt8]) {
    bytes.append(contentsOf: rest.prefix(count))
    rest = rest.dropFirst(count)
  }
}
