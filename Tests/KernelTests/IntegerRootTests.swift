import Int8Runtime
import SIMDMath
import Testing

@Suite("Integer square root")
struct IntegerRootTests {
  @Test("every square has its root, its predecessor one less, and its successor the same")
  func aroundEverySquare() {
    for root: UInt32 in 1...65535 {
      let square = root * root
      let right =
        integerSquareRoot(square) == root && integerSquareRoot(square - 1) == root - 1
        && integerSquareRoot(square + (root > 1 ? 1 : 0)) == root
      if !right { Issue.record("around the square of \(root)") }
    }
  }

  @Test("the ends of the range")
  func ends() {
    #expect([0, 1, 2, 3, 4, 24, 25].map(integerSquareRoot) == [0, 1, 1, 1, 2, 4, 5])
    #expect(integerSquareRoot(.max) == 65535)
    #expect(integerSquareRoot(1 << 31) == 46340 && integerSquareRoot(1 << 30) == 32768)
  }
}
