import Network
import SIMDMath
import Testing

@Suite("Vectors and column blocks")
struct VectorTests {
  @Test("lanes are added neighbors first, four times over")
  func pairwiseSumOrder() {
    var random = Random(seed: 31)
    for _ in 0..<200 {
      let v = vector { _ in random.symmetric() * Float(1 << random.below(20)) }
      var level = (0..<16).map { v[$0] }
      while level.count > 1 {
        level = (0..<level.count / 2).map { level[2 * $0] + level[2 * $0 + 1] }
      }
      #expect(v.pairwiseSum.bitPattern == level[0].bitPattern)
    }
    // An order that adds 1 to 2²⁴ first loses it.
    #expect(vector { $0 == 0 ? 0x1p24 : $0 == 2 || $0 == 3 ? 1 : 0 }.pairwiseSum == 0x1p24 + 2)
  }

  @Test("the largest lane is found at every index")
  func largestLane() {
    for offset in 0..<16 {
      #expect(vector { $0 == offset ? -1 : -2 - Float($0) }.largestLane == -1)
    }
    #expect(Vector(repeating: -.infinity).largestLane == -.infinity)
  }

  @Test(
    "column blocks are as wide as registers allow as long as they can be, then half of it, and so on",
    arguments: 1...64)
  func columnBlockDivision(vectors: Int) {
    let widths = columnBlocks(hidden: vectors * 16).map(\.width)
    let widest = KernelShape.blockVectors
    let rest = vectors % widest
    let tail = [4, 2, 1].filter { rest & $0 != 0 }
    #expect(widths == [Int](repeating: widest, count: vectors / widest) + tail)
    let starts = columnBlocks(hidden: vectors * 16).map(\.start)
    #expect(starts == widths.indices.map { widths[..<$0].reduce(0, +) })
  }
}
