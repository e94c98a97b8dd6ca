import Digits

/// A table in memory: the input's first byte says how many bytes come at a time, and a byte 0 stands for 28 fields
/// of `0,`, and 1 for 28 of `p,`, so that whole lines of 785 are reached.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  var bytes: [UInt8] = []
  for byte in UnsafeBufferPointer(start: start, count: count).dropFirst() {
    if byte < 2 {
      for _ in 0..<28 { bytes += (byte == 0 ? "0," : "p,").utf8 }
    } else {
      bytes.append(byte)
    }
  }
  let source = StoredBytes(bytes, step: [3, 61, 1021, 16381][Int(start[0] & 3)])
  guard let table = try? CSV.table(in: source) else { return 0 }
  precondition(!table.rows.isEmpty && table.pixels.count == 784 * table.rows.count)
  precondition((1...256).contains(table.labels.count))
  precondition(table.rows.allSatisfy { $0 < table.labels.count })
  precondition(Set(table.labels).count == table.labels.count)
  return 0
}

/// A file's bytes, at hand already, handed out a few at a time.
private final class StoredBytes: ByteSource {
  let file = "table"
  let size: Int? = nil
  private var rest: ArraySlice<UInt8>
  private let step: Int

  init(_ bytes: [UInt8], step: Int) { (rest, self.step) = (bytes[...], step) }

  func read(upTo count: Int, into bytes: inout [UInt8]) {
    let taken = rest.prefix(min(count, step))
    bytes.append(contentsOf: taken)
    rest = rest.dropFirst(taken.count)
  }
}
