import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Testing

/// Images whose checksums are right and whose contents are not: somebody made them.
@Suite("Hostile model images")
struct HostileImageTests {
  private func refusal(of change: (inout [UInt8]) -> Void) throws -> ModelImageError? {
    Int8RuntimeTests.refusal(try modelImage(side: 10).resealed(change))
  }

  @Test("resealing alone keeps an image good")
  func resealedIsGood() throws {
    let image = try modelImage(side: 10)
    #expect(image.resealed { _ in } == image)
  }

  @Test("sides that the runtime cannot bring a picture to")
  func sides() throws {
    for side in UInt8.min...255 {
      // Of the valid sides only one fits the image's length.
      let expected: ModelImageError? =
        side == 10 ? nil : [28, 14, 12].contains(side) ? .wrongLength : .unsupportedShape
      #expect(try refusal { $0[Header.side] = side } == expected)
    }
  }

  @Test("hidden units: none, no multiple of 16, too many")
  func hiddenUnits() throws {
    for hidden: UInt16 in [0, 1, 8, 15, 17, 24, 1040, 2048, 32768, 65535] {
      #expect(try refusal { $0.put(hidden, at: Header.hidden) } == .unsupportedShape)
    }
    for hidden: UInt16 in [32, 1024] {
      #expect(try refusal { $0.put(hidden, at: Header.hidden) } == .wrongLength)
    }
  }

  @Test("unknown activation, polarity, preprocessing, classes, header")
  func unknownShape() throws {
    for value in UInt8(4)...255 {
      #expect(try refusal { $0[Header.activation] = value } == .unsupportedShape)
    }
    for value: UInt8 in [1, 2, 255] {
      #expect(try refusal { $0[Header.polarity] = value } == .unsupportedShape)
    }
    for value: UInt8 in [2, 3, 128, 255] {
      #expect(try refusal { $0[Header.preprocessing] = value } == .unsupportedShape)
    }
    for value: UInt16 in [0, 1, 65, 65535] {
      #expect(try refusal { $0.put(value, at: Header.classes) } == .unsupportedShape)
      #expect(try refusal { $0.put(value, at: Header.headerBytes) } == .unsupportedShape)
    }
    // A table there is no room for.
    #expect(try refusal { $0[Header.activation] = ActivationKind.tanh.rawValue } == .wrongLength)
  }

  @Test("a length that is not the image's, however large")
  func lengths() throws {
    for length: UInt32 in [0, 255, 256, 0x7FFF_FFFF, 0x8000_0000, .max] {
      #expect(try refusal { $0.put(length, at: Header.imageBytes) } == .wrongLength)
    }
  }

  @Test("scales that are zero, negative, subnormal or no number")
  func scales() throws {
    let scales = [
      Header.activationScale, Header.logitScale, Header.temperature,
    ]
    for offset in scales + [Header.unsureBelow] {
      for value: Float in [-1, -0.0, 0x1p-149, 0x1p-127, .infinity, -.infinity, .nan] {
        #expect(try refusal { $0.put(value.bitPattern, at: offset) } == .malformedField)
      }
      let zero = try refusal { $0.put(UInt32(0), at: offset) }
      #expect(zero == (offset == Header.unsureBelow ? nil : .malformedField))
      for value: Float in [.leastNormalMagnitude, 1, .greatestFiniteMagnitude] {
        // Two of them belong together: see below.
        let isTogether =
          offset == Header.logitScale && value == .greatestFiniteMagnitude
          || offset == Header.temperature && value == .leastNormalMagnitude
        let error = try refusal { $0.put(value.bitPattern, at: offset) }
        #expect(error == (isTogether ? .malformedField : nil), "\(offset) \(value)")
      }
    }
  }

