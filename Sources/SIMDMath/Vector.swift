/// Sixteen 32-bit floats: one AVX-512 register, two of AVX, four of NEON or SSE.
///
/// Every result is the same on all of them: a multiply-add is rounded once by a function of its own and never
/// fused by the compiler, lanes are combined in a fixed order, and nothing is taken from the platform's
/// mathematics library.
@usableFromInline package typealias Vector = SIMD16<Float>

extension SIMD16<Float> {
  /// The sum of the lanes in one order everywhere: neighbors first, `(0+1), (2+3), …`, then the
  /// neighbors of that, four times over.
  @inlinable
  package var pairwiseSum: Float {
    let eight = evenHalf + oddHalf
    let four = eight.evenHalf + eight.oddHalf
    let two = four.evenHalf + four.oddHalf
    return two.x + two.y
  }

  /// The largest lane.
  ///
  /// Not `max()`, which the compiler turns into sixteen scalar branches.
  @inlinable
  package var largestLane: Float {
    let eight = evenHalf.replacing(with: oddHalf, where: oddHalf .> evenHalf)
    let four = eight.evenHalf.replacing(
      with: eight.oddHalf, where: eight.oddHalf .> eight.evenHalf)
    let two = four.evenHalf.replacing(with: four.oddHalf, where: four.oddHalf .> four.evenHalf)
    return two.x > two.y ? two.x : two.y
  }
}
