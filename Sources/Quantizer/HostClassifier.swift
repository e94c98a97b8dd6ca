import Int8Runtime
import Kernels
import Network

/// Reads conditioned pictures with the integers of a flash image, as fast as a host's wide vectors can.
///
/// Its logits are those of ``FlashImage/classifyPrepared(_:)``, to the bit: sums of integers do not
/// depend on their order. The device's format is unpacked once; reading pictures takes no memory.
///
/// One thread at a time may use it: it owns the memory for what comes between.
public struct HostClassifier: ~Copyable {
  /// The layers' sizes.
  public let geometry: Geometry
  /// The most pictures in a block; weights of a panel stay in the cache for as many.
  public static let block = 64

  private let panels: [Panel]
  /// Panel after panel, [quads][width].
  private let weights: AlignedBuffer<Words>
  private let bias: AlignedBuffer<Words>
  private let outputWeights: AlignedBuffer<Words>
  private let outputBias: Words
  private let rescaling: HiddenRescaling

  /// [block][marks]: which quads are active.
  private let marks: AlignedBuffer<UInt64>
  private let sums: AlignedBuffer<Words>
  /// [block][activation words]: four activations a word.
  private let activations: AlignedBuffer<Words>

  /// Unpacks an image.
  ///
  /// - Throws: `weightTooLarge` for weights of 128, which the device's format can hold and the quantizer
  ///   does not write.
  /// - Complexity: linear in the image.
  public init(_ image: borrowing FlashImage) throws(QuantizationError) {
    geometry = image.geometry
    let hidden = image.geometry.hidden
    let vectors = hidden / 16
    let quads = image.geometry.contract.inputs / 4
    let words = HostClassifier.activationWords(hidden)
    let panels = HostClassifier.panels(vectors)
    let weights = AlignedBuffer(repeating: Words(), count: quads * vectors)
    let bias = AlignedBuffer(repeating: Words(), count: vectors)
    let outputWeights = AlignedBuffer(repeating: Words(), count: 16 * words)
    try HostClassifier.unpackHidden(image, panels, weights)
    HostClassifier.unpackBias(image, bias)
    HostClassifier.unpackOutput(image, outputWeights)
    var outputBias = Words()
    for digit in 0..<classCount { outputBias[digit] = image.outputBias(digit) }
    self.panels = panels
    self.weights = weights
    self.bias = bias
    self.outputWeights = outputWeights
    self.outputBias = outputBias
    rescaling = HiddenRescaling(image)
    marks = AlignedBuffer(repeating: 0, count: HostClassifier.block * ((quads + 63) / 64))
    sums = AlignedBuffer(repeating: Words(), count: picturesTogether * Panel.widest)
    activations = AlignedBuffer(repeating: Words(), count: HostClassifier.block * words)
  }

  /// Reads pictures.
  ///
  /// - Parameters:
  ///   - features: conditioned pictures, `inputs` bytes each.
  ///   - logits: one for each picture.
  public mutating func read(_ features: Span<UInt8>, into logits: inout MutableSpan<Logits>) {
    let inputs = geometry.contract.inputs
    precondition(features.count == logits.count * inputs)
    for start in stride(from: 0, to: logits.count, by: HostClassifier.block) {
      let count = min(HostClassifier.block, logits.count - start)
      let block = features.extracting(start * inputs..<(start + count) * inputs)
      mark(block)
      for panel in panels { hidden(panel, block) }
      for picture in 0..<count { logits[start + picture] = output(picture) }
    }
  }

  /// The pictures of the block that are read together.
  private func together(_ block: Span<UInt8>, _ first: Int) -> Range<Int> {
    let left = block.count / geometry.contract.inputs - first
    return first..<first + (left < picturesTogether ? 1 : picturesTogether)
  }

  /// The marks of the pictures that are read together, the first of which is `picture` of a block.
  private func marks(of picture: Int) -> Range<Int> {
    let count = (geometry.contract.inputs / 4 + 63) / 64
    return picture * count..<(picture + 1) * count
  }

  private func mark(_ block: Span<UInt8>) {
    let inputs = geometry.contract.inputs
    var first = 0
    while first < block.count / inputs {
      let pictures = together(block, first)
      var target = marks.ownedPart(marks(of: first))
      markActiveQuads(
        block.extracting(pictures.lowerBound * inputs..<pictures.upperBound * inputs),
        inputs: inputs, into: &target)
      first = pictures.upperBound
    }
  }

