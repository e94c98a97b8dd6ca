import Int8Runtime
import SIMDMath

/// A chip with its memories, running the runtime that its firmware runs.
///
/// Flash is of the chip's size and read-only; one block of SRAM, also of the chip's size, holds the
/// arena at its lower end and leaves the stack its share at the upper one. What does not fit is refused.
package struct SimulatedDevice: Sendable {
  /// The chip that is simulated.
  package let profile: Profile
  /// What the model takes of its memories.
  package let budget: MemoryBudget
  /// The model's sizes and preprocessing.
  package let shape: ModelShape
  /// What its classes are called.
  package let classNames: [String]
  private let flash: [UInt8]
  private var ram: [UInt8]
  private let imageBytes: Int

  /// Puts a model image on a chip.
  package init(_ image: [UInt8], on profile: Profile) throws(DeviceError) {
    let shape: ModelShape
    let classNames: [String]
    do {
      let opened = try unsafe ModelImage(image.span.bytes)
      (shape, classNames) = (opened.shape, opened.classNames)
    } catch { throw .image(error) }
    let budget = MemoryBudget(shape, imageBytes: image.count, core: profile.core)
    guard budget.flashBytes <= profile.flashBytes else {
      throw .flashTooSmall(
        needed: budget.flashBytes, available: profile.flashBytes, chip: profile.title)
    }
    guard budget.ramBytes <= profile.ramBytes else {
      throw .ramTooSmall(needed: budget.ramBytes, available: profile.ramBytes, chip: profile.title)
    }
    self.profile = profile
    self.budget = budget
    self.shape = shape
    self.classNames = classNames
    imageBytes = image.count
    // Erased flash reads as ones.
    flash = image + [UInt8](repeating: 0xFF, count: profile.flashBytes - image.count)
    ram = [UInt8](repeating: 0, count: profile.ramBytes)
  }

  /// Boots (opens the image and runs its self-test), then reads pictures one after the other.
  ///
  /// - Parameters:
  ///   - pictures: 784 bytes each.
  ///   - answer: takes what the device read and, to look at, what its network saw.
  package mutating func read(
    _ pictures: Span<UInt8>, answer: (Int, Reading, RawSpan) -> Void
  ) throws(DeviceError) {
    let (shape, flash, imageBytes) = (shape, flash, imageBytes)
    let cost = InstructionCost.of(profile.core)
    let arena = ArenaLayout(shape)
    var memory = ram.mutableSpan
    var all = unsafe memory.mutableBytes
    var bytes = all._mutatingExtracting(0..<arena.total)
    do {
      let image = try unsafe ModelImage(flash.span.bytes.extracting(0..<imageBytes))
      try image.selfTest(&bytes)
      for index in 0..<pictures.count / pictureBytes {
        bytes.storePicture(index, of: pictures)
        let quads = InstructionCost.nonzero(4, in: bytes.bytes.extracting(0..<pictureBytes))
        let logits = HostLogits(image.classify(&bytes))
        let features = bytes.bytes.extracting(arena.features..<arena.activations)
        let reading = Reading(
          logits, of: image,
          instructions: cost.instructions(quads: quads, features: features, shape: shape))
        answer(index, reading, features)
      }
    } catch {
      throw .image(error)
    }
  }
}

extension SimulatedDevice {
  /// The model image that it runs.
  package var image: [UInt8] { Array(flash.prefix(imageBytes)) }

  /// What logits that the image gave elsewhere mean.
  package func reading(_ logits: HostLogits, instructions: Int) throws(DeviceError) -> Reading {
    do {
      let image = try unsafe ModelImage(flash.span.bytes.extracting(0..<imageBytes))
      return Reading(logits, of: image, instructions: instructions)
    } catch {
      throw .image(error)
    }
  }
}

/// What a device made of a picture.
package struct Reading: Sendable {
  /// Its logits.
  package let logits: HostLogits
  /// Softmax of the logits at the image's scale and temperature, computed on the host.
  package let probabilities: [Float]
  /// Whether the confidence is below what the image calls sure.
  package let isUnsure: Bool
  /// Instructions, estimated or counted, preprocessing included.
  package let instructions: Int

  init(_ logits: HostLogits, of image: borrowing ModelImage, instructions: Int) {
    self.logits = logits
    self.instructions = instructions
    probabilities = image.probabilities(logits)
    // So that what is no number is not sure.
    isUnsure = !(probabilities[logits.argmax] >= image.float(Header.unsureBelow))
  }

  /// The class.
  package var digit: Int { logits.argmax }
  /// The probability of the class, 0 ... 1.
  package var confidence: Float { probabilities[digit] }

  /// What a time is estimated with: a core without caches that waits for flash now and then.
  package static let cyclesPerInstruction = 1.5
}

extension ModelImage {
  /// Softmax of the logits at the image's scale and temperature.
  package func probabilities(_ logits: HostLogits) -> [Float] {
    let scale = float(Header.logitScale) / float(Header.temperature)
    let probabilities = softmax(
      ClassValues(classes: logits.count) { Float(logits[$0]) * scale })
    return (0..<logits.count).map { probabilities[$0] }
  }

  /// A Float of the header.
  package func float(_ offset: Int) -> Float { Float(bitPattern: UInt32(bitPattern: word(offset))) }
}
