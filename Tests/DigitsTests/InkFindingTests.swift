import SIMDMath
import Testing

@testable import Digits

@Suite("Ink at the border")
struct InkFindingTests {
  static let set = sharpDigits(16, seed: 12)

  /// A drawn digit's ink cut to its box, 0...255.
  private func cropped(_ i: Int) -> Picture {
    let pixels = Array(Self.set.pixels[i * 784..<(i + 1) * 784])
    var box = PixelBox.none
    for y in 0..<28 {
      for x in 0..<28 where pixels[28 * y + x] > 64 { box.include(x, y) }
    }
    let cut = (0..<box.width * box.height).map { j in
      pixels[28 * (box.top + j / box.width) + box.left + j % box.width]
    }
    return Picture(width: box.width, height: box.height, pixels: cut)
  }

  /// A picture enlarged, each pixel a square, with a margin; ink and page as bright as `shade` says.
  private func page(
    _ ink: Picture, scale: Int, margin: Int, _ shade: (Double, Int, Int) -> Double
  ) -> Picture {
    let (w, h) = (ink.width * scale + 2 * margin, ink.height * scale + 2 * margin)
    var pixels = [UInt8](repeating: 0, count: w * h)
    for y in 0..<h {
      for x in 0..<w {
        let isInside = x >= margin && y >= margin && x < w - margin && y < h - margin
        let (column, row) = ((x - margin) / scale, (y - margin) / scale)
        let share = isInside ? Double(ink.pixels[row * ink.width + column]) / 255 : 0
        pixels[y * w + x] = UInt8(min(255, max(0, shade(share, x, y).rounded())))
      }
    }
    return Picture(width: w, height: h, pixels: pixels)
  }

  private func found(_ picture: Picture) -> NormalizedDigit? {
    try? Normalization.normalize(picture, file: "x")
  }

  /// How many of 16 digits come out on the right side and as they do with room around them.
  private func alike(
    scale: Int, margin: Int, isDark: Bool, _ shade: (Double, Int, Int) -> Double,
    finish: (Picture) -> Picture = { $0 }
  ) throws -> Int {
    try (0..<16).count { i in
      let white = page(cropped(i), scale: 8, margin: 60) { ink, _, _ in 255 * ink }
      let roomy = try #require(found(white))
      let picture = finish(page(cropped(i), scale: scale, margin: margin, shade))
      guard let digit = found(picture) else { return false }
      let apart = difference(digit.pixels, roomy.pixels)
      let ink = roomy.pixels.map(Int.init).reduce(0, +)
      return digit.inverted == isDark && 3 * apart < ink
    }
  }

  /// How much two digits differ, a whole pixel of shift aside.
  private func difference(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var least = Int.max
    for shift in [-29, -28, -27, -1, 0, 1, 27, 28, 29] {
      var sum = 0
      for i in 29..<784 - 29 { sum += abs(Int(a[i]) - Int(b[i + shift])) }
      least = min(least, sum)
    }
    return least
  }

  @Test("a digit cropped to its box is found, dark or light", arguments: [0, 1, 2, 8])
  func tight(margin: Int) throws {
    let dark = try alike(scale: 8, margin: margin, isDark: true) { ink, _, _ in 250 - 230 * ink }
    let light = try alike(scale: 8, margin: margin, isDark: false) { ink, _, _ in 20 + 200 * ink }
    #expect(dark >= 15 && light >= 15, "\(dark), \(light)")
  }

  @Test("so it is on paper with noise and light from one side")
  func tightOnPaper() throws {
    var random = Random(seed: 5)
    let count = try alike(scale: 6, margin: 1, isDark: true) { ink, x, y in
      180 + 0.3 * Double(x) - 0.2 * Double(y) - 120 * ink + 4 * Double(random.normal())
    }
    #expect(count >= 14, "\(count)")
  }

  @Test("blocks of JPEG leave it found, at the border too", arguments: [1.0, 2.5, 5], [0, 30])
  func blocks(coarseness: Double, margin: Int) throws {
    let count = try alike(scale: 6, margin: margin, isDark: true) { ink, _, _ in
      225 - 180 * ink
    } finish: {
      let blocks = JPEGBlocks(coarseness: coarseness)($0)
      #expect(blocks.pixels != $0.pixels)
      return blocks
    }
    #expect(count == 16)
  }