  @Test("a logit's scale and a temperature with which no softmax can be had, up to the bound")
  func quotient() throws {
    for exponent in stride(from: -126, through: 126, by: 12) {
      for difference in [-20, 0, 94, 95, 96, 200] where (-126...126).contains(exponent + difference)
      {
        let temperature = Float(sign: .plus, exponent: exponent, significand: 1)
        // As much as the exponent allows.
        let scale = Float(sign: .plus, exponent: exponent + difference, significand: 1.9999999)
        let error = try refusal {
          $0.put(scale.bitPattern, at: Header.logitScale)
          $0.put(temperature.bitPattern, at: Header.temperature)
        }
        #expect(error == (difference < 95 ? nil : .malformedField))
        // What the bound is for: the largest difference of logits.
        if difference < 95 { #expect((scale / temperature * 0x1p32).isFinite) }
      }
    }
  }

  @Test("counts, texts and gaps with values that they cannot have")
  func fields() throws {
    #expect(try refusal { $0[Header.reserved] = 1 } == .malformedField)
    #expect(try refusal { $0.put(UInt32(10), at: Header.testCorrect) } == .malformedField)
    for bytes: UInt16 in [1, 2, 3] {
      #expect(try refusal { $0.put(bytes, at: Header.nameBytes) } == .wrongLength)
    }
    #expect(try refusal { $0.put(UInt16(4), at: Header.nameBytes) } == .wrongLength)
    for (start, length) in [(Header.dataset, 32), (Header.recipe, 64)] {
      for character: UInt8 in [0x07, 0x1B, 0x1F, 0x7F, 0x80, 0xFF] {
        #expect(try refusal { $0[start] = character } == .malformedField)
      }
      #expect(try refusal { $0[start + length - 1] = 0x41 } == .malformedField)
    }
  }

  @Test("a negative multiplier or a shift above 31, of any unit")
  func factors() throws {
    let layout = ModelImageLayout(
      ModelShape(
        inputSpec: InputSpec(side: 10, deskew: true), hidden: 16, classes: 10,
        activation: ActivationKind.relu))
    for unit in 0..<16 {
      for multiplier: Int32 in [-1, .min] {
        let error = try refusal { $0.put(multiplier, at: layout.hiddenMultiplier + 4 * unit) }
        #expect(error == .malformedField)
      }
      for shift: UInt8 in [32, 63, 255] {
        #expect(try refusal { $0[layout.hiddenShift + unit] = shift } == .malformedField)
      }
      let edge = try refusal {
        $0.put(Int32.max, at: layout.hiddenMultiplier + 4 * unit)
        $0[layout.hiddenShift + unit] = 31
      }
      #expect(edge == nil)
    }
  }

  /// What the writer, which opens what it wrote, makes of changed integers.
  private func rejection(_ change: (inout QuantizedNetwork) -> Void) throws -> QuantizationError? {
    var network = try quantized(side: 10)
    change(&network)
    do throws(QuantizationError) {
      _ = try network.modelImage(metadata: Metadata(), selfTestPicture: picture(0))
      return nil
    } catch {
      return error
    }
  }

  @Test("a hidden sum may reach the ends of 32 bits and not one step more", arguments: 0..<16)
  func hiddenBound(unit: Int) throws {
    for weight: Int8 in [-127, -1, 1, 127] {
      let reach = 100 * 255 * Int32(weight)
      for step: Int32 in [0, 1] {
        let error = try rejection { network in
          for input in 0..<100 { network.hiddenWeights[unit * 100 + input] = weight }
          network.hiddenBias[unit] = weight > 0 ? .max - reach + step : .min - reach - step
        }
        #expect(error == (step == 0 ? nil : .rejected(.accumulatorOverflow)))
      }
    }
  }

  @Test("an output sum may reach the ends of 32 bits and not one step more", arguments: 0..<10)
  func outputBound(digit: Int) throws {
    for weight: Int8 in [-128, -1, 1, 127] {
      let reach = 16 * 255 * Int32(weight)
      for step: Int32 in [0, 1] {
        let error = try rejection { network in
          for unit in 0..<16 { network.outputWeights[digit * 16 + unit] = weight }
          network.outputBias[digit] = weight > 0 ? .max - reach + step : .min - reach - step
        }
        #expect(error == (step == 0 ? nil : .rejected(.accumulatorOverflow)))
      }
    }
  }

  @Test("a bound counts weights of one sign only: the others may be absent from a picture")
  func boundOfMixedSigns() throws {
    let error = try rejection { network in
      for input in 0..<100 { network.hiddenWeights[input] = input < 50 ? 127 : -127 }
      network.hiddenBias[0] = .max - 50 * 255 * 127 + 1
    }
    #expect(error == .rejected(.accumulatorOverflow))
  }
}
