import Device
import Digits
import Foundation
import Int8Runtime
import TestImages
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["MNIST_DIR"]

extension UnderQEMU {
  /// All 10,000 test digits.
  @Suite("MNIST", .enabled(if: dataFolder != nil, "MNIST_DIR names no folder with MNIST"))
  struct MNISTTests {
    /// A line of the batch mode.
    private struct Count {
      let quads: Int
      let pairs: Int
      let inputs: Int
      let preprocessing: Int
      let classifying: Int

      init?(_ line: String) {
        let numbers = line.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 6 else { return nil }
        (quads, pairs, inputs) = (numbers[1], numbers[2], numbers[3])
        (preprocessing, classifying) = (numbers[4], numbers[5])
      }
    }

    @Test("gives the host's logits, and the instructions that the device estimates")
    func everyDigit() throws {
      let pixels = try DataSet(#require(dataFolder)).read(.test).pixels
      let folder = try Firmware.folder()
      let pictures = folder.appendingPathComponent("images")
      try imagesFile(Array(pixels)).write(to: pictures)
      for processor in Firmware.processors {
        for image in try Firmware.images(for: processor) {
          let flash = folder.appendingPathComponent("digits.flash")
          try Data(image).write(to: flash)
          let host = try read(Array(pixels), with: image)
          let result = try Firmware.run(
            processor, ["--flash", flash.path, "--dataset", pictures.path])
          #expect(result.number("digest").map { UInt32(truncatingIfNeeded: $0) } == host.digest)
          let counts = result.lines.dropLast().compactMap(Count.init)
          #expect(counts.count == 10_000)
          try check(counts.prefix(1000), Firmware.cores[processor], image)
        }
      }
    }

    /// Estimates within 3 % in the mean and 8 % at worst; at worst 11 % on a Cortex-M55, where most is preprocessing,
    /// whose estimate is the worse one; within 10 % and 22 % where the bits of numbers count.
    private func check(_ counts: ArraySlice<Count>, _ core: Core?, _ image: [UInt8]) throws {
      let shape = try ModelImage(image.span.bytes).shape
      let cost = InstructionCost.of(try #require(core))
      let errors = counts.map { count in
        let estimate =
          cost.classify(
            nonzeroPairs: count.pairs, nonzeroInputs: count.inputs, shape: shape)
          + cost.preprocessing(
            nonzeroQuads: count.quads, nonzeroPairs: count.pairs, inputSpec: shape.inputSpec)
        return abs(Double(estimate) / Double(count.preprocessing + count.classifying) - 1)
      }
      let (mean, worst) =
        switch core {
        case .rv32ec: (0.1, 0.22)
        case .cortexM55: (0.03, 0.11)
        default: (0.03, 0.08)
        }
      #expect(errors.reduce(0, +) / Double(errors.count) <= mean)
      #expect((errors.max() ?? 1) <= worst)
    }
  }
}
