/// A few neighboring vectors of hidden units, narrow enough that their sums stay in registers.
///
/// A hidden layer of H units is divided into panels of eight vectors (128 units) and, for what is left,
/// one each of four, two and one. Weights, activations and errors are stored panel by panel, so that
/// every kernel runs over contiguous memory whatever H is.
public struct Panel: Sendable, Equatable {
  /// Number of the panel's first vector; its first unit is sixteen times that.
  public let start: Int
  /// 8, 4, 2 or 1 vectors.
  public let width: Int

  /// The widest panel.
  public static let widest = 8

  /// The panel that starts at vector `start` of `vectors`.
  ///
  /// The next one starts at `start + width`; the last ends at `vectors`.
  public init(startingAt start: Int, of vectors: Int) {
    precondition(start >= 0 && start < vectors)
    let left = vectors - start
    self.start = start
    width = left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1
  }
}
