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
  /// Panel after panel, [pairs][width].
  private let weights: AlignedBuffer<Words>
  private let bias: AlignedBuffer<Words>
  private let outputWeights: AlignedBuffer<Words>
  private let outputBias: Words
  private let rescaling: HiddenRescaling

  private let lists: AlignedBuffer<ActivePair>
  private let counts: AlignedBuffer<Int>
  private let sums: AlignedBuffer<Words>
  /// [block][activation words]: two activations a word.
  private let activations: AlignedBuffer<Words>

  /// Unpacks an image.
  ///
  /// - Complexity: linear in the image.
  public init(_ image: borrowing FlashImage) {
    geometry = image.geometry
    let hidden = image.geometry.hidden
    let vectors = hidden / 16
    let pairs = image.geometry.contract.inputs / 2
    let words = HostClassifier.activationWords(hidden)
    let panels = HostClassifier.panels(vectors)
    let weights = AlignedBuffer(repeating: Words(), count: pairs * vectors)
    let bias = AlignedBuffer(repeating: Words(), count: vectors)
    let outputWeights = AlignedBuffer(repeating: Words(), count: 16 * words)
    HostClassifier.unpackHidden(image, panels, weights)
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
    lists = AlignedBuffer(
      repeating: ActivePair(pair: 0, values: 0), count: HostClassifier.block * pairs)
    counts = AlignedBuffer(repeating: 0, count: HostClassifier.block)
    sums = AlignedBuffer(repeating: Words(), count: Panel.widest)
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
      let pictures = start..<min(start + HostClassifier.block, logits.count)
      for picture in pictures {
        let place = (picture - start) * inputs / 2
        var list = lists.ownedPart(place..<place + inputs / 2)
        let row = features.extracting(picture * inputs..<(picture + 1) * inputs)
        var counts = counts.ownedPart(picture - start..<picture - start + 1)
        counts[0] = listActivePairs(row, into: &list)
      }
      for panel in panels { hidden(panel, pictures.count) }
      for picture in pictures { logits[picture] = output(picture - start) }
    }
  }

  /// A panel's activations of a block of pictures.
  private func hidden(_ panel: Panel, _ pictures: Int) {
    let pairs = geometry.contract.inputs / 2
    let start = panel.start * pairs
    for picture in 0..<pictures {
      var sums = sums.ownedPart(0..<panel.width)
      hiddenPairSums(
        panel, pairs: lists.part(picture * pairs..<picture * pairs + counts.span[picture]),
        weights: weights.part(start..<start + panel.width * pairs),
        bias: bias.part(panel.start..<panel.start + panel.width), sums: &sums)
      let words = HostClassifier.activationWords(geometry.hidden)
      var target = activations.ownedPart(picture * words..<(picture + 1) * words)
      rescaling.apply(sums.span, firstVector: panel.start, into: &target)
    }
  }

  private func output(_ picture: Int) -> Logits {
    let words = HostClassifier.activationWords(geometry.hidden)
    let sums = outputPairSums(
      values: activations.part(picture * words..<(picture + 1) * words),
      weights: outputWeights.span, bias: outputBias)
    var logits = Logits()
    for digit in 0..<classCount { logits.values[digit] = sums[digit] }
    return logits
  }

  /// Vectors of words of two activations: of vectors 0 and 1 lane by lane, of 2 and 3, ….
  static func activationWords(_ hidden: Int) -> Int { (hidden / 16 + 1) / 2 }

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
  ) {
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
          let place = panel.start * (inputs / 2) + input / 2 * panel.width + unit / 16 - panel.start
          target[place][unit % 16] |= input & 1 == 0 ? weight & 0xFFFF : weight &<< 16
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
        let isFirst = unit / 16 & 1 == 0
        target[unit / 32 * 16 + unit % 16][digit] |= isFirst ? weight & 0xFFFF : weight &<< 16
      }
    }
  }
}
