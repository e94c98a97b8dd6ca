import Int8Runtime
import Network
import Quantizer
import SIMDMath

/// A network with random weights in integers, calibrated on random pictures.
func quantized(
  side: Int = 28, deskew: Bool = true, hidden: Int = 16, classes: Int = 10,
  activation: ActivationFunction = .relu
) throws -> QuantizedNetwork {
  let inputSpec = InputSpec(side: side, deskew: deskew)
  let network = FloatNetwork(
    inputs: inputSpec.inputs, hidden: hidden, classes: classes, activation: activation, seed: 5)
  let features = (0..<20).flatMap { preprocessed(picture($0), by: inputSpec) }
  let labels = [UInt8](repeating: 0, count: 20)
  let calibration = StoredExamples(
    features: features.span, labels: labels, inputs: inputSpec.inputs)
  return try QuantizedNetwork(network, inputSpec: inputSpec, calibration: calibration)
}

/// The model image of such a network.
func modelImage(
  side: Int = 28, hidden: Int = 16, activation: ActivationFunction = .relu
) throws -> [UInt8] {
  var metadata = Metadata()
  metadata.dataset = "random"
  metadata.testCount = 9
  return try quantized(side: side, hidden: hidden, activation: activation)
    .modelImage(metadata: metadata, selfTestPicture: picture(3))
}

/// A thick random stroke well inside a 28x28 picture.
func picture(_ number: Int) -> [UInt8] {
  var random = Random(seed: UInt64(number), stream: 55)
  var pixels = [UInt8](repeating: 0, count: pictureBytes)
  var (x, y) = (10 + random.below(8), 6)
  for _ in 0..<16 {
    for column in x...x + 2 { pixels[y * 28 + column] = UInt8(80 + random.below(176)) }
    x = min(19, max(6, x + random.below(5) - 2))
    y += 1
  }
  return pixels
}

/// What the network sees of a picture.
func preprocessed(_ picture: [UInt8], by inputSpec: InputSpec) -> [UInt8] {
  var features = [UInt8](repeating: 0xAA, count: inputSpec.inputs)
  var span = features.mutableSpan
  var bytes = span.mutableBytes
  preprocess(picture.span.bytes, by: inputSpec, into: &bytes)
  return features
}

/// Why some bytes do not open as a model image, or nil if they do.
func refusal(_ bytes: [UInt8]) -> ModelImageError? {
  do throws(ModelImageError) {
    _ = try ModelImage(bytes.span.bytes)
    return nil
  } catch {
    return error
  }
}

/// What an image answers.
func logits(_ image: [UInt8], _ picture: [UInt8]) throws(ModelImageError) -> [Int32] {
  let flash = try ModelImage(image.span.bytes)
  var arena = [UInt8](repeating: 0x55, count: ArenaLayout(flash.shape).total)
  for (i, pixel) in picture.enumerated() { arena[i] = pixel }
  var span = arena.mutableSpan
  var bytes = span.mutableBytes
  let answer = flash.classify(&bytes)
  return HostLogits(answer).array
}

/// Why an image fails its self-test, or nil if it passes.
func selfTestFailure(_ image: [UInt8]) -> ModelImageError? {
  do throws(ModelImageError) {
    let flash = try ModelImage(image.span.bytes)
    var arena = [UInt8](repeating: 0x55, count: ArenaLayout(flash.shape).total)
    var span = arena.mutableSpan
    var bytes = span.mutableBytes
    try flash.selfTest(&bytes)
    return nil
  } catch {
    return error
  }
}

extension [UInt8] {
  /// Writes a number, little-endian.
  mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
    for byte in 0..<value.bitWidth / 8 {
      self[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
    }
  }

  /// The image after a change, with checksums that fit it: what an attacker would send.
  func resealed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var image = self
    change(&image)
    image.put(
      crc32(image.span.bytes.extracting(Header.bytes..<image.count)), at: Header.payloadChecksum)
    image.put(
      crc32(image.span.bytes.extracting(0..<Header.headerChecksum)), at: Header.headerChecksum)
    return image
  }
}
