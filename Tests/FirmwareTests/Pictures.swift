import Foundation
import Int8Runtime

/// A raw IDX file of 28x28 pictures.
func imagesFile(_ pixels: [UInt8]) -> Data {
  var data = Data()
  for number in [0x803, UInt32(pixels.count / pictureBytes), 28, 28] as [UInt32] {
    withUnsafeBytes(of: number.bigEndian) { data.append(contentsOf: $0) }
  }
  data.append(contentsOf: pixels)
  return data
}

/// What the host reads in pictures: the digits, and the CRC-32 of all logits.
func read(_ pixels: [UInt8], with image: [UInt8]) throws -> (digits: [Int], digest: UInt32) {
  let flash = try ModelImage(image.span.bytes)
  var arena = [UInt8](repeating: 0, count: ArenaLayout(flash.shape).total)
  var digits: [Int] = []
  var digest: UInt32 = 0
  for start in stride(from: 0, to: pixels.count, by: pictureBytes) {
    arena.replaceSubrange(0..<pictureBytes, with: pixels[start..<start + pictureBytes])
    var span = arena.mutableSpan
    var bytes = span.mutableBytes
    let logits = flash.classify(&bytes)
    digits.append(logits.argmax)
    digest = crc32(logits.bytes, after: digest)
  }
  return (digits, digest)
}
