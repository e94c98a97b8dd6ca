// Int8 rows for a host with wide vectors. A word of 32 bits has four neighboring inputs or their four
// weights, and a vector has the words of sixteen units: one instruction multiplies and sums 64 of them
// where the processor has it. A few pictures at a time share the weights that are loaded.

/// How many pictures share the weights that are loaded: with two, loading is what takes the time, and for
/// the sums of four there are too few registers.
public let picturesTogether = 3

/// Marks the quads of inputs that are not zero in one of the pictures.
///
/// - Parameters:
///   - features: pictures of a multiple of four inputs each, [pictures][inputs].
///   - inputs: of one picture.
///   - marks: a bit for each quad, the lowest of the first for quad 0; one for each 64 that are begun.
/// - Complexity: a step for each 64 inputs.
public func markActiveQuads(
  _ features: Span<UInt8>, inputs: Int, into marks: inout MutableSpan<UInt64>
) {
  precondition(inputs > 0 && inputs & 3 == 0 && features.count % inputs == 0)
  let quads = inputs / 4
  precondition(marks.count == (quads &+ 63) / 64)
  for i in 0..<marks.count {
    // In bounds: these quads are features of every picture.
    marks[i] = unsafe activeQuads(features.bytes, inputs, 64 &* i..<min(64 &* i &+ 64, quads))
  }
}

/// A bit for each of at most 64 quads, all inside every picture: set where one of them is not zero.
@inline(__always) @unsafe
private func activeQuads(_ features: RawSpan, _ inputs: Int, _ quads: Range<Int>) -> UInt64 {
  var active: UInt64 = 0
  for picture in stride(from: 0, to: features.byteCount, by: inputs) {
    var quad = quads.lowerBound
    while quad &+ 16 <= quads.upperBound {
      let words = unsafe features.unsafeLoadUnaligned(
        fromUncheckedByteOffset: picture &+ 4 &* quad, as: Words.self)
      active |=
        UInt64(truncatingIfNeeded: nonzeroLanes(words))
        &<< UInt64(truncatingIfNeeded: quad &- quads.lowerBound)
      quad &+= 16
    }
    while quad < quads.upperBound {
      let word = unsafe features.unsafeLoadUnaligned(
        fromUncheckedByteOffset: picture &+ 4 &* quad, as: UInt32.self)
      active |= (word == 0 ? 0 : 1) &<< UInt64(truncatingIfNeeded: quad &- quads.lowerBound)
      quad &+= 1
    }
  }
  return active
}

/// The sums of one panel of hidden units for one picture or a few: `bias + Σ value · weight`.
///
/// - Parameters:
///   - features: [pictures][inputs], of one picture or ``picturesTogether``.
///   - marks: what ``markActiveQuads(_:inputs:into:)`` makes of them.
///   - weights: [inputs / 4][width] words of four weights.
///   - bias: [width].
///   - sums: [pictures][width].
/// - Complexity: four multiplications for each marked quad, picture and hidden unit.
public func hiddenQuadSums(
  _ panel: Panel, features: Span<UInt8>, marks: Span<UInt64>, weights: Span<Words>,
  bias: Span<Words>, sums: inout MutableSpan<Words>
) {
  let width = panel.width
  let inputs = weights.count / width * 4
  let pictures = sums.count / width
  precondition(bias.count == width && sums.count == pictures * width)
  precondition(pictures == 1 || pictures == picturesTogether)
  precondition(features.count == pictures * inputs)
  // No bit is set behind the last quad: all that are marked have weights.
  precondition(marks.count == (inputs / 4 + 63) / 64)
  precondition(
    marks.isEmpty
      || 64 - marks[marks.count - 1].leadingZeroBitCount <= inputs / 4 - (marks.count - 1) * 64)
  switch (pictures, width) {
  case (1, 8): RegisterTile<1, 8>.quadSums(features, inputs, marks, weights, bias, &sums)
  case (1, 4): RegisterTile<1, 4>.quadSums(features, inputs, marks, weights, bias, &sums)
  case (1, 2): RegisterTile<1, 2>.quadSums(features, inputs, marks, weights, bias, &sums)
  case (1, _): RegisterTile<1, 1>.quadSums(features, inputs, marks, weights, bias, &sums)
  case (_, 8): RegisterTile<3, 8>.quadSums(features, inputs, marks, weights, bias, &sums)
  case (_, 4): RegisterTile<3, 4>.quadSums(features, inputs, marks, weights, bias, &sums)
  case (_, 2): RegisterTile<3, 2>.quadSums(features, inputs, marks, weights, bias, &sums)
  default: RegisterTile<3, 1>.quadSums(features, inputs, marks, weights, bias, &sums)
  }
}

/// Sixteen output sums `bias + Σ value · weight` over quads of hidden activations, none skipped.
///
/// - Parameters:
///   - values: four activations of 0 ... 255 a word.
///   - weights: a vector of words of four weights for each word of values, [vectors of values][16].
@inline(never)
public func outputQuadSums(values: Span<Words>, weights: Span<Words>, bias: Words) -> Words {
  precondition(values.count * 16 == weights.count)
  let bytes = values.bytes
  // Four sums, so that one need not wait for the other.
  var sums = InlineArray<4, Words>(repeating: Words())
  for group in 0..<weights.count / 4 {
    for i in 0..<4 {
      // In bounds: there are as many weights as words of values, in sixteens.
      let place = 4 &* group &+ i
      let value = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: 4 &* place, as: Int32.self)
      sums[i] = dotProducts(
        sums[i], Words(repeating: value), unsafe weights[unchecked: place])
    }
  }
  return (sums[0] &+ sums[1]) &+ (sums[2] &+ sums[3]) &+ bias
}

/// A few pictures by a few vectors of units, whose sums stay in registers.
private enum RegisterTile<let pictures: Int, let width: Int> {
  /// The caller has checked every size.
  @inline(never)
  static func quadSums(
    _ features: Span<UInt8>, _ inputs: Int, _ marks: Span<UInt64>, _ weights: Span<Words>,
    _ bias: Span<Words>, _ sums: inout MutableSpan<Words>
  ) {
    var row = InlineArray<width, Words>(repeating: Words())
    for i in 0..<width { row[i] = unsafe bias[unchecked: i] }
    var tile = InlineArray<pictures, InlineArray<width, Words>>(repeating: row)
    for group in 0..<marks.count {
      var active = unsafe marks[unchecked: group]
      while active != 0 {
        let quad = 64 &* group &+ active.trailingZeroBitCount
        active &= active &- 1
        var values = InlineArray<pictures, Words>(repeating: Words())
        for picture in 0..<pictures {
          values[picture] = unsafe features.bytes.quad(picture &* inputs &+ 4 &* quad)
        }
        for i in 0..<width {
          let words = unsafe weights[unchecked: quad &* width &+ i]
          for picture in 0..<pictures {
            tile[picture][i] = dotProducts(tile[picture][i], values[picture], words)
          }
        }
      }
    }
    for picture in 0..<pictures {
      for i in 0..<width { unsafe sums[unchecked: picture &* width &+ i] = tile[picture][i] }
    }
  }
}

extension RawSpan {
  /// The four bytes at an offset that lies, with them, inside, in all lanes.
  @inline(__always) @unsafe
  fileprivate func quad(_ offset: Int) -> Words {
    Words(repeating: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Int32.self))
  }
}