  /// A panel's activations of a block of pictures.
  private func hidden(_ panel: Panel, _ block: Span<UInt8>) {
    let inputs = geometry.contract.inputs
    let start = panel.start * (inputs / 4)
    let weights = weights.part(start..<start + panel.width * (inputs / 4))
    let bias = bias.part(panel.start..<panel.start + panel.width)
    let words = HostClassifier.activationWords(geometry.hidden)
    var first = 0
    while first < block.count / inputs {
      let pictures = together(block, first)
      var all = sums.ownedPart(0..<pictures.count * panel.width)
      hiddenQuadSums(
        panel,
        features: block.extracting(pictures.lowerBound * inputs..<pictures.upperBound * inputs),
        marks: marks.part(marks(of: first)), weights: weights, bias: bias,
        sums: &all)
      for picture in pictures {
        let part = (picture - first) * panel.width
        var target = activations.ownedPart(picture * words..<(picture + 1) * words)
        rescaling.apply(
          sums.part(part..<part + panel.width), firstVector: panel.start, into: &target)
      }
      first = pictures.upperBound
    }
  }

  private func output(_ picture: Int) -> Logits {
    let words = HostClassifier.activationWords(geometry.hidden)
    let sums = outputQuadSums(
      values: activations.part(picture * words..<(picture + 1) * words),
      weights: outputWeights.span, bias: outputBias)
    var logits = Logits()
    for digit in 0..<classCount { logits.values[digit] = sums[digit] }
    return logits
  }

  /// Vectors of words of four activations: of vectors 0 to 3 lane by lane, of 4 to 7, ….
  static func activationWords(_ hidden: Int) -> Int { (hidden / 16 + 3) / 4 }

  private static func panels(_ vectors: Int) -> [Panel] {
    var panels: [Panel] = []
    var next = 0
    while next < vectors {
      panels.append(Panel(startingAt: next, of: vectors))
      next += panels[panels.count - 1].width
    }
    return panels
  }

  private static func unpackBias(
    _ image: borrowing FlashImage, _ buffer: borrowing AlignedBuffer<Words>
  ) {
    var target = buffer.ownedPart(0..<buffer.count)
    for unit in 0..<image.geometry.hidden { target[unit / 16][unit % 16] = image.hiddenBias(unit) }
  }

  private static func unpackHidden(
    _ image: borrowing FlashImage, _ panels: [Panel], _ buffer: borrowing AlignedBuffer<Words>
  ) throws(QuantizationError) {
    var target = buffer.ownedPart(0..<buffer.count)
    let inputs = image.geometry.contract.inputs
    for panel in panels {
      for input in 0..<inputs {
        for unit in panel.start * 16..<(panel.start + panel.width) * 16 {
          let offset = hiddenWeightOffset(input: input, unit: unit & 6, inputs: inputs)
          let packed = image.hiddenWeights(block: unit / unitsPerBlock)
          let half = packed.unsafeLoadUnaligned(fromByteOffset: offset, as: Int16.self)
          let both = interlockedWeights(Int16(littleEndian: half))
          let weight = unit & 1 == 0 ? both.even : both.odd
          if weight > 127 { throw .weightTooLarge }
          let place = panel.start * (inputs / 4) + input / 4 * panel.width + unit / 16 - panel.start
          target[place][unit % 16] |= byte(weight, input)
        }
      }
    }
  }

  private static func unpackOutput(
    _ image: borrowing FlashImage, _ buffer: borrowing AlignedBuffer<Words>
  ) {
    var target = buffer.ownedPart(0..<buffer.count)
    for digit in 0..<classCount {
      let row = image.outputWeights(digit)
      for unit in 0..<image.geometry.hidden {
        let weight = Int32(row.unsafeLoad(fromByteOffset: unit, as: Int8.self))
        target[unit / 64 * 16 + unit % 16][digit] |= byte(weight, unit / 16)
      }
    }
  }

  /// A weight as one of four bytes of a word.
  private static func byte(_ weight: Int32, _ place: Int) -> Int32 {
    (weight & 0xFF) &<< Int32((place & 3) * 8)
  }
}
