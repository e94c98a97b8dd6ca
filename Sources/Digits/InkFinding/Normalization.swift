/// Brings a picture of a digit, however large, lit or placed, to what the networks were trained on.
package enum Normalization {
  /// The longer side of the ink in the result, in pixels, as in MNIST.
  static let inkSide = 20

  /// The digit on a picture, as MNIST would have it: light ink on a dark background, the ink fitted
  /// into 20x20 pixels with its proportions kept, its center of mass in the middle of 28x28.
  ///
  /// The background may be light or dark, and brighter on one side than on another; specks, lines of
  /// ruled paper and of forms are left out, and ink may touch the border. A picture that is like MNIST's
  /// already comes back unchanged.
  ///
  /// - Complexity: O(pixels), and memory for 256x256 of them whatever the picture's size.
  /// - Throws: ``DigitsError`` of kind `noDigit` if there is nothing on the picture.
  package static func normalize(
    _ picture: Picture, file: String
  ) throws(DigitsError) -> NormalizedDigit {
    if let box = boxOfNormal(picture) {
      return NormalizedDigit(
        pixels: picture.pixels, inverted: false, box: box, isDoubtful: false, splits: [])
    }
    guard let finding = InkFinder.find(picture) else {
      throw DigitsError(
        kind: .noDigit, file: file, problem: "no digit found",
        advice: "give a picture of one digit in ink that stands out from the page")
    }
    return NormalizedDigit(
      pixels: InkFitter.fit(finding.ink), inverted: finding.isDark, box: finding.box,
      isDoubtful: finding.isDoubtful, splits: DigitSeams(finding.ink).splits)
  }

  /// The box of the ink of a picture that needs nothing done: 28x28, its border black, its ink as
  /// large and as central as that of MNIST.
  private static func boxOfNormal(_ picture: Picture) -> PixelBox? {
    guard picture.width == 28, picture.height == 28 else { return nil }
    var box = PixelBox.none
    var mass = 0
    var sumX = 0
    var sumY = 0
    var touching = 0
    for y in 0..<28 {
      for x in 0..<28 where picture.pixels[28 * y + x] > 0 {
        let value = Int(picture.pixels[28 * y + x])
        let isBorder = x == 0 || y == 0 || x == 27 || y == 27
        if isBorder && value > 16 { touching += 1 }
        mass += value
        sumX += value * x
        sumY += value * y
        if value > 32 { box.include(x, y) }
      }
    }
    // Of MNIST's training digits 1.3 % touch the border, with at most five pixels.
    guard touching <= 6, mass > 255 * 8, (16...23).contains(max(box.width, box.height)) else {
      return nil
    }
    // Within a pixel and a half of the middle, 13.5; MNIST's are within one.
    let isCentral =
      abs(2 * sumX - 27 * mass) <= 3 * mass && abs(2 * sumY - 27 * mass) <= 3 * mass
    return isCentral ? box : nil
  }
}

/// A digit as the networks know it, and what was done to get it.
package struct NormalizedDigit: Sendable, Equatable {
  /// 28x28 pixels, row-major, 0...255, light ink on a dark background.
  package let pixels: [UInt8]
  /// Whether the picture had dark ink on a light background.
  package let inverted: Bool
  /// Where on the picture the ink is, in its pixels.
  package let box: PixelBox
  /// Whether it may be no digit, however it reads: ink and page may have been taken for each other, it
  /// may be noise, or it is a cross.
  package let isDoubtful: Bool
  /// Ways to take the ink apart, for who wants to know whether it is more than one digit.
  package let splits: [DigitSplit]
}
