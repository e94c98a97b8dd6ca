import Int8Runtime
import Network
import SIMDMath

extension Checksum {
  /// The elementary functions, of one number and of vectors, all over their domains and next to the points
  /// where they change their formula.
  static func functions() -> [Checksum] {
    [
      Checksum("exponential") { digest in
        // Beyond both ends, -87.3 and 88, and 32,000 points between.
        sweep(-95, 95) { digest.add([exponential($0)]) }
        digest.add([exponential(Float(1.5)), exponential(Float(-90)), exponential(Float(0))])
      },
      Checksum("logarithm of a number") { digest in
        var random = Random(seed: 11)
        for _ in 0..<20_000 { digest.add([logarithm(random.positive())]) }
        digest.add([logarithm(Float(0)), logarithm(Float(-1)), logarithm(Float(1))])
      },
      Checksum("logarithm of vectors") { digest in
        var random = Random(seed: 12)
        for _ in 0..<2_000 {
          var x = Vector()
          for lane in 0..<16 { x[lane] = random.positive() }
          digest.add([logarithm(x)])
        }
        sweep(0.5, 2) { digest.add([logarithm($0)]) }
      },
      Checksum("sineAndCosine of a number") { digest in
        var random = Random(seed: 13)
        for round in 0..<20_000 {
          let (sine, cosine) = sineAndCosine(random.symmetric() * (round % 2 == 0 ? 4 : 8192))
          digest.add([sine, cosine])
        }
      },
      Checksum("random numbers") { digest in
        var random = Random(seed: 14, stream: 3, index: 5)
        for _ in 0..<10_000 { digest.add([random.normal(), random.uniform(), random.symmetric()]) }
      },
    ]
  }

  /// 32,000 numbers that rise from one to another, by vectors.
  private static func sweep(_ first: Float, _ last: Float, _ body: (Vector) -> Void) {
    for i in 0..<2_000 {
      let share = (laneNumbers + Float(16 * i)) * (1 / 31_999)
      // Products and sums apart: inputs do not depend on what is checked.
      body(share * (last - first) + first)
    }
  }
}
