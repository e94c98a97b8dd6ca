/// Labeled pictures of 28x28 pixels, light ink on a dark background, as MNIST has them: digits, or
/// whatever else their classes are.
package struct DigitSet: Sendable {
  /// Columns and rows of a digit, in pixels.
  package static let side = 28

  /// Columns and rows of a digit, in pixels: 28.
  package var side: Int { DigitSet.side }
  /// Brightness 0...255, row-major, digit after digit: `count * 784`.
  package var pixels: [UInt8]
  /// The class of each digit, as an index into ``classNames``.
  package var labels: [UInt8]
  /// Where the digits came from, in words for a person.
  package var name: String
  /// What the classes are called: 2...64 different names of 1...32 bytes where the set is complete.
  package var classNames: [String]

  /// The number of digits.
  package var count: Int { labels.count }

  /// A set of the given digits.
  ///
  /// - Precondition: `pixels.count == 784 * labels.count`, and each label is one of the classes.
  package init(
    pixels: [UInt8], labels: [UInt8], name: String, classNames: [String] = ClassNames.digits
  ) {
    precondition(
      pixels.count == labels.count * DigitSet.side * DigitSet.side, "a digit has 784 pixels")
    precondition(labels.allSatisfy { $0 < classNames.count }, "a label is one of the classes")
    self.pixels = pixels
    self.labels = labels
    self.name = name
    self.classNames = classNames
  }

  /// The 784 pixels of digit `i`.
  @_lifetime(borrow self)
  package func picture(_ i: Int) -> Span<UInt8> {
    pixels.span.extracting(i * side * side..<(i + 1) * side * side)
  }
}
