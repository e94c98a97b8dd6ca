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
        // The box allows for the mean width; where a thick pen presses unevenly, an end can be thinner.
        let style = allograph.style
        let least = style.width > 2 && style.pressure > Style().pressure ? 16 : 17
        #expect((least...24).contains(max(ink.width, ink.height)), name)
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
    #expect(hash == 16_720_671_064_337_065_218)
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

  @Test("what is no digit is ink, of its own, and the same from any number of threads")
  func others() {
    let count = 300
    let pixels = handwriting.others(count: count)
    #expect(handwriting.others(count: count, threads: 3) == pixels)
    let other = (0..<count).map { Array(pixels[$0 * 784..<$0 * 784 + 784]) }
    let digits = handwriting.set(count: count)
    let drawn = (0..<count).map { Array(digits.pixels[$0 * 784..<$0 * 784 + 784]) }
    #expect(Set(other + drawn).count == 2 * count)
    #expect(other.allSatisfy { $0.contains { $0 > 90 } })
  }

  @Test("a coarse scan keeps ink where it was and its darkest full")
  func coarse() {
    let plain = handwriting.set(count: 200)
    var coarse = 0
    for index in 0..<200 {
      let digit = Array(plain.pixels[index * 784..<index * 784 + 784])
      var pixels = digit
      var span = pixels.mutableSpan
      var random = Random(seed: 9, index: UInt64(index))
      handwriting.coarsen(&random, &span)
      if pixels == digit { continue }
      coarse += 1
      let (before, after) = (Ink(digit), Ink(pixels))
      #expect(abs(before.x - after.x) < 0.5 && abs(before.y - after.y) < 0.5)
      #expect(pixels.max() == 255)
    }
    // One in five: forty, and five standard deviations of a binomial.
    #expect((12...68).contains(coarse))
    var random = Random(seed: 9)
    for _ in 0..<20 {
      var blank = [UInt8](repeating: 0, count: 784)
      var span = blank.mutableSpan
      handwriting.coarsen(&random, &span)
      #expect(blank.allSatisfy { $0 == 0 })
    }
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

  @Test("ink and width of the ways that are not foreign are those of MNIST's training digits")
  func statistics() {
    // Mean ink in whole pixels and mean width of the first 30,000 training digits, by digit.
    let ink = [138, 61, 117, 112, 96, 101, 108, 91, 118, 97]
    let width = [17.6, 8.7, 17.8, 15.9, 15.7, 17.5, 14.6, 15.4, 15.2, 13.6]
    let table = AllographTable.builtIn
    for digit in 0...9 {
      let ways = table.ofSymbol[digit].filter { table.allographs[$0].style.foreign == 0 }
      var (inkSum, widthSum, weights) = (0.0, 0.0, 0.0)
      for way in ways {
        let weight = Double(table.allographs[way].weight)
        for sample in 0..<60 {
          var random = Random(seed: 11, stream: UInt64(way), index: UInt64(sample))
          var pixels = [UInt8](repeating: 0, count: 784)
          var span = pixels.mutableSpan
          handwriting.draw(table, allograph: way, &random, into: &span)
          let drawn = Ink(pixels)
          inkSum += weight * drawn.mass
          widthSum += weight * Double(drawn.width)
          weights += weight
        }
      }
      #expect(
        abs(inkSum / weights / Double(ink[digit]) - 1) < 0.15, "\(digit): \(inkSum / weights)")
      #expect(abs(widthSum / weights - width[digit]) < 1, "\(digit): \(widthSum / weights)")
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
