import Int8Runtime
import Network
import Quantizer
import SIMDMath
import Testing

@Suite("Opening a model image")
struct ModelImageTests {
  @Test(
    "it opens what the writer wrote, for every side and activation",
    arguments: [28, 14, 12, 10], [ActivationFunction.relu, .leakyReLU, .sigmoid, .tanh])
  func opensWhatWasWritten(side: Int, activation: ActivationFunction) throws {
    let image = try modelImage(side: side, hidden: 48, activation: activation)
    let flash = try ModelImage(image.span.bytes)
    let inputSpec = InputSpec(side: side, deskew: true)
    let shape = ModelShape(inputSpec: inputSpec, hidden: 48, classes: 10, activation: activation)
    #expect(flash.shape == shape)
    let table = activation == .relu ? 0 : 256
    // Header, 48 hidden units and ten classes with their numbers, the table, half of 784 bytes.
    let units = 48 * (4 + 4 + 1) + 48 * side * side
    #expect(image.count == 168 + units + 10 * (4 + 4 + 48) + table + 392)
    #expect(selfTestFailure(image) == nil)
  }

  @Test("fields stand where the format has them")
  func headerFields() throws {
    var metadata = Metadata()
    metadata.dataset = "a name of more than thirty-two characters"
    metadata.recipe = "naïve\u{7}"
    metadata.seed = 0x0123_4567_89AB_CDEF
    metadata.testCount = 10_000
    metadata.testCorrect = 9_876
    metadata.trainCount = 60_000
    metadata.epochs = 12
    metadata.temperature = 1.5
    metadata.unsureBelow = 0.25
    let image = try quantized().modelImage(metadata: metadata, selfTestPicture: picture(0))
    let flash = try ModelImage(image.span.bytes)
    #expect(Array(image[0..<8]) == [0x53, 0x44, 0x47, 0x54, 2, 0, 168, 0])
    #expect(flash.word(Header.imageBytes) == Int32(image.count))
    let name = Array(image[Header.dataset..<Header.dataset + 32])
    #expect(String(decoding: name, as: UTF8.self) == "a name of more than thirty-two c")
    let recipe = Array(image[Header.recipe..<Header.recipe + 7])
    #expect(recipe == Array("na?ve?".utf8) + [0])
    #expect(flash.word(Header.seed) == Int32(bitPattern: 0x89AB_CDEF))
    #expect(flash.word(Header.seed + 4) == 0x0123_4567)
    var counts: [Int32] = []
    for offset in [Header.testCount, Header.testCorrect, Header.trainCount, Header.epochs] {
      counts.append(flash.word(offset))
    }
    #expect(counts == [10_000, 9_876, 60_000, 12])
    var floats: [Float] = []
    for offset in [Header.temperature, Header.unsureBelow] {
      floats.append(Float(bitPattern: UInt32(bitPattern: flash.word(offset))))
    }
    #expect(floats == [1.5, 0.25])
  }

  @Test("the self-test picture is stored in sixteen levels of gray, the nearest ones")
  func selfTestPicture() throws {
    let picture = (0..<pictureBytes).map { UInt8($0 % 256) }
    let image = try quantized().modelImage(metadata: Metadata(), selfTestPicture: picture)
    let flash = try ModelImage(image.span.bytes)
    for (i, pixel) in picture.enumerated() {
      let stored = flash.selfTestPixel(i)
      #expect(stored % 17 == 0 && abs(Int(stored) - Int(pixel)) <= 8)
    }
  }

  @Test(
    "any single bit flipped anywhere is refused", arguments: 0..<8)
  func everyFlippedBit(part: Int) throws {
    var image = try modelImage()
    #expect(image.count == 13_488 && refusal(image) == nil)
    for bit in image.count * part..<image.count * (part + 1) {
      image[bit >> 3] ^= 1 << (bit & 7)
      if refusal(image) == nil { Issue.record("bit \(bit & 7) of byte \(bit >> 3)") }
      image[bit >> 3] ^= 1 << (bit & 7)
    }
    #expect(refusal(image) == nil)
  }

  @Test("cut off at any length it is refused, and so is anything behind it")
  func everyLength() throws {
    let image = try modelImage(side: 10)
    for length in 0..<image.count {
      let error = refusal(Array(image[..<length]))
      #expect(error == (length < Header.bytes ? .truncated : .wrongLength))
    }
    for extra in [1, 4, 256, 100_000] {
      #expect(refusal(image + [UInt8](repeating: 0, count: extra)) == .wrongLength)
    }
  }

  @Test("other files are told apart from damaged ones")
  func otherFiles() throws {
    let image = try modelImage(side: 10)
    #expect(refusal([]) == .truncated)
    #expect(refusal(Array("P5 28 28 255\n".utf8) + image) == .notAModelImage)
    #expect(refusal(image.resealed { $0[0] = 0x73 }) == .notAModelImage)
    for version: UInt16 in [0, 1, 3, 258] {
      let other = image.resealed { $0.put(version, at: Header.version) }
      #expect(refusal(other) == .unsupportedVersion)
    }
    var damaged = image
    damaged[Header.seed] ^= 1
    #expect(refusal(damaged) == .headerChecksum)
    damaged = image
    damaged[image.count - 1] ^= 1
    #expect(refusal(damaged) == .payloadChecksum)
  }

  @Test("every refusal says a clause of its own")
  func explanations() {
    let errors = (1...10).compactMap { ModelImageError(rawValue: $0) }
    #expect(errors.count == 10)
    #expect(Set(errors.map { "\($0.explanation)" }).count == 10)
  }
}
