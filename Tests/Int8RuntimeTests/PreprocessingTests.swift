import Int8Runtime
import Network
import SIMDMath
import Testing

/// Properties of preprocessing that hold for any picture.
@Suite("Preprocessing")
struct PreprocessingTests {
  private static let inputSpecs = [28, 14, 12, 10].flatMap { side in
    [true, false].map { InputSpec(side: side, deskew: $0) }
  }

  @Test("an empty picture stays empty", arguments: inputSpecs)
  func emptyPicture(inputSpec: InputSpec) {
    let empty = [UInt8](repeating: 0, count: pictureBytes)
    #expect(preprocessed(empty, by: inputSpec) == [UInt8](repeating: 0, count: inputSpec.inputs))
  }

  /// A picture moved by whole pixels.
  private func moved(_ picture: [UInt8], right: Int, down: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: pictureBytes)
    for y in 0..<28 {
      for x in 0..<28 where picture[y * 28 + x] != 0 {
        result[(y + down) * 28 + x + right] = picture[y * 28 + x]
      }
    }
    return result
  }

  /// Center of mass, in pixels.
  private func center(_ picture: [UInt8]) -> (x: Double, y: Double) {
    var (mass, x, y) = (0.0, 0.0, 0.0)
    for (offset, ink) in picture.enumerated() {
      mass += Double(ink)
      x += Double(ink) * Double(offset % 28)
      y += Double(ink) * Double(offset / 28)
    }
    return (x / mass, y / mass)
  }

  @Test("a picture is moved by whole pixels so that its center of mass is nearest to (14, 14)")
  func centersByWholePixels() {
    let inputSpec = InputSpec(side: 28, deskew: false)
    for number in 0..<200 {
      let original = picture(number)
      let result = preprocessed(original, by: inputSpec)
      #expect(result.sorted() == original.sorted())
      let middle = center(result)
      #expect(abs(middle.x - 14) <= 0.504 && abs(middle.y - 14) <= 0.504)
    }
  }

  @Test("wherever a picture stands, it comes to the same place")
  func shiftedPictures() {
    let inputSpec = InputSpec(side: 28, deskew: false)
    var compared = 0
    for number in 0..<200 {
      let original = picture(number)
      let result = preprocessed(original, by: inputSpec)
      let middle = center(original)
      // Half-way between two pixels either is as near; positions are kept in 256ths.
      let isTie = [middle.x, middle.y].contains { abs($0 - $0.rounded(.down) - 0.5) < 1.0 / 128 }
      if isTie { continue }
      for (right, down) in [(-6, -6), (5, 6), (-3, 2), (6, -5)] {
        #expect(preprocessed(moved(original, right: right, down: down), by: inputSpec) == result)
        compared += 1
      }
    }
    #expect(compared > 700)
  }

  @Test("deskewed, the center of mass comes to the middle, (13.5, 13.5)")
  func centersDeskewed() {
    let inputSpec = InputSpec(side: 28, deskew: true)
    for number in 0..<200 {
      let middle = center(preprocessed(picture(number), by: inputSpec))
      #expect(abs(middle.x - 13.5) < 0.3 && abs(middle.y - 13.5) < 0.3)
    }
  }

  @Test(
    "small sides are the large one's middle, four pixels to one, a half rounded up",
    arguments: inputSpecs)
  func pooling(inputSpec: InputSpec) {
    if inputSpec.side == 28 { return }
    let whole = InputSpec(side: 28, deskew: inputSpec.deskew)
    for number in 0..<50 {
      let large = preprocessed(picture(number), by: whole)
      let margin = 14 - inputSpec.side
      let expected = (0..<inputSpec.inputs).map { offset in
        let x = margin + 2 * (offset % inputSpec.side)
        let y = margin + 2 * (offset / inputSpec.side)
        let corner = y * 28 + x
        let four = [corner, corner + 1, corner + 28, corner + 29].map { Double(large[$0]) }
        return UInt8((four.reduce(0, +) / 4).rounded(.toNearestOrAwayFromZero))
      }
      #expect(preprocessed(picture(number), by: inputSpec) == expected)
    }
  }

  /// Full, edges, corners, lines, checkers: whatever is unlike a digit.
  private var adversaries: [[UInt8]] {
    let rules: [(Int, Int) -> UInt8] = [
      { _, _ in 255 }, { _, _ in 1 }, { x, y in (x + y) % 2 == 0 ? 255 : 0 },
      { x, y in x == y ? 255 : 0 }, { x, y in x + y == 27 ? 255 : 0 },
      { x, y in x == 0 || y == 27 ? 255 : 0 }, { x, _ in x == 27 ? 255 : 0 },
      { _, y in y == 0 ? 255 : 0 }, { x, y in x % 26 < 2 && y % 26 < 2 ? 255 : 0 },
      { x, y in x < 2 && y < 14 || x > 25 && y > 13 ? 255 : 0 },
      { x, y in UInt8((x * 9 + y * 27) % 256) },
    ]
    let drawn = rules.map { rule in (0..<pictureBytes).map { rule($0 % 28, $0 / 28) } }
    let dots: [[UInt8]] = [0, 27, 756, 783, 406].map { dot in
      (0..<pictureBytes).map { $0 == dot ? 255 : 0 }
    }
    let dim: [[UInt8]] = dots.map { dot in dot.map { min($0, 1) } }
    return drawn + dots + dim
  }

  @Test("no picture gives more than its brightest pixel, or nothing", arguments: inputSpecs)
  func adversarialPictures(inputSpec: InputSpec) {
    for picture in adversaries {
      let result = preprocessed(picture, by: inputSpec)
      #expect(result.max() ?? 0 <= picture.max() ?? 0)
      if inputSpec.side == 28 && picture.max() == 255 { #expect(result.contains { $0 > 0 }) }
    }
  }

  @Test("ten thousand random pictures go through, none brighter than it came")
  func randomPictures() {
    var random = Random(seed: 71)
    var features = [UInt8](repeating: 0, count: pictureBytes)
    var pixels = [UInt64](repeating: 0, count: pictureBytes / 8)
    for number in 0..<10_000 {
      let inputSpec = PreprocessingTests.inputSpecs[number % 8]
      // From nearly empty to full, with only the lowest bits set in every third picture.
      let density = random.below(256)
      let levels: UInt64 = number % 3 == 0 ? 0x0303_0303_0303_0303 : .max
      for i in 0..<pixels.count {
        pixels[i] = random.next() >> 56 <= density ? random.next() & levels : 0
      }
      var span = features.mutableSpan
      var bytes = span.mutableBytes
      var target = bytes._mutatingExtracting(0..<inputSpec.inputs)
      preprocess(pixels.span.bytes, by: inputSpec, into: &target)
      if number % 3 == 0 && features[..<inputSpec.inputs].contains(where: { $0 > 3 }) {
        Issue.record("picture \(number)")
      }
    }
  }
}
