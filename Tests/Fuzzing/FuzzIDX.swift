import Digits
import Foundation

/// Two IDX files in a folder in memory: the input's first byte says how much of the rest is labels.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 1 else { return 0 }
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let labels = min(Int(bytes[0]), count - 1)
  let parts = [bytes[1..<1 + labels], bytes[(1 + labels)...]]
  for (file, part) in zip(files, parts) {
    ftruncate(file, 0)
    let part = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: part))
    precondition(pwrite(file, part.baseAddress, part.count, 0) == part.count)
  }
  if let set = try? MNIST.test(in: folder) {
    precondition(set.pixels.count == 784 * set.labels.count)
    precondition(set.labels.allSatisfy { $0 < 10 })
  }
  return 0
}

private let folder = ProcessInfo.processInfo.environment["FUZZ_FOLDER"] ?? "/dev/shm"

private let files: [Int32] = ["t10k-labels-idx1-ubyte", "t10k-images-idx3-ubyte"].map {
  open(folder + "/" + $0, O_RDWR | O_CREAT, 0o600)
}
