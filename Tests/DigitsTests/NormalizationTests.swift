import SIMDMath
import Testing

@testable import Digits

@Suite("Normalization")
struct NormalizationTests {
  static let set = sharpDigits(40, seed: 11)

  private func digit(_ i: Int) -> Picture {
    Picture(width: 28, height: 28, pixels: Array(Self.set.pixels[i * 784..<(i + 1) * 784]))
  }

  private func normalized(_ picture: Picture) -> NormalizedDigit? {
    try? Normalization.normalize(picture, file: "x.pgm")
  }

  /// A digit drawn `scale` times larger on a page, its 28x28 box at `corner`; `shade` turns ink
  /// 0...1 and a position into brightness.
  private func page(
    _ digit: Picture, width: Int, height: Int, at corner: (left: Int, top: Int) = (0, 0),
    scale: Double = 1,
    shade: (Double, Int, Int) -> Double
  ) -> Picture {
    var pixels = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let sourceX = (Double(x - corner.left) + 0.5) / scale - 0.5
        let sourceY = (Double(y - corner.top) + 0.5) / scale - 0.5
        let ink = bilinear(digit.pixels, sourceX, sourceY) / 255
        pixels[y * width + x] = UInt8(min(255, max(0, shade(ink, x, y).rounded())))
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// How alike two digits are, whole pixels of shift aside: the correlation of their pixels.
  private func likeness(_ a: [UInt8], _ b: [UInt8]) -> Double {
    var best = 0.0
    for dy in -1...1 {
      for dx in -1...1 {
        var ab = 0.0
        var aa = 0.0
        var bb = 0.0
        for y in 1..<27 {
          for x in 1..<27 {
            let p = Double(a[28 * y + x])
            let q = Double(b[28 * (y + dy) + x + dx])
            ab += p * q
            aa += p * p
            bb += q * q
          }
        }
        best = max(best, ab / (aa * bb).squareRoot())
      }
    }
    return best
  }

  /// Normalizes all digits on pages of one kind; how alike the median and the worst come out.
  private func measure(
    inverted: Bool, _ make: (Picture) -> Picture
  ) throws -> (median: Double, worst: Double) {
    var all: [Double] = []
    for i in 0..<Self.set.count {
      let result = try #require(normalized(make(digit(i))), "digit \(i) is not found")
      #expect(result.inverted == inverted)
      all.append(likeness(result.pixels, digit(i).pixels))
    }
    all.sort()
    return (all[all.count / 2], all[0])
  }

  @Test("a digit as MNIST has it comes through unchanged")
  func unchanged() throws {
    for i in 0..<Self.set.count {
      let result = try #require(normalized(digit(i)))
      #expect(result.pixels == digit(i).pixels && !result.inverted)
    }
  }

  @Test("dark ink on a light page is turned around")
  func inverted() throws {
    let (median, worst) = try measure(inverted: true) { digit in
      page(digit, width: 28, height: 28) { ink, _, _ in 255 - 255 * ink }
    }
    #expect(median > 0.95 && worst > 0.85, "\(median), \(worst)")
  }

  @Test(
    "a digit of any size, anywhere on its page, is found",
    arguments: [(0.6, 40, 60), (1, 50, 40), (3, 120, 90), (10, 400, 500), (20, 560, 560)])
  func placed(scale: Double, width: Int, height: Int) throws {
    let spare = (width - Int(28 * scale), height - Int(28 * scale))
    let (median, worst) = try measure(inverted: true) { digit in
      page(digit, width: width, height: height, at: (spare.0 / 4, spare.1), scale: scale) {
        ink, _, _ in 240 - 200 * ink
      }
    }
    #expect(median > (scale < 1 ? 0.85 : 0.95) && worst > 0.7, "\(median), \(worst)")
  }

  @Test("light from one side, noise and faint ink do not hide a digit")
  func gradientAndNoise() throws {
    var random = Random(seed: 2)
    let (median, worst) = try measure(inverted: true) { digit in
      page(digit, width: 200, height: 160, at: (40, 20), scale: 4) { ink, x, y in
        let background = 120 + 0.5 * Double(x) + 0.2 * Double(y)
        return background - 70 * ink + 5 * Double(random.normal())
      }
    }
    #expect(median > 0.93 && worst > 0.8, "\(median), \(worst)")
  }

  @Test("chalk on a board is not turned around")
  func chalk() throws {
    let (median, worst) = try measure(inverted: false) { digit in
      page(digit, width: 150, height: 150, at: (10, 10), scale: 4) { ink, x, _ in
        40 + 0.2 * Double(x) + 150 * ink
      }
    }
    #expect(median > 0.95 && worst > 0.85, "\(median), \(worst)")
  }

  @Test("specks are left out")
  func specks() throws {
    var random = Random(seed: 3)
    let (median, worst) = try measure(inverted: true) { digit in
      page(digit, width: 200, height: 200, at: (50, 50), scale: 4) { ink, _, _ in
        random.uniform() < 0.004 ? 0 : 250 - 220 * ink
      }
    }
    #expect(median > 0.93 && worst > 0.8, "\(median), \(worst)")
  }

  @Test("the ink's box is told in the picture's own pixels")
  func box() throws {
    var picture = Picture(
      width: 1000, height: 600, pixels: [UInt8](repeating: 255, count: 600_000))
    for y in 200..<500 {
      for x in 700..<760 { picture.pixels[1000 * y + x] = 0 }
    }
    let result = try #require(normalized(picture))
    #expect(abs(result.box.left - 700) <= 4 && abs(result.box.top - 200) <= 4)
    #expect(abs(result.box.width - 60) <= 8 && abs(result.box.height - 300) <= 8)
    let ink = Ink(result.pixels)
    #expect(ink.height == 20 && abs(ink.width - 4) <= 1)
    #expect(abs(ink.x - 13.5) <= 0.75 && abs(ink.y - 13.5) <= 0.75)
  }

  @Test("a hairline on a large page keeps a pen's width")
  func hairline() throws {
    var picture = Picture(
      width: 2000, height: 2000, pixels: [UInt8](repeating: 230, count: 4_000_000))
    for y in 300..<1700 {
      for x in 995..<1005 { picture.pixels[2000 * y + x] = 20 }
    }
    let ink = Ink(try #require(normalized(picture)).pixels)
    #expect((1...3).contains(ink.width) && ink.height >= 19 && ink.mass > 15)
  }

  @Test("a picture without ink has no digit, whatever its size")
  func empty() {
    for (width, height) in [(1, 1), (1, 50), (3, 3), (28, 28), (28, 1), (300, 7), (2000, 2000)] {
      for level: UInt8 in [0, 128, 255] {
        let pixels = [UInt8](repeating: level, count: width * height)
        let picture = Picture(width: width, height: height, pixels: pixels)
        let error = error { () throws(DigitsError) in
          _ = try Normalization.normalize(picture, file: "empty.pgm")
        }
        #expect(error?.kind == .noDigit && error?.problem == "no digit found")
      }
    }
  }

  @Test("noise and a gradient alone are no digit")
  func noise() {
    var random = Random(seed: 4)
    let blank = Picture(width: 28, height: 28, pixels: [UInt8](repeating: 0, count: 784))
    for spread in [2.0, 8, 20] {
      let picture = page(blank, width: 120, height: 120) { _, x, y in
        100 + 0.4 * Double(x) + 0.3 * Double(y) + spread * Double(random.normal())
      }
      #expect(normalized(picture) == nil, "noise of \(spread)")
    }
  }

  @Test("any picture, however odd, gives 784 pixels or an error")
  func odd() {
    var random = Random(seed: 6)
    for _ in 0..<400 {
      let width = 1 + random.below(40)
      let height = 1 + random.below(40)
      let levels = [2, 3, 256][random.below(3)]
      let pixels = (0..<width * height).map { _ in
        UInt8(random.below(levels) * 255 / (levels - 1))
      }
      let result = normalized(Picture(width: width, height: height, pixels: pixels))
      #expect(result == nil || result?.pixels.count == 784)
    }
  }

  @Test("64 megapixels take a moment", .timeLimit(.minutes(1)))
  func huge() throws {
    let side = 8192
    var picture = Picture(
      width: side, height: side, pixels: [UInt8](repeating: 255, count: side * side))
    for y in 2000..<6000 {
      for x in 4000..<4500 { picture.pixels[side * y + x] = 0 }
    }
    #expect(try #require(normalized(picture)).inverted)
  }

  @Test(
    "all of MNIST's training digits come through unchanged",
    .enabled(if: mnistFolder != nil, "set MNIST_DIR to the folder with MNIST"))
  func mnist() throws {
    let set = try DataSet(#require(mnistFolder)).read(.training)
    let changed = (0..<set.count).count { i in
      let pixels = Array(set.pixels[i * 784..<(i + 1) * 784])
      return normalized(Picture(width: 28, height: 28, pixels: pixels))?.pixels != pixels
    }
    #expect(changed == 0)
  }
}
