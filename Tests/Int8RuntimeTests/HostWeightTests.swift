import HostInt8
import Int8Runtime
import Quantizer
import Testing

@Suite("A model image for the host's vectors")
struct HostWeightTests {
  @Test("a weight of 128, which only a damaged image has, is refused")
  func weightOf128() throws {
    let image = try modelImage()
    let weights = ModelImageLayout(try ModelImage(image.span.bytes).shape).hiddenWeights
    // 256 · 128 - 1: an even unit of -1 and an odd one of 128.
    let damaged = image.resealed { $0.put(0x7FFF as UInt16, at: weights) }
    #expect(throws: HostClassifierError.weightTooLarge) {
      let flash = try ModelImage(damaged.span.bytes)
      _ = try HostClassifier(flash)
    }
  }
}
