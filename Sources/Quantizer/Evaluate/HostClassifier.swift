import Int8Runtime
import Network
import SIMDMath

/// Reads conditioned pictures with the integers of a flash image, as fast as a host's wide vectors can.
///
/// Its logits are those of ``FlashImage/classifyPrepared(_:)``, to the bit: sums of integers do not
/// depend on their order. The device's format is unpacked once; reading pictures takes no memory.
///
/// One thread at a time may use it: it owns the memory for what comes between.
package struct HostClassifier: ~Copyable {
  /// The layers' sizes.
  package let geometry: Geometry
  /// The most pictures in a block; weights in the cache serve as many.
  package static let block = 64

  private let panels: [Panel]
  /// Panel after panel, [words of a picture][width].
  private let weights: AlignedBuffer<Words>
  private let bias: AlignedBuffer<Words>
  private let outputWeights: AlignedBuffer<Words>
  private let outputBias: Words
  private let rescaling: HiddenRescaling

  private var lists: NonzeroWords
  /// [block][width], of the panel in hand.
  private let sums: AlignedBuffer<Words>
  /// [block][activation words].
  private let activations: AlignedBuffer<Words>

  /// Unpacks an image.
  ///
  /// - Throws: `weightTooLarge` for weights of 128, which the device's format can hold and the quantizer
  ///   does not write.
  /// - Complexity: linear in the image.
  package init(_ image: borrowing FlashImage) throws(QuantizationError) {
    geometry = image.geometry
    let hidden = image.geometry.hidden
    let vectors = hidden / 16
    let inputs = image.geometry.contract.inputs
    let words = HostClassifier.activationWords(hidden)
    let panels = HostClassifier.panels(vectors)
    let weights = AlignedBuffer(
      repeating: Words(), count: inputs / KernelShape.inputsPerWord * vectors)
    let bias = AlignedBuffer(repeating: Words(), count: vectors)
    let outputWeights = AlignedBuffer(repeating: Words(), count: 16 * words)
    try HostClassifier.unpackHidden(image, panels, weights)
    HostClassifier.unpackBias(image, bias)
    HostClassifier.unpackOutput(image, outputWeights)
    var outputBias = Words()
    for digit in 0..<classCount { outputBias[digit] = unsafe image.outputBias(digit) }
    self.panels = panels
    self.weights = weights
    self.bias = bias
    self.outputWeights = outputWeights
    self.outputBias = outputBias
    rescaling = HiddenRescaling(image)
    lists = NonzeroWords(pictures: HostClassifier.block, inputs: inputs)
    sums = AlignedBuffer(repeating: Words(), count: HostClassifier.block * Panel.widest)
    activations = AlignedBuffer(repeating: Words(), count: HostClassifier.block * words)
  }

  /// Reads pictures.
  ///
  /// - Parameters:
  ///   - features: conditioned pictures, `inputs` bytes each.
  ///   - logits: one for each picture.
  package mutating func read(_ features: Span<UInt8>, into logits: inout MutableSpan<Logits>) {
    let inputs = geometry.contract.inputs
    precondition(features.count == logits.count * inputs)
    for start in stride(from: 0, to: logits.count, by: HostClassifier.block) {
      let count = min(HostClassifier.block, logits.count - start)
      let block = features.extracting(start * inputs..<(start + count) * inputs)
      lists.list(block)
      for panel in panels { hidden(panel) }
      for picture in 0..<count { logits[start + picture] = output(picture) }
    }
  }

  /// A panel's activations of the pictures that are listed.
  private func hidden(_ panel: Panel) {
    let words = geometry.contract.inputs / KernelShape.inputsPerWord
    let start = panel.start * words
    var all = unsafe sums.ownedPart(0..<lists.pictures * panel.width)
    hiddenSums(
      panel, lists: lists, weights: weights.part(start..<start + panel.width * words),
      bias: bias.part(panel.start..<panel.start + panel.width), sums: &all)
    let vectors = HostClassifier.activationWords(geometry.hidden)
    for picture in 0..<lists.pictures {
      let sum = picture * panel.width
      var target = unsafe activations.ownedPart(picture * vectors..<(picture + 1) * vectors)
      rescaling.apply(
        sums.part(sum..<sum + panel.width), firstVector: panel.start, into: &target)
    }
  }

  private func output(_ picture: Int) -> Logits {
    let words = HostClassifier.activationWords(geometry.hidden)
    let sums = outputSums(
      values: activations.part(picture * words..<(picture + 1) * words),
      weights: outputWeights.span, bias: outputBias)
    var logits = Logits()
    for digit in 0..<classCount { logits.values[digit] = sums[digit] }
    return logits
  }

  /// Vectors of words of activations: of the first ``KernelShape/inputsPerWord`` vectors of units lane by
  /// lane, of the next, ….
  static func activationWords(_ hidden: Int) -> Int {
    (hidden / 16 + KernelShape.inputsPerWord - 1) / KernelShape.inputsPerWord
  }

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
    var target = unsafe buffer.ownedPart(0..<buffer.count)
    for unit in 0..<image.geometry.hidden {
      target[unit / 16][unit % 16] = unsafe image.hiddenBias(unit)
    }
  }

  private static func unpackHidden(
    _ image: borrowing FlashImage, _ panels: [Panel], _ buffer: borrowing AlignedBuffer<Words>
  ) throws(QuantizationError) {
    var target = unsafe buffer.ownedPart(0..<buffer.count)
    let inputs = image.geometry.contract.inputs
    for panel in panels {
      for input in 0..<inputs {
        for unit in panel.start * 16..<(panel.start + panel.width) * 16 {
          let offset = hiddenWeightOffset(input: input, unit: unit & 6, inputs: inputs)
          let packed = image.hiddenWeights(block: unit / unitsPerBlock)
          let half = unsafe packed.unsafeLoadUnaligned(fromByteOffset: offset, as: Int16.self)
          let both = interlockedWeights(Int16(littleEndian: half))
          let weight = unit & 1 == 0 ? both.even : both.odd
          if weight > 127 { throw .weightTooLarge }
          let (word, place) = input.quotientAndRemainder(dividingBy: KernelShape.inputsPerWord)
          let row = panel.start * (inputs / KernelShape.inputsPerWord) + word * panel.width
          packWeight(
            weight, lane: unit % 16, place: place, into: &target[row + unit / 16 - panel.start])
        }
      }
    }
  }

  private static func unpackOutput(
    _ image: borrowing FlashImage, _ buffer: borrowing AlignedBuffer<Words>
  ) {
    var target = unsafe buffer.ownedPart(0..<buffer.count)
    for digit in 0..<classCount {
      let row = image.outputWeights(digit)
      for unit in 0..<image.geometry.hidden {
        let weight = unsafe Int32(row.unsafeLoad(fromByteOffset: unit, as: Int8.self))
        let (word, place) = (unit / 16).quotientAndRemainder(dividingBy: KernelShape.inputsPerWord)
        packWeight(weight, lane: digit, place: place, into: &target[word * 16 + unit % 16])
      }
    }
  }
}
