import Int8Runtime
import Network
import SIMDMath

/// An image that ``HostClassifier`` does not read.
package enum HostClassifierError: Error, Sendable {
  /// A weight of 128, which the device's format can hold and the quantizer does not write.
  case weightTooLarge
}

/// Reads preprocessed pictures with the integers of a model image, as fast as a host's wide vectors can.
///
/// Its logits are those of ``ModelImage/classifyPrepared(_:)``, to the bit: sums of integers do not
/// depend on their order. The device's format is unpacked once; reading pictures takes no memory.
///
/// One thread at a time may use it: it owns the memory for what comes between.
package struct HostClassifier: ~Copyable {
  /// The layers' sizes.
  package let shape: ModelShape
  /// The most pictures in a block; weights in the cache serve as many.
  package static let block = 64

  private let columnBlocks: [ColumnBlock]
  /// Column block after column block, [words of a picture][width].
  private let weights: AlignedBuffer<Words>
  private let bias: AlignedBuffer<Words>
  private let outputWeights: AlignedBuffer<Words>
  private let outputBias: Words
  private let requantizer: HiddenRequantizer

  private var lists: NonzeroWords
  /// [block][width], of the column block in hand.
  private let sums: AlignedBuffer<Words>
  /// [block][activation words].
  private let activations: AlignedBuffer<Words>

  /// Unpacks an image of at most 16 classes.
  ///
  /// - Complexity: linear in the image.
  package init(_ image: borrowing ModelImage) throws(HostClassifierError) {
    precondition(image.shape.classes <= 16, "a vector has a lane for each class")
    shape = image.shape
    let hidden = image.shape.hidden
    let vectors = hidden / 16
    let inputs = image.shape.inputSpec.inputs
    let words = HostClassifier.activationWords(hidden)
    let columnBlocks = HostClassifier.columnBlocks(vectors)
    let weights = AlignedBuffer(
      repeating: Words(), count: inputs / KernelShape.inputsPerWord * vectors)
    let bias = AlignedBuffer(repeating: Words(), count: vectors)
    let outputWeights = AlignedBuffer(repeating: Words(), count: 16 * words)
    try HostClassifier.unpackHidden(image, columnBlocks, weights)
    HostClassifier.unpackBias(image, bias)
    HostClassifier.unpackOutput(image, outputWeights)
    var outputBias = Words()
    for index in 0..<shape.classes { outputBias[index] = unsafe image.outputBias(index) }
    self.columnBlocks = columnBlocks
    self.weights = weights
    self.bias = bias
    self.outputWeights = outputWeights
    self.outputBias = outputBias
    requantizer = HiddenRequantizer(image)
    lists = NonzeroWords(pictures: HostClassifier.block, inputs: inputs)
    sums = AlignedBuffer(repeating: Words(), count: HostClassifier.block * ColumnBlock.widest)
    activations = AlignedBuffer(repeating: Words(), count: HostClassifier.block * words)
  }

  /// Reads pictures.
  ///
  /// - Parameters:
  ///   - features: preprocessed pictures, `inputs` bytes each.
  ///   - logits: one for each picture.
  package mutating func read(_ features: Span<UInt8>, into logits: inout MutableSpan<HostLogits>) {
    let inputs = shape.inputSpec.inputs
    precondition(features.count == logits.count * inputs)
    for start in stride(from: 0, to: logits.count, by: HostClassifier.block) {
      let count = min(HostClassifier.block, logits.count - start)
      let block = features.extracting(start * inputs..<(start + count) * inputs)
      lists.list(block)
      for columnBlock in columnBlocks { hidden(columnBlock) }
      for picture in 0..<count { logits[start + picture] = output(picture) }
    }
  }

  /// A column block's activations of the pictures that are listed.
  private func hidden(_ columnBlock: ColumnBlock) {
    let words = shape.inputSpec.inputs / KernelShape.inputsPerWord
    let start = columnBlock.start * words
    var all = unsafe sums.ownedSlice(0..<lists.pictures * columnBlock.width)
    hiddenSums(
      columnBlock, lists: lists, weights: weights.slice(start..<start + columnBlock.width * words),
      bias: bias.slice(columnBlock.start..<columnBlock.start + columnBlock.width), sums: &all)
    let vectors = HostClassifier.activationWords(shape.hidden)
    for picture in 0..<lists.pictures {
      let sum = picture * columnBlock.width
      var target = unsafe activations.ownedSlice(picture * vectors..<(picture + 1) * vectors)
      requantizer.apply(
        sums.slice(sum..<sum + columnBlock.width), firstVector: columnBlock.start, into: &target)
    }
  }

  private func output(_ picture: Int) -> HostLogits {
    let words = HostClassifier.activationWords(shape.hidden)
    let sums = outputSums(
      values: activations.slice(picture * words..<(picture + 1) * words),
      weights: outputWeights.span, bias: outputBias)
    var logits = HostLogits(count: shape.classes)
    for index in 0..<shape.classes { logits[index] = sums[index] }
    return logits
  }

  /// Vectors of words of activations: of the first ``KernelShape/inputsPerWord`` vectors of units lane by
  /// lane, of the next, ….
  static func activationWords(_ hidden: Int) -> Int {
    (hidden / 16 + KernelShape.inputsPerWord - 1) / KernelShape.inputsPerWord
  }

  private static func columnBlocks(_ vectors: Int) -> [ColumnBlock] {
    var columnBlocks: [ColumnBlock] = []
    var next = 0
    while next < vectors {
      columnBlocks.append(ColumnBlock(startingAt: next, of: vectors))
      next += columnBlocks[columnBlocks.count - 1].width
    }
    return columnBlocks
  }

  private static func unpackBias(
    _ image: borrowing ModelImage, _ buffer: borrowing AlignedBuffer<Words>
  ) {
    var target = unsafe buffer.ownedSlice(0..<buffer.count)
    for unit in 0..<image.shape.hidden {
      target[unit / 16][unit % 16] = unsafe image.hiddenBias(unit)
    }
  }

  private static func unpackHidden(
    _ image: borrowing ModelImage, _ columnBlocks: [ColumnBlock],
    _ buffer: borrowing AlignedBuffer<Words>
  ) throws(HostClassifierError) {
    var target = unsafe buffer.ownedSlice(0..<buffer.count)
    let inputs = image.shape.inputSpec.inputs
    for columnBlock in columnBlocks {
      for input in 0..<inputs {
        for unit in columnBlock.start * 16..<(columnBlock.start + columnBlock.width) * 16 {
          let offset = hiddenWeightOffset(input: input, unit: unit & 6, inputs: inputs)
          let packed = image.hiddenWeights(block: unit / unitsPerBlock)
          let half = unsafe packed.unsafeLoadUnaligned(fromByteOffset: offset, as: Int16.self)
          let both = packedWeights(Int16(littleEndian: half))
          let weight = unit & 1 == 0 ? both.even : both.odd
          if weight > 127 { throw .weightTooLarge }
          let (word, quarter) = input.quotientAndRemainder(dividingBy: KernelShape.inputsPerWord)
          let row =
            columnBlock.start * (inputs / KernelShape.inputsPerWord) + word * columnBlock.width
          packWeight(
            weight, lane: unit % 16, offset: quarter,
            into: &target[row + unit / 16 - columnBlock.start])
        }
      }
    }
  }

  private static func unpackOutput(
    _ image: borrowing ModelImage, _ buffer: borrowing AlignedBuffer<Words>
  ) {
    var target = unsafe buffer.ownedSlice(0..<buffer.count)
    for index in 0..<image.shape.classes {
      let row = image.outputWeights(index)
      for unit in 0..<image.shape.hidden {
        let weight = unsafe Int32(row.unsafeLoad(fromByteOffset: unit, as: Int8.self))
        let (word, quarter) = (unit / 16).quotientAndRemainder(
          dividingBy: KernelShape.inputsPerWord)
        packWeight(weight, lane: index, offset: quarter, into: &target[word * 16 + unit % 16])
      }
    }
  }
}
