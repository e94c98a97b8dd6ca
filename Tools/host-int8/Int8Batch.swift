// Int8 layers for a host with wide vectors. A word of 32 bits has a few neighboring inputs or their weights,
// and a vector has the words of sixteen units: see `dotProducts`. Words of zeros are skipped, and of many
// pictures each takes its share of some inputs' weights while these are in the first-level cache.

import Network
import SIMDMath

/// The sums of one column block of hidden units for each picture: `bias + Σ value · weight`.
///
/// - Parameters:
///   - lists: the pictures.
///   - weights: [words of a picture][width], made by ``packWeight(_:lane:offset:into:)``.
///   - bias: [width].
///   - sums: [pictures][width].
/// - Complexity: ``KernelShape/inputsPerWord`` multiplications for each word that is listed and unit.
package func hiddenSums(
  _ columnBlock: ColumnBlock, lists: borrowing NonzeroWords, weights: Span<Words>,
  bias: Span<Words>,
  sums: inout MutableSpan<Words>
) {
  let width = columnBlock.width
  precondition(bias.count == width && sums.count == lists.pictures * width)
  precondition(weights.count == lists.inputs / KernelShape.inputsPerWord * width)
  for picture in 0..<lists.pictures {
    for i in 0..<width { sums[picture * width + i] = bias[i] }
  }
  // One picture has no weights in the cache that another would need.
  let tile =
    lists.pictures == 1 ? lists.sections : KernelShape.sectionsPerTile(blockVectors: width)
  for start in stride(from: 0, to: lists.sections, by: tile) {
    let sections = start..<min(start + tile, lists.sections)
    switch width {
    case 8 where KernelShape.blockVectors == 8:
      WordBlock<8>.addSections(sections, lists, weights, &sums)
    case 4 where KernelShape.blockVectors >= 4:
      WordBlock<4>.addSections(sections, lists, weights, &sums)
    case 2: WordBlock<2>.addSections(sections, lists, weights, &sums)
    default: WordBlock<1>.addSections(sections, lists, weights, &sums)
    }
  }
}

/// Sixteen output sums `bias + Σ value · weight` over words of hidden activations, none skipped.
///
/// - Parameters:
///   - values: activations of 0 ... 255, ``KernelShape/inputsPerWord`` to a word.
///   - weights: a vector of weights for each word of values, [vectors of values][16].
@inline(never)
package func outputSums(values: Span<Words>, weights: Span<Words>, bias: Words) -> Words {
  precondition(values.count * 16 == weights.count)
  let bytes = unsafe values.bytes
  // Two sums, so that one need not wait for the other.
  var sums = InlineArray<2, Words>(repeating: Words())
  for group in 0..<weights.count / 2 {
    for i in 0..<2 {
      // In bounds: there are as many weights as words of values, in sixteens.
      let offset = 2 &* group &+ i
      let value = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: 4 &* offset, as: Int32.self)
      sums[i] = dotProducts(sums[i], Words(repeating: value), unsafe weights[unchecked: offset])
    }
  }
  return (sums[0] &+ sums[1]) &+ bias
}

/// The kernel of a column block of `width` vectors, whose sums the compiler keeps in registers because it knows
/// their number.
private enum WordBlock<let width: Int> {
  /// Adds what some sections of each picture give. The caller has checked every size, and words are listed
  /// only where there are weights.
  @inline(never)
  static func addSections(
    _ sections: Range<Int>, _ lists: borrowing NonzeroWords, _ weights: Span<Words>,
    _ sums: inout MutableSpan<Words>
  ) {
    let entries = lists.entries
    let starts = lists.sectionStarts
    for picture in 0..<lists.pictures {
      let list = picture &* (lists.sections &+ 1)
      var entry = Int(unsafe starts[unchecked: list &+ sections.lowerBound])
      let end = Int(unsafe starts[unchecked: list &+ sections.upperBound])
      var block = InlineArray<width, Words>(repeating: Words())
      for i in 0..<width { block[i] = unsafe sums[unchecked: picture &* width &+ i] }
      while entry < end {
        let word = unsafe entries[unchecked: entry]
        let values = Words(repeating: word.values)
        let row = Int(word.index) &* width
        for i in 0..<width {
          block[i] = dotProducts(block[i], values, unsafe weights[unchecked: row &+ i])
        }
        entry &+= 1
      }
      for i in 0..<width { unsafe sums[unchecked: picture &* width &+ i] = block[i] }
    }
  }
}
