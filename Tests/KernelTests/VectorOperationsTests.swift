import Foundation
import Testing

@testable import SIMDMath

@Suite("Operations of vectors that the library leaves to the optimizer")
struct VectorOperationsTests {
  /// Numbers of all sizes, equal ones, zeros of both signs, bounds.
  private static let numbers: [Float] = {
    var random = Random(seed: 21)
    let wide = (0..<800).map { _ in
      random.symmetric() * Float(sign: .plus, exponent: random.below(40) - 20, significand: 1)
    }
    return wide + [0, -0, 1, -1, 0.5, -0.5, 1, 2, 2, -2, 1_000_000, -1_000_000]
  }()

  /// Eight of them, of sixteen, three times over.
  private func forEachThree(_ body: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) -> Void) {
    let numbers = VectorOperationsTests.numbers
    for start in 0..<numbers.count {
      func eight(_ offset: Int) -> SIMD8<Float> {
        SIMD8((0..<8).map { numbers[(start + 5 * offset + $0 * (offset + 1)) % numbers.count] })
      }
      body(eight(0), eight(1), eight(2))
    }
  }

  @Test("every lane of eight and of sixteen is what the scalar operation gives")
  func lanes() {
    forEachThree { a, b, c in
      let (fused, root) = (a.addingProduct(b, c), (a * a).squareRoot())
      let (small, large, inside) = (least(a, b), most(a, b), clamped(a, -1.5, 2))
      let twice = Vector(lowHalf: a, highHalf: b)
      let again = Vector(lowHalf: b, highHalf: c)
      let fusedTwice = twice.addingProduct(again, Vector(lowHalf: c, highHalf: a))
      for lane in 0..<8 {
        #expect(fused[lane] == a[lane].addingProduct(b[lane], c[lane]))
        #expect(fusedTwice[lane] == a[lane].addingProduct(b[lane], c[lane]))
        #expect(fusedTwice[lane + 8] == b[lane].addingProduct(c[lane], a[lane]))
        #expect(root[lane] == (a[lane] * a[lane]).squareRoot())
        #expect(small[lane] == min(a[lane], b[lane]) && large[lane] == max(a[lane], b[lane]))
        #expect(inside[lane] == max(-1.5, min(2, a[lane])))
        #expect(a.wholePart[lane] == a[lane].rounded(.down))
        #expect(least(twice, again)[lane + 8] == min(b[lane], c[lane]))
        #expect(most(twice, again)[lane + 8] == max(b[lane], c[lane]))
        #expect(clamped(twice, -1.5, 2)[lane + 8] == max(-1.5, min(2, b[lane])))
      }
      #expect(
        SIMDMath.lanes(where: a, equals: least(a, b), and: b, equals: least(b, c))
          == (0..<8).reduce(0) { $0 | (a[$1] <= b[$1] && b[$1] <= c[$1] ? 1 << UInt8($1) : 0) })
    }
  }

  @Test("words become floats and bytes")
  func words() {
    var random = Random(seed: 22)
    for _ in 0..<200 {
      let words = SIMD8<UInt32>((0..<8).map { _ in UInt32(random.below(1 << 24)) })
      for lane in 0..<8 {
        #expect(floats(words)[lane] == Float(words[lane]))
        #expect(bytes(words)[lane] == UInt8(truncatingIfNeeded: words[lane]))
      }
    }
  }

  @Test("cosines and sines of turns are good to a millionth, and at home in every turn")
  func waves() {
    var random = Random(seed: 23)
    for i in 0..<4000 {
      let turns = Vector((0..<16).map { _ in random.symmetric() * (i < 3000 ? 0.5 : 40) })
      let whole = cosine(turns: turns)
      for lane in 0..<16 {
        let angle = 2 * Double.pi * Double(turns[lane])
        #expect(abs(Double(whole[lane]) - cos(angle)) < 1.5e-6)
        if i < 3000 {
          #expect(abs(Double(cosine(rest: turns)[lane]) - cos(angle)) < 1.5e-6)
          #expect(abs(Double(sine(rest: turns)[lane]) - sin(angle)) < 1.5e-6)
        }
      }
    }
  }
}
