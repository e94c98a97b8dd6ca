import SIMDMath
import Testing

@testable import Int8Runtime

@Suite struct PixelTableTests {
  @Test("pixels are found by the processor's instruction as they are found one by one")
  func pixels() {
    var random = Random(seed: 24)
    for _ in 0..<500 {
      func sixteen() -> UInt128 { UInt128(random.next()) << 64 | UInt128(random.next()) }
      let (first, last) = (sixteen(), sixteen())
      let offsets = SIMD16<UInt16>((0..<16).map { _ in UInt16(random.below(31)) })
      let found = PixelTable(first: first, last: last).pairs(at: offsets)
      #expect(found == PlainPixelTable(first: first, last: last).pairs(at: offsets))
      for lane in 0..<16 {
        let offset = Int(offsets[lane])
        func pixel(_ i: Int) -> UInt16 {
          UInt16(truncatingIfNeeded: (i < 16 ? first : last) >> (8 * (i % 16)) & 255)
        }
        #expect(found[lane] == pixel(offset) | pixel(offset + 1) << 8)
      }
    }
  }
}
