import Network
import SIMDMath

/// A word of neighboring inputs of which not all are zero.
struct NonzeroWord: BitwiseCopyable, Sendable {
  /// Number of the word among the picture's.
  var index: UInt32
  /// What ``packedValues(_:_:)`` makes of the inputs.
  var values: Int32
}

/// The words of pictures' inputs that are not zero, a list for each picture.
package struct NonzeroWords: ~Copyable {
  /// How many inputs a picture has.
  package let inputs: Int
  /// How many pictures are listed.
  package private(set) var pictures = 0
  /// How many sections of 64 inputs a picture has; the last one may be shorter.
  let sections: Int

  /// [pictures][words of a picture]: the nonzero ones in rising order; what stands behind them is not read.
  private var words: [NonzeroWord]
  /// [pictures][sections + 1]: where each section of a picture begins, and where its last one ends.
  private var starts: [Int32]

  /// Room for lists.
  ///
  /// - Parameters:
  ///   - pictures: how many at most.
  ///   - inputs: of each, a multiple of four.
  package init(pictures: Int, inputs: Int) {
    precondition(pictures > 0 && inputs > 0 && inputs & 3 == 0)
    self.inputs = inputs
    sections = (inputs + 63) / 64
    words = Array(
      repeating: NonzeroWord(index: 0, values: 0),
      count: pictures * (inputs / KernelShape.inputsPerWord))
    starts = Array(repeating: 0, count: pictures * (sections + 1))
  }

  /// The entries of all lists, one list after the other.
  var entries: Span<NonzeroWord> { words.span }

  /// Where the sections begin, `sections + 1` for each picture.
  var sectionStarts: Span<Int32> { starts.span }

  /// Lists other pictures.
  ///
  /// - Parameter features: [pictures][inputs], of as many pictures as there is room for or fewer.
  /// - Complexity: a step for each 64 inputs and for each word that is not zero.
  package mutating func list(_ features: Span<UInt8>) {
    pictures = features.count / inputs
    precondition(features.count == pictures * inputs && pictures * (sections + 1) <= starts.count)
    // In bounds: the features are those of the pictures.
    unsafe PictureSections(inputs: inputs).list(features.bytes, pictures, &words, &starts)
  }
}

/// How a picture's inputs are divided.
private struct PictureSections {
  let inputs: Int

  /// Lists the pictures' words that are not zero.
  @unsafe
  func list(
    _ features: RawSpan, _ pictures: Int, _ words: inout [NonzeroWord], _ starts: inout [Int32]
  ) {
    var words = words.mutableSpan
    var starts = starts.mutableSpan
    var start = 0
    for picture in 0..<pictures {
      var offset = picture &* (inputs / KernelShape.inputsPerWord)
      for first in stride(from: 0, to: inputs, by: 64) {
        starts[start] = Int32(truncatingIfNeeded: offset)
        start &+= 1
        unsafe append(features, picture &* inputs, first, &words, &offset)
      }
      starts[start] = Int32(truncatingIfNeeded: offset)
      start &+= 1
    }
  }

  /// Appends the words that are not zero of the section that begins with an input.
  @inline(__always) @unsafe
  private func append(
    _ features: RawSpan, _ picture: Int, _ first: Int, _ words: inout MutableSpan<NonzeroWord>,
    _ offset: inout Int
  ) {
    var rest = wordsWithAny(unsafe nonzeroInputs(features, picture, first))
    while rest != 0 {
      let input = first &+ rest.trailingZeroBitCount
      // In bounds: a bit is set for an input only, and a picture has room for all its words.
      unsafe words[unchecked: offset] = NonzeroWord(
        index: UInt32(truncatingIfNeeded: input / KernelShape.inputsPerWord),
        values: unsafe packedValues(features, picture &+ input))
      offset &+= 1
      rest &= rest &- 1
    }
  }

  /// A bit for each of up to 64 inputs of a picture from one on, the lowest for the first: set where it is
  /// not zero.
  @inline(__always) @unsafe
  private func nonzeroInputs(_ features: RawSpan, _ picture: Int, _ first: Int) -> UInt64 {
    let missing = first &+ 64 &- inputs
    if missing <= 0 || inputs >= 64 {
      // The last 64, of which those before `first` are shifted out.
      let start = picture &+ first &- max(missing, 0)
      let bytes = unsafe features.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start, as: SIMD64<UInt8>.self)
      return nonzeroLanes(bytes) &>> UInt64(truncatingIfNeeded: max(missing, 0))
    }
    var lanes: UInt64 = 0
    for input in first..<inputs {
      let byte = unsafe features.unsafeLoad(
        fromUncheckedByteOffset: picture &+ input, as: UInt8.self)
      if byte != 0 { lanes |= 1 &<< UInt64(truncatingIfNeeded: input &- first) }
    }
    return lanes
  }

  /// The first input's bit of each word with a bit.
  @inline(__always)
  private func wordsWithAny(_ lanes: UInt64) -> UInt64 {
    let pairs = lanes | lanes &>> 1
    return KernelShape.inputsPerWord == 4
      ? (pairs | pairs &>> 2) & 0x1111_1111_1111_1111 : pairs & 0x5555_5555_5555_5555
  }
}
