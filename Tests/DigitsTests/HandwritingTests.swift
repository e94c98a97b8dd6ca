import SIMDMath
import Testing

@testable import Digits

@Suite("Handwriting")
struct HandwritingTests {
  let handwriting = Handwriting(seed: 7)

  @Test("every allograph draws ink of a digit's size, centered")
  func allographs() throws {
    let table = try AllographTable(parsing: Allographs.text)
    #expect(table.ofSymbol.count == 10)
    for (i, allograph) in table.allographs.enumerated() {
      for sample in 0..<20 {
        var random = Random(seed: 1, stream: UInt64(i), index: UInt64(sample))
        var pixels = [UInt8](repeating: 7, count: 784)
        var span = pixels.mutableSpan
        handwriting.draw(table, allograph: i, &random, into: &span)
        let ink = Ink(pixels)
        let name = Comment("digit \(allograph.symbol), allograph \(i), sample \(sample)")
        #expect((15...320).contains(ink.mass), name)
        #expect((17...24).contains(max(ink.width, ink.height)), name)
        #expect(abs(ink.x - 13.5) < 0.75 && abs(ink.y - 13.5) < 0.75, name)
      }
    }
  }

  @Test("the same digits come from any number of threads, and one at a time")
  func threads() {
    let one = handwriting.set(count: 501, threads: 1)
    for threads in [2, 3, 8, 1000] {
      let set = handwriting.set(count: 501, threads: threads)
      #expect(set.pixels == one.pixels && set.labels == one.labels)
    }
    var pixels = [UInt8](repeating: 0, count: 784)
    var span = pixels.mutableSpan
    #expect(handwriting.draw(index: 77, into: &span) == one.labels[77])
    #expect(pixels == Array(one.pixels[77 * 784..<78 * 784]))
  }

  @Test("the bytes are those of every other machine")
  func fixedBytes() {
    let set = Handwriting(seed: 1).set(count: 200)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a.
    for byte in set.pixels + set.labels { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    #expect(hash == 12_145_014_445_146_435_914)
  }

  @Test("seeds and streams share no digit")
  func streams() {
    let count = 300
    let sets = [
      handwriting.set(count: count), handwriting.set(count: count, stream: .test),
      Handwriting(seed: 8).set(count: count),
    ]
    let digits = sets.flatMap { set in
      (0..<count).map { Array(set.pixels[$0 * 784..<$0 * 784 + 784]) }
    }
    #expect(Set(digits).count == digits.count)
  }

  @Test("every digit comes as often as the others")
  func balance() {
    let count = 20_000
    let labels = handwriting.set(count: count, threads: 2).labels
    for digit: UInt8 in 0...9 {
      let share = labels.count { $0 == digit }
      // Five standard deviations of a binomial.
      #expect(abs(share - count / 10) < 212, "digit \(digit)")
    }
  }

  @Test("an empty set is empty")
  func empty() {
    #expect(handwriting.set(count: 0, threads: 4).count == 0)
  }

  @Test("ink, slant and width are those of MNIST's training digits")
  func statistics() {
    // Mean ink in whole pixels and mean width of the first 30,000 training digits, by digit.
    let ink = [138, 61, 117, 112, 96, 101, 108, 91, 118, 97]
    let width = [17.6, 8.7, 17.8, 15.9, 15.7, 17.5, 14.6, 15.4, 15.2, 13.6]
    let set = handwriting.set(count: 5000, threads: 2)
    for digit in 0...9 {
      let inks = (0..<set.count).filter { set.labels[$0] == digit }
        .map { Ink(Array(set.pixels[$0 * 784..<$0 * 784 + 784])) }
      let meanInk = inks.reduce(0) { $0 + $1.mass } / Double(inks.count)
      let meanWidth = inks.reduce(0) { $0 + Double($1.width) } / Double(inks.count)
      #expect(abs(meanInk / Double(ink[digit]) - 1) < 0.15, "digit \(digit): \(meanInk)")
      #expect(abs(meanWidth - width[digit]) < 1.5, "digit \(digit): \(meanWidth)")
    }
  }
}

/// Where the ink of a 28x28 picture is.
struct Ink {
  var mass = 0.0
  var x = 0.0
  var y = 0.0
  var width = 0
  var height = 0

  init(_ pixels: [UInt8]) {
    var columns = Set<Int>()
    var rows = Set<Int>()
    for (i, pixel) in pixels.enumerated() {
      let value = Double(pixel) / 255
      mass += value
      x += value * Double(i % 28)
      y += value * Double(i / 28)
      if value > 0.3 {
        columns.insert(i % 28)
        rows.insert(i / 28)
      }
    }
    x /= mass
    y /= mass
    width = (columns.max() ?? 0) - (columns.min() ?? 0) + 1
    height = (rows.max() ?? 0) - (rows.min() ?? 0) + 1
  }
}
