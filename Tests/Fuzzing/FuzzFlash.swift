import Foundation
import Int8Runtime

/// A flash image as it comes and, because no fuzzer guesses a checksum, once more with its length and
/// checksums made right. What opens must test itself and classify any picture without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  tryOut(bytes)
  guard count >= Header.bytes else { return 0 }
  put(Header.magicValue, in: &bytes, at: Header.magic)
  put(UInt32(count), in: &bytes, at: Header.imageBytes)
  put(crc32(bytes.span.bytes.extracting(Header.bytes..<count)), in: &bytes, at: 12)
  put(crc32(bytes.span.bytes.extracting(0..<252)), in: &bytes, at: Header.headerChecksum)
  tryOut(bytes)
  return 0
}

private func tryOut(_ bytes: [UInt8]) {
  guard let image = try? FlashImage(bytes.span.bytes) else { return }
  var arena = [UInt8](repeating: 0x55, count: ArenaLayout(image.geometry).total)
  var span = arena.mutableSpan
  var memory = span.mutableBytes
  try? image.selfTest(&memory)
  // The image's own last bytes as a picture, and all ink.
  for fill in [Array(bytes.suffix(784)), [UInt8](repeating: 255, count: 784)] {
    for (i, pixel) in fill.enumerated() {
      memory.storeBytes(of: pixel, toByteOffset: i, as: UInt8.self)
    }
    precondition((0..<10).contains(image.classify(&memory).digit))
  }
}

private func put(_ value: UInt32, in bytes: inout [UInt8], at offset: Int) {
  for i in 0..<4 { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(i))) }
}
