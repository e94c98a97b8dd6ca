import Network
import SIMDMath
import Testing

@Suite("Columns of a batch")
struct ColumnTests {
  private func expectColumns(of batch: FeatureBatch, features: Range<Int>) {
    let words = wordsPerMask(batch.samples)
    // What stood there before has to go.
    var masks = [UInt64](repeating: .max, count: features.count * words)
    var columns = [UInt8](repeating: 99, count: masks.count * 64)
    var maskSpan = masks.mutableSpan
    var columnSpan = columns.mutableSpan
    batch.withNonzeroLists {
      gatherColumns($0, features: features, masks: &maskSpan, columns: &columnSpan)
    }
    for feature in features {
      let row = feature - features.lowerBound
      for sample in 0..<words * 64 {
        let bit = masks[row * words + sample / 64] >> UInt64(sample % 64) & 1
        let value =
          sample < batch.samples ? batch.features[sample * batch.inputs + feature] : 0
        #expect(bit == (value != 0 ? 1 : 0))
        #expect(columns[row * words * 64 + sample] == value)
      }
    }
  }

  @Test("bits and values are those of the dense batch", arguments: batchSizes)
  func everyBatchSize(samples: Int) {
    let batch = FeatureBatch(samples: samples, inputs: 20, share: 0.3, seed: 71)
    expectColumns(of: batch, features: 0..<20)
  }

  @Test("a slice of the features, from the first, to the last, one, and none")
  func partsOfTheFeatures() {
    let batch = FeatureBatch(samples: 66, inputs: 40, share: 0.4, seed: 72)
    for slice in [0..<13, 13..<27, 27..<40, 7..<8, 5..<5] {
      expectColumns(of: batch, features: slice)
    }
  }

  @Test("empty and full lists", arguments: [Float(0), 1])
  func emptyAndFullLists(share: Float) {
    let batch = FeatureBatch(samples: 65, inputs: 12, share: share, seed: 73)
    expectColumns(of: batch, features: 0..<12)
    expectColumns(of: batch, features: 3..<9)
  }

  @Test("words of a mask")
  func words() {
    #expect([0, 1, 63, 64, 65, 128, 129].map(wordsPerMask) == [0, 1, 1, 1, 2, 2, 3])
  }
}
