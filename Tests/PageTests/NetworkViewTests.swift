import Device
import Digits
import Foundation
import Int8Runtime
import Network
import Page
import TestImages
import Testing

/// What a page shows of a network.
@Suite("A network's inside")
struct NetworkViewTests {
  private let pictures = Handwriting(seed: 9).set(count: 12)

  private func picture(_ index: Int) -> Picture {
    Picture(
      width: 28, height: 28,
      pixels: Array(pictures.pixels[index * pictureBytes..<(index + 1) * pictureBytes]))
  }

  @Test(
    "adds up to the answer: sums to activations, addends and biases to scores",
    arguments: [
      ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh,
    ])
  func addsUp(activation: ActivationFunction) throws {
    let bytes = try randomImage(hidden: 32, side: 14, activation: activation)
    let image = try ModelImage(bytes.span.bytes)
    for index in 0..<pictures.count {
      guard let reading = try? image.read(picture(index), file: "") else { continue }
      let sums = image.hiddenSums(reading.features)
      for unit in 0..<32 {
        let step = requantize(sums[unit], by: image.hiddenMultiplier(unit))
        let expected =
          activation == .relu
          ? UInt8(clamping: step) : image.activation(UInt8(clamping: step + 128))
        #expect(reading.activations[unit] == expected)
      }
      for digit in 0..<10 {
        let addends = (0..<32).map {
          image.addend(of: reading.activations[$0], unit: $0, class: digit)
        }
        // The bias has the zero point's part, which is taken off the addends.
        let zero = Int32(image.byte(Header.activationZeroPoint))
        let weights = (0..<32).map { image.outputWeight(unit: $0, class: digit) }
        let bias = image.outputBias(digit) + zero * weights.reduce(0, +)
        #expect(addends.reduce(bias, +) == reading.logits[digit])
      }
    }
  }

  @Test("shares the score among the pixels, but for what biases give")
  func contributions() throws {
    let bytes = try factoryImage()
    let image = try ModelImage(bytes.span.bytes)
    let reading = try image.read(picture(3), file: "")
    let sums = image.hiddenSums(reading.features)
    let shares = image.contributions(
      to: reading.answer, reading.features, sums: sums, activations: reading.activations)
    var expected: Float = 0
    for unit in 0..<image.shape.hidden where sums[unit] != 0 {
      let addend = image.addend(
        of: reading.activations[unit], unit: unit, class: reading.answer)
      let bias = Float(image.hiddenBias(unit)) / Float(sums[unit])
      expected += Float(addend) * (1 - bias)
    }
    #expect(abs(shares.reduce(0, +) - expected) < 1e-3 * abs(expected) + 1)
    for (share, value) in zip(shares, reading.features) where value == 0 { #expect(share == 0) }
  }

  @Test("is read as the simulated chip reads it, with the same instructions")
  func asOnTheChip() throws {
    let bytes = try factoryImage()
    let image = try ModelImage(bytes.span.bytes)
    for (number, profile) in Profile.all.enumerated() where profile.flashBytes > 200_000 {
      var device = try SimulatedDevice(bytes, on: profile)
      for index in 0..<pictures.count {
        let reading = try image.read(picture(index), file: "")
        try device.read(reading.digit.pixels.span) { _, expected, _ in
          #expect(reading.logits == expected.logits)
          #expect(reading.probabilities == expected.probabilities)
          #expect(image.instructions(reading)[number] == expected.instructions)
        }
      }
    }
  }

  @Test("is told as JSON, with every chip")
  func report() throws {
    let bytes = try factoryImage()
    let text = try ModelImage(bytes.span.bytes).report
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["bytes"] as? Int == bytes.count)
    #expect((object["classes"] as? [String]) == (0...9).map(String.init))
    let chips = try #require(object["chips"] as? [[String: Any]])
    #expect(chips.map { $0["name"] as? String } == Profile.all.map(\.name))
  }
}
