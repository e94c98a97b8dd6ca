/// Labeled digits of 28x28 pixels, light ink on a dark background, as MNIST has them.
package struct DigitSet: Sendable {
  /// Columns and rows of a digit, in pixels.
  package static let side = 28

  /// Columns and rows of a digit, in pixels: 28.
  package var side: Int { DigitSet.side }
  /// Brightness 0...255, row-major, digit after digit: `count * 784`.
  package var pixels: [UInt8]
  /// What each digit is, 0...9.
  package var labels: [UInt8]
  /// Where the digits came from, in words for a person.
  package let name: String

  /// The number of digits.
  package var count: Int { labels.count }

  /// A set of the given digits.
  ///
  /// - Precondition: `pixels.count == 784 * labels.count`.
  package init(pixels: [UInt8], labels: [UInt8], name: String) {
    precondition(
      pixels.count == labels.count * DigitSet.side * DigitSet.side, "a digit has 784 pixels")
    self.pixels = pixels
    self.labels = labels
    self.name = name
  }

  /// The 784 pixels of digit `i`.
  @_lifetime(borrow self)
  package func picture(_ i: Int) -> Span<UInt8> {
    pixels.span.extracting(i * side * side..<(i + 1) * side * side)
  }
}
