/// A few neighboring vectors of hidden units, narrow enough that their sums stay in registers.
///
/// A hidden layer of H units is divided into column blocks of ``KernelShape/blockVectors`` vectors and, for what is
/// left, one each of the smaller powers of two. While a network is trained, weights, activations and errors
/// are stored column block by column block, so that every kernel runs over contiguous memory whatever H is.
package struct ColumnBlock: Sendable, Equatable {
  /// Number of the column block's first vector; its first unit is sixteen times that.
  package let start: Int
  /// 8, 4, 2 or 1 vectors.
  package let width: Int

  /// How many vectors the widest column block has.
  package static var widest: Int { KernelShape.blockVectors }

  /// The column block that starts at vector `start` of `vectors`.
  ///
  /// The next one starts at `start + width`; the last ends at `vectors`.
  ///
  /// - Parameters:
  ///   - start: 0 ..< `vectors`.
  ///   - vectors: a sixteenth of the hidden units.
  ///   - widest: how many vectors a column block may have, above 0.
  package init(startingAt start: Int, of vectors: Int, widest: Int = ColumnBlock.widest) {
    precondition(start >= 0 && start < vectors && widest > 0)
    let most = min(vectors - start, widest)
    self.start = start
    width = most >= 8 ? 8 : most >= 4 ? 4 : most >= 2 ? 2 : 1
  }
}

/// The widths that kernels are made for, in vectors.
enum KernelWidth {
  case one, two, four, eight

  /// Of a column block's width. What this processor has no registers for is no block's, and the compiler leaves
  /// its kernels out.
  @inline(__always)
  init(_ width: Int) {
    switch width {
    case 8 where KernelShape.blockVectors >= 8: self = .eight
    case 4 where KernelShape.blockVectors >= 4: self = .four
    case 2: self = .two
    case 1: self = .one
    default: preconditionFailure("a column block has a width that there is")
    }
  }
}
