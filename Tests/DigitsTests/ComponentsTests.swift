import SIMDMath
import Testing

@testable import Digits

/// Pieces found by runs against pieces found by walking from pixel to pixel.
@Suite("Connected pieces")
struct ComponentsTests {
  /// Number of each pixel's piece, by walking.
  private func walked(_ mask: [Bool], _ w: Int, _ h: Int) -> [Int32] {
    var numbers = [Int32](repeating: -1, count: w * h)
    var count: Int32 = 0
    for start in mask.indices where mask[start] && numbers[start] < 0 {
      var stack = [start]
      numbers[start] = count
      while let i = stack.popLast() {
        for row in max(0, i / w - 1)...min(h - 1, i / w + 1) {
          for column in max(0, i % w - 1)...min(w - 1, i % w + 1)
          where mask[row * w + column] && numbers[row * w + column] < 0 {
            numbers[row * w + column] = count
            stack.append(row * w + column)
          }
        }
      }
      count += 1
    }
    return numbers
  }

  @Test(
    "are the same, in the same order, with the same boxes", arguments: [0.1, 0.3, 0.5, 0.7, 0.95])
  func same(share: Float) {
    var random = Random(seed: 11)
    for (w, h) in [(1, 1), (1, 9), (9, 1), (2, 2), (17, 13), (31, 40)] {
      for _ in 0..<40 {
        let mask = (0..<w * h).map { _ in random.uniform() < share }
        let found = Components(mask, width: w, height: h)
        let numbers = walked(mask, w, h)
        #expect(found.numbers == numbers)
        #expect(found.total == mask.count { $0 })
        #expect(found.all.count == Int(numbers.max() ?? -1) + 1)
        for (number, piece) in found.all.enumerated() {
          var box = PixelBox.none
          let pixels = numbers.indices.filter { numbers[$0] == Int32(number) }
          for i in pixels { box.include(i % w, i / w) }
          #expect(piece.area == pixels.count && piece.box == box)
        }
      }
    }
  }

  @Test("of a spiral are one, though its arms meet late")
  func spiral() {
    let rows = [
      "#########", "        #", "####### #", "#     # #", "# ### # #", "# #   # #", "# ##### #",
      "#       #", "#########",
    ]
    let mask = rows.flatMap { $0.map { $0 == "#" } }
    #expect(Components(mask, width: 9, height: 9).all.count == 1)
  }
}
