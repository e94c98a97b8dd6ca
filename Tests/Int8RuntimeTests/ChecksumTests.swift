import Int8Runtime
import Network
import SIMDMath
import Testing

@Suite struct ChecksumTests {
  private let bytes = (0..<101).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }

  @Test func `a CRC of pieces is the CRC of the whole`() {
    let whole = crc32(bytes.span.bytes)
    for cut in bytes.indices {
      var crc = IncrementalCRC()
      crc.add(bytes.span.bytes.extracting(0..<cut))
      var rest = bytes[cut...]
      while rest.count >= 4 {
        crc.add(rest.prefix(4).reversed().reduce(0 as UInt32) { $0 &<< 8 | UInt32($1) })
        rest = rest.dropFirst(4)
      }
      crc.add(Array(rest).span.bytes)
      #expect(crc.value == whole)
    }
    #expect(IncrementalCRC().value == 0)
  }

  @Test func `any change within one word changes the Fletcher checksum`() {
    let sum = FletcherChecksum(bytes.span.bytes)
    for bit in 0..<8 * bytes.count {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(FletcherChecksum(changed.span.bytes) != sum)
    }
  }

  @Test func `two words exchanged change the Fletcher checksum`() {
    let exchanged = Array(bytes[4..<8]) + Array(bytes[0..<4]) + Array(bytes[8...])
    #expect(FletcherChecksum(exchanged.span.bytes) != FletcherChecksum(bytes.span.bytes))
  }

  @Test func `a canary shows how deep something has written`() {
    var memory = [UInt8](repeating: 0, count: 64)
    var span = memory.mutableSpan
    var region = span.mutableBytes
    Canary.paint(&region)
    #expect(Canary.isIntact(region.bytes) && Canary.untouched(region.bytes) == 64)
    region.storeBytes(of: 1 as UInt8, toByteOffset: 41, as: UInt8.self)
    #expect(!Canary.isIntact(region.bytes) && Canary.untouched(region.bytes) == 40)
  }

  @Test(arguments: [1, 7, 256, 1 << 20]) func `the scrubber goes round in slices of any size`(
    slice: Int
  ) throws {
    var image = try modelImage()
    var scrubber = FlashScrubber()
    var sound = 0
    for _ in 0..<3 * (image.count / slice + 2) {
      switch scrubber.advance(image.span.bytes, slice: slice) {
      case .sound: sound += 1
      case .damaged: Issue.record("damage in sound flash")
      case .underWay: break
      }
    }
    #expect(sound >= 2)
    for offset in [100, 164, 300, image.count - 1] {
      image[offset] ^= 4
      var scrubber = FlashScrubber()
      var found = false
      for _ in 0..<image.count / slice + 2 where !found {
        found = scrubber.advance(image.span.bytes, slice: slice) == .damaged
      }
      #expect(found)
      image[offset] ^= 4
    }
  }
}
