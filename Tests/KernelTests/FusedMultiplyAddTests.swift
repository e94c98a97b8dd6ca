import Network
import SIMDMath
import Testing

/// One rounding: the arithmetic on which equal bytes on all processors rest.
@Suite("Fused multiplication and addition")
struct FusedMultiplyAddTests {
  /// Numbers at which rounding twice goes wrong, and the ends of the range.
  private static let edges: [Float] = [
    0, -0.0, 1, -1, 1.5, 0x1.000002p0, 0x1.fffffep0, 0x1p-24, 0x1.8p-24, -0x1p-25, 0x1p-126,
    0x1p-149, 0x1p-75, 0x1.000002p-75, 0x1p127, 0x1.fffffep127, 0x1.fffffep63,
    -0x1.fffffep127, 1 / 3, 0.1, -16_777_216, .infinity, -.infinity, .nan,
  ]

  /// By the standard library, one number at a time.
  private func expectFused(_ sum: Vector, _ a: Vector, _ b: Vector) {
    let vectors = sum.addingProduct(a, b)
    let doubles = fusedByDoubles(sum, a, b)
    for lane in 0..<16 {
      let expected = sum[lane].addingProduct(a[lane], b[lane])
      let single = fusedByDoubles(sum[lane], a[lane], b[lane])
      if expected.isNaN {
        #expect(vectors[lane].isNaN && doubles[lane].isNaN && single.isNaN)
      } else {
        #expect(single.bitPattern == expected.bitPattern)
        #expect(vectors[lane].bitPattern == expected.bitPattern)
        #expect(doubles[lane].bitPattern == expected.bitPattern)
      }
    }
  }

  @Test("vectors, and numbers of 53 bits in their place, round as one number does, at every edge")
  func everyEdge() {
    let edges = FusedMultiplyAddTests.edges
    for a in edges {
      for b in edges {
        for start in stride(from: 0, to: edges.count, by: 16) {
          let sums = vector { edges[min(start + $0, edges.count - 1)] }
          expectFused(sums, Vector(repeating: a), Vector(repeating: b))
        }
      }
    }
  }

  @Test("and for random bits, sums that nearly cancel and sums halfway between two numbers")
  func randomBits() {
    var random = Random(seed: 3)
    for _ in 0..<2000 {
      let a = vector { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
      let b = vector { _ in random.symmetric() }
      expectFused(-(a * b), a, b)
      let any = vector { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
      expectFused(any, a, b)
      // A whole number of 25 bits has its last one halfway; a product far below decides.
      let halfway = vector { _ in Float(0x1p24 + Double(2 * random.below(1 << 20))) }
      expectFused(halfway, Vector(repeating: 1), 1 + b * 0x1p-30)
      expectFused(halfway, b * 0x1p-40, Vector(repeating: 0x1p-60))
    }
  }
}