  @Test("a picture no larger than MNIST's may be all digit")
  func small() throws {
    let count = try alike(scale: 1, margin: 0, isDark: true) { ink, _, _ in 255 - 255 * ink }
    #expect(count >= 12, "\(count)")
  }

  @Test("lines of a form at one side, two or all are left out", arguments: [1, 2, 12, 15])
  func frame(sides: Int) throws {
    for thick in [1, 3] {
      let count = try alike(scale: 8, margin: 40, isDark: true) { ink, _, _ in
        255 - 230 * ink
      } finish: { picture in
        framed(picture, sides: sides, thick: thick)
      }
      #expect(count >= 15, "\(count) with lines \(thick) thick")
    }
  }

  /// A picture with dark lines at its left (1), upper (2), right (4) and lower (8) side.
  private func framed(_ picture: Picture, sides: Int, thick: Int) -> Picture {
    var picture = picture
    let (w, h) = (picture.width, picture.height)
    for i in 0..<thick {
      for x in 0..<w where sides & 2 != 0 { picture.pixels[w * i + x] = 60 }
      for x in 0..<w where sides & 8 != 0 { picture.pixels[w * (h - 1 - i) + x] = 60 }
      for y in 0..<h where sides & 1 != 0 { picture.pixels[w * y + i] = 60 }
      for y in 0..<h where sides & 4 != 0 { picture.pixels[w * y + w - 1 - i] = 60 }
    }
    return picture
  }

  @Test("the bar of a 7 cropped to its box is none of a form's lines", arguments: [4, 8, 12])
  func seven(thick: Int) throws {
    var picture = Picture(width: 60, height: 80, pixels: [UInt8](repeating: 255, count: 4800))
    for y in 0..<80 {
      let left = Int(Double(60 - thick) - Double(y) * 0.6)
      for x in 0..<60 where y < thick || (x >= left && x < left + thick) {
        picture.pixels[60 * y + x] = 0
      }
    }
    let digit = try #require(found(picture))
    // Its top row reaches from one side of the ink to the other.
    let rows = (0..<28).map { y in (0..<28).count { digit.pixels[28 * y + $0] > 100 } }
    let top = try #require(rows.first { $0 > 0 })
    #expect(digit.inverted && top >= 12 && digit.box.top == 0 && digit.box.width == 60)
  }

  @Test("ruled and squared paper half as dark as ink is left out", arguments: [false, true])
  func ruled(isSquared: Bool) throws {
    let count = try alike(scale: 6, margin: 30, isDark: true) { ink, x, y in
      let isLine = y % 24 == 7 || (isSquared && x % 24 == 11)
      return min(isLine ? 145 : 240, 240 - 190 * ink)
    }
    #expect(count >= 14, "\(count)")
  }

  @Test("noise of few pixels is never without doubt")
  func noise() {
    var random = Random(seed: 7)
    var doubtless = 0
    for i in 0..<300 {
      let side = 4 + i % 12
      let pixels = (0..<side * side).map { _ in
        UInt8(i % 2 == 0 ? random.below(256) : 255 * random.below(2))
      }
      let digit = found(Picture(width: side, height: side, pixels: pixels))
      doubtless += digit.map { $0.isDoubtful ? 0 : 1 } ?? 0
    }
    #expect(doubtless <= 6, "\(doubtless)")
  }

  @Test("crosses as wide as the picture are never without doubt", arguments: [12, 20, 33, 64])
  func crosses(side: Int) {
    for thick in [side / 10 + 1, side / 5] {
      var plus = [UInt8](repeating: 255, count: side * side)
      var times = plus
      for y in 0..<side {
        for x in 0..<side {
          let near = (side - thick) / 2..<(side + thick) / 2 + 1
          if near.contains(x) || near.contains(y) { plus[side * y + x] = 0 }
          if min(abs(x - y), abs(x + y - side + 1)) <= thick / 2 { times[side * y + x] = 0 }
        }
      }
      for pixels in [plus, times, plus.map { 255 - $0 }] {
        let digit = found(Picture(width: side, height: side, pixels: pixels))
        #expect(digit?.isDoubtful != false)
      }
    }
  }
}
