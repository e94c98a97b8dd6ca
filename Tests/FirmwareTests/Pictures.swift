import Digits
import Foundation
import Int8Runtime
import Kernels
import Network
import Quantizer

/// An image with random weights.
func randomImage(hidden: Int, side: Int = 28) throws -> [UInt8] {
  let contract = InputContract(side: side, deskew: true)
  let network = FloatNetwork(inputs: contract.inputs, hidden: hidden, activation: .relu, seed: 5)
  let pictures = Handwriting(seed: 2).set(count: 20)
  var features = [UInt8](repeating: 0, count: contract.inputs * pictures.count)
  for index in 0..<pictures.count {
    var span = features.mutableSpan
    var all = span.mutableBytes
    var part = all._mutatingExtracting(contract.inputs * index..<contract.inputs * (index + 1))
    condition(pictures.picture(index).bytes, by: contract, into: &part)
  }
  let calibration = StoredExamples(
    features: features, labels: pictures.labels, inputs: contract.inputs)
  return try QuantizedNetwork(network, contract: contract, calibration: calibration)
    .flashImage(
      provenance: Provenance(), knownPicture: Array(pictures.pixels.prefix(pictureBytes)))
}

/// The image that ships with the project.
func factoryImage() throws -> [UInt8] {
  let file = Firmware.root.appendingPathComponent("Firmware-sim/infer-sim/factory.flash")
  return [UInt8](try Data(contentsOf: file))
}

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
  let flash = try FlashImage(image.span.bytes)
  var arena = [UInt8](repeating: 0, count: ArenaLayout(flash.geometry).total)
  var digits: [Int] = []
  var digest: UInt32 = 0
  for start in stride(from: 0, to: pixels.count, by: pictureBytes) {
    arena.replaceSubrange(0..<pictureBytes, with: pixels[start..<start + pictureBytes])
    var span = arena.mutableSpan
    var bytes = span.mutableBytes
    let logits = flash.classify(&bytes)
    digits.append(logits.digit)
    for value in 0..<classCount {
      let number = withUnsafeBytes(of: logits.values[value].littleEndian) { [UInt8]($0) }
      digest = crc32(number.span.bytes, after: digest)
    }
  }
  return (digits, digest)
}
