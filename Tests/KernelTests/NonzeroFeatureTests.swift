import Network
import SIMDMath
import Testing

@Suite("Lists of nonzero features")
struct NonzeroFeatureTests {
  /// The kernel's list of some features, in a buffer that held other things.
  private func listed(_ features: [UInt8], room: Int? = nil) -> [NonzeroFeature] {
    let old = NonzeroFeature(index: 9999, value: 7)
    var list = [NonzeroFeature](repeating: old, count: room ?? features.count)
    var span = list.mutableSpan
    let count = listNonzeroFeatures(features.span, into: &span)
    return Array(list[..<count])
  }

  private func expectList(of features: [UInt8]) {
    let expected = features.indices.filter { features[$0] != 0 }
    let list = listed(features)
    #expect(list.map { Int($0.index) } == expected)
    #expect(list.map { UInt8($0.value) } == expected.map { features[$0] })
  }

  @Test("what is not zero is listed in order, whatever the length and the share of zeros")
  func randomFeatures() {
    var random = Random(seed: 41)
    for count in [0, 1, 7, 8, 9, 63, 64, 65, 100, 127, 128, 129, 784] {
      for share: Float in [0, 0.02, 0.2, 0.9, 1] {
        expectList(
          of: (0..<count).map { _ in
            random.uniform() < share ? UInt8(1 + random.below(255)) : 0
          })
      }
    }
  }

  @Test("a single feature is found at every index, dim or bright")
  func singleFeature() {
    for offset in 0..<100 {
      for value: UInt8 in [1, 128, 255] {
        var features = [UInt8](repeating: 0, count: 100)
        features[offset] = value
        expectList(of: features)
      }
    }
  }

  @Test("65,536 features, as many as an index can number, and more room than features")
  func mostFeatures() {
    var features = [UInt8](repeating: 0, count: 65536)
    features[65535] = 3
    #expect(listed(features).map(\.index) == [65535])
    #expect(listed([0, 5], room: 9).map(\.index) == [1])
  }

  @Test("the number of a byte is its product with 1/255 rounded twice, and 255 is 1")
  func realValues() {
    for value in UInt16(0)...255 {
      #expect(realFeature(value) == Float(value) * (1 / 255))
      #expect(
        abs(Double(realFeature(value)) - Double(value) / 255) <= Double(value) / 255 * 0x1p-23)
    }
    #expect(realFeature(0) == 0 && realFeature(255) == 1)
  }
}
